import { blank, line, paragraph, span, type Line } from '../../lines.ts';
import { clampTop, moved } from '../../scroll.ts';
import type { View } from '../../view.ts';
import type { Wizard } from '../../wizard.ts';
import { lowFindings, numbered, type FindingsScreen } from './state.ts';

/** Nothing to fix: said plainly, with what was looked at and what was looked for, by name. */
function all(wizard: Wizard, view: View): readonly Line[] {
  const { words, columns, say } = view;
  const { machine } = wizard.looking;
  const low = lowFindings(numbered(wizard)).length;
  const processes = machine ? machine.host.processes.length + machine.containers.reduce((sum, one) => sum + one.processes.length, 0) : 0;
  const empty = machine !== undefined && machine.services.length + machine.files.size + processes === 0;
  const at = machine ? [words.findings.services(machine.services.length), words.common.files(machine.files.size), words.findings.processes(processes)] : [];
  return [
    line(span(` ${low > 0 ? words.findings.onlyLow(low) : words.findings.nothing}`, 'gone')),
    ...(low > 0 ? [] : paragraph(empty ? words.findings.nothingKnown : words.findings.nothingText, columns)),
    blank,
    line(span(` ${words.findings.lookedAt}`, 'strong')),
    ...paragraph(at.join(words.common.comma), columns, undefined, 3),
    ...(wizard.given.checked.length === 0 ? [] : [blank, line(span(` ${words.findings.checked}`, 'strong')), ...wizard.given.checked.flatMap((one) => paragraph(say(one), columns, undefined, 3))]),
  ];
}

/** Rows of the screen that the list of what was looked for has: the last one is the count's, above it one stays empty. */
const seen = ({ room }: View): number => room - 2;

/** Where a key leads in it: it is longer than a small screen, and every name of it can be read. */
export const nothingTop = (screen: FindingsScreen, wizard: Wizard, view: View, key: string): number => {
  const total = all(wizard, view).length;
  return clampTop(moved(clampTop(screen.top ?? 0, total, seen(view)), key, total, seen(view)), total, seen(view));
};

/** From the row that was moved to. */
export function nothing(screen: FindingsScreen, wizard: Wizard, view: View): readonly Line[] {
  const rows = all(wizard, view);
  return rows.slice(clampTop(screen.top ?? 0, rows.length, seen(view)));
}
