import { blank, cut, labelled, line, paragraph, sides, span, type Line } from '../../lines.ts';
import { spinning, type Ticking } from '../../parts/step-list.ts';
import { foreign } from '../../plain.ts';
import type { View } from '../../view.ts';
import type { Wizard } from '../../wizard.ts';
import { cell, pad, squeeze, width } from '../../width.ts';

export interface LeastScreen {
  readonly name: 'least';
}

export const leastScreen: LeastScreen = { name: 'least' };

/** The limits up front, each trial as it goes, and what it came to. */
export function leastContent(wizard: Wizard, view: View, { now, frame }: Ticking): readonly Line[] {
  const { words, columns, room, glyphs, say } = view;
  const search = wizard.search;
  if (!search) return [];
  const { least } = words;
  const { limits, done, found } = search;
  const head = search.stopping ? paragraph(least.stopping, columns - 1, 'unsure')
    : limits ? paragraph(least.limits(search.sought.map((one) => one.service), limits.trials, limits.seconds), columns - 1) : paragraph(least.begins, columns - 1);
  const wide = Math.max(...Object.values(least.outcome).map(width)) + 2;
  const sign = Math.max(3, width(glyphs.done) + 1);
  // Of several services each row names its own.
  const several = new Set(search.sought.map((one) => one.service)).size > 1;
  const whose = several ? Math.min(20, Math.max(...search.sought.map((one) => width(one.service)))) + 2 : 0;
  const whoseIs = (service: string): string => (several ? cell(foreign(service), whose, glyphs.more) : '');
  const rows = done.flatMap(({ service, number, trial }) => {
    const mark = trial.outcome === 'holds' ? span(pad(glyphs.done, sign), 'gone') : trial.outcome === 'breaks' ? span(pad(glyphs.failed, sign), 'worse') : span(pad(glyphs.absent, sign), 'unsure');
    const why = trial.outcome === 'holds' ? '' : trial.why ? say(trial.why) : foreign(trial.log.at(-1)?.trim() ?? '');
    return [
      sides(line(' ', mark, whoseIs(service), `${String(number).padStart(2)}  `, pad(least.outcome[trial.outcome], wide), squeeze(foreign(trial.given), columns - 20 - wide - whose, glyphs.more)), [span(words.common.seconds(trial.ms), 'faint')], columns - 1, glyphs.more),
      // Why not is the answer: it is never cut.
      ...(why === '' ? [] : paragraph(why, columns - 1, 'faint', 8 + wide + whose)),
    ];
  });
  const running = search.over || search.now === undefined ? (search.over || search.stopping || limits === undefined || done.length > 0 ? [] : [line(` ${pad(spinning(glyphs, frame), sign)}${least.begins}`)]) : [
    sides(line(' ', pad(spinning(glyphs, frame), sign), whoseIs(search.now.service), `${String(search.now.number).padStart(2)}  `, squeeze(foreign(search.now.given), columns - 20 - whose, glyphs.more)), [span(words.common.seconds(Math.max(0, now - search.now.since)), 'faint')], columns - 1, glyphs.more),
  ];
  const outcome = !search.over ? [] : [
    blank,
    ...(found.length === 0 ? paragraph(least.nothing, columns - 1, 'unsure') : found.flatMap(({ service, text }, i) => labelled(i === 0 ? least.found : '', several ? least.of(service, say(text)) : say(text), columns - 1, width(least.found) + 4, { label: 'strong', text: 'gone' }))),
    blank,
    ...paragraph(least.over, columns - 1),
  ];
  const left = Math.max(1, room - head.length - 1 - running.length - outcome.length);
  // The newest trials are what one looks at.
  const shown = rows.length <= left ? rows : rows.slice(-left);
  return cut([...head, blank, ...shown, ...running, ...outcome], room, (n) => line(span(`   ${words.common.moreLines(n)}`, 'faint')));
}
