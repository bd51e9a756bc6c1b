import { always, awayWith } from '../../../engine/taken.ts';
import type { Change, OwnMount, RunsAs, SetFolder } from '../../../model/change.ts';
import type { Choice, Plan, Step } from '../../../model/plan.ts';
import { placeOf } from '../../../report/places.ts';
import { line, lineWidth, paragraph, sides, span, type Line } from '../../lines.ts';
import { changes, diffOfFile } from '../../parts/diff.ts';
import { toldIn } from '../../parts/step-list.ts';
import type { View } from '../../view.ts';
import { offersOf, type Draft, type Wizard } from '../../wizard.ts';
import { some } from '../../some.ts';
import { cell, pad, squeeze, width } from '../../width.ts';
import { canRehearse } from '../rehearsal/open.ts';
import { servicesOf } from '../findings/rows.ts';
import { gistOf } from './gist.ts';
import { checkNumber, fallsWith, rowsOf, rowWith, type PlanRow, type PlanScreen } from './state.ts';

type Made = Draft & { readonly plan: Plan };

/** `shop-web`, `-worker`, `-admin` */
function images(names: readonly string[], project: string): readonly string[] {
  const [first = '', ...rest] = names;
  const head = `${project}-`;
  return [first, ...rest.map((name) => (first.startsWith(head) && name.startsWith(head) ? name.slice(project.length) : name))];
}

/** How many files of root's are there, where that was counted. */
export const countedIn = (wizard: Wizard, source: string): number | undefined =>
  wizard.looking.machine?.containers.flatMap((one) => one.mounts ?? []).find((mount) => mount.source === source && mount.rootEntries !== undefined)?.rootEntries;

/** The ways out that a step serves, by their names; before one that another decision of the plan has, too, whom it is for. */
function serves(row: PlanRow, plan: Plan, wizard: Wizard, { say, words, glyphs }: View): readonly string[] {
  const named = ({ finding, fix }: Choice): string => ((offer) => (offer ? say(offer.title) : fix))(offersOf(wizard, finding)?.find((one) => one.fix === fix));
  const served = new Set(row.steps.flatMap((step) => step.because));
  const names = plan.choices.filter((choice) => served.has(choice.finding)).map((choice) => {
    const name = named(choice);
    const finding = plan.findings.find((one) => one.id === choice.finding);
    if (!finding || plan.choices.every((one) => served.has(one.finding) || named(one) !== name)) return name;
    const [first = '', second, ...rest] = servicesOf(finding);
    return first === '' ? name : words.plan.whose(`${[first, ...(second === undefined ? [] : [second])].join(words.common.comma)}${rest.length > 0 ? glyphs.more : ''}`, name);
  });
  return [...new Set(names)];
}

/** What a deed is done to, and what is to be known of it, each a list where some may be left out; undefined where its own sentence says it all. */
type Said = readonly [what: string | readonly string[], note: string | readonly string[]];

const place = (change: OwnMount | SetFolder, plan: Plan, { say }: View): string => say(placeOf(change, plan));

const warm = (services: readonly Pick<RunsAs, 'service' | 'seconds'>[], { words }: View): string => {
  const patient = services.filter((one) => one.seconds !== undefined).map((one) => one.service);
  return patient.length === 0 ? '' : words.plan.warm(patient);
};

/** A new file that is not for everybody to read says so beside its name. */
const withMode = (change: Extract<Change, { kind: 'edit-file' | 'create-file' }>, { words }: View): string =>
  (change.kind === 'create-file' && (change.mode & 0o077) === 0 ? words.plan.secretFile(change.path, change.mode.toString(8)) : change.path);

function saidOf(change: Change, row: PlanRow, made: Made, wizard: Wizard, view: View): Said | undefined {
  const { words } = view;
  const { plan } = made;
  switch (change.kind) {
    case 'edit-file':
    case 'create-file': return [withMode(change, view), gistOf(diffOfFile(made.preview?.diffs ?? [], change.path), words.plan.gist) ?? serves(row, plan, wizard, view)];
    case 'build-image': return [images(row.steps.flatMap((step) => (step.change.kind === 'build-image' ? [step.change.image] : [])), plan.name), ''];
    case 'stop-services': return [[...always(change.again).map((one) => one.service), ...change.services.map((one) => one.service)], warm([...always(change.again), ...change.services], view)];
    case 'start-services': {
      const away = made.away ? words.plan.awayBefore(made.away.seconds, made.away.run) : words.plan.away;
      const proxies = (change.again ?? []).flatMap((one) => (one.when === 'moved' ? [one.service] : []));
      return [awayWith(change), proxies.length > 0 ? words.plan.moved(away, proxies) : away];
    }
    case 'own-mount': return [place(change, plan, view), words.plan.owned(countedIn(wizard, change.mount.source), change.uid, change.also)];
    case 'set-folder': return [place(change, plan, view), words.plan.folder(`${change.uid}:${change.gid}`, change.mode.toString(8))];
    default: return undefined;
  }
}

/** The place of a step that hands something over, and whom to: as the rehearsal names it where it was left out. */
export function handed({ change }: Step, plan: Plan, view: View): readonly [place: string, owner: string] {
  if (change.kind === 'own-mount' || change.kind === 'set-folder') return [place(change, plan, view), String(change.uid)];
  return change.kind === 'set-path' ? [change.path, String(change.uid ?? '')] : ['', ''];
}

const isPath = ({ kind }: Change): boolean => kind === 'edit-file' || kind === 'create-file';

const numbers = ({ steps }: PlanRow): string => (steps.length === 1 ? String(steps[0]!.number) : `${steps[0]!.number}-${steps.at(-1)!.number}`);

interface Columns {
  readonly number: number;
  readonly what: number;
}

/** The list's own columns: numbers as wide as the widest, and what a deed is done to beside what is to be known of it. */
export function columnsOf(made: Made, wizard: Wizard, view: View): Columns {
  const rows = rowsOf(made.plan);
  const said = rows.flatMap((row) => ((what) => (what === undefined ? [] : [whole(what, view)]))(saidOf(row.steps[0]!.change, row, made, wizard, view)?.[0]));
  return {
    number: Math.max(...rows.map((row) => width(numbers(row))), width(String(checkNumber(made.plan)))),
    what: Math.min(Math.floor(view.columns * 0.35), Math.max(26, ...said.map(width)) + 2),
  };
}

/** Number and deed, as every row of the list begins. */
const head = (here: boolean, number: string, deed: string, at: Columns, { glyphs }: View): Line =>
  line(` ${here ? glyphs.here : ' '} `, `${number.padEnd(at.number)} `, span(cell(deed, 8), 'strong'));

/** One row of the plan, or several where it has more to say: what was left out, and what follows. */
export function drawn(row: PlanRow, i: number, made: Made, screen: PlanScreen, wizard: Wizard, view: View, at: Columns): readonly Line[] {
  const { glyphs, columns, say, words } = view;
  const { plan } = made;
  const step = row.steps[0]!;
  const { change } = step;
  const told = made.tells[plan.steps.indexOf(step)];
  const [deed, all] = row.dropped ? [words.plan.own, 'path' in change ? change.path : ''] : toldIn(told ? say(told) : '');
  const said = saidOf(change, row, made, wizard, view);
  const left = head(i === screen.at, numbers(row), deed, at, view);
  const from = 3 + at.number + 1 + 8;
  if (row.dropped) {
    // What it is stands in its column, what became of it in the next.
    const full = said ? whole(said[0], view) : all;
    const wide = Math.min(Math.max(at.what, width(full) + 2), Math.floor(columns / 2));
    const name = squeeze(full, wide - 2, glyphs.more);
    const follows = paragraph(words.plan.wasDropped(step.alone ? say(step.alone) : '', canRehearse(wizard)), columns - 1, 'unsure', from + wide);
    return follows.map((part, n) => (n === 0 ? [...left, span(pad(name, wide), 'unsure'), ...part.slice(1)] : part));
  }
  const dropping = rowWith(plan, screen.dropping);
  const falls = dropping !== undefined && (row.steps[0] === dropping.steps[0] || step.because.every((id) => fallsWith(plan, dropping).includes(id)));
  const right = falls ? [span('x', 'worse')] : isPath(change) ? changed(change, made) : [];
  if (!said) return [sides([...left, span(squeeze(all, columns - from - 4, glyphs.more), falls ? 'unsure' : undefined)], right, columns - 1, glyphs.more)];
  const what = whole(said[0], view);
  const rest = right.length > 0 ? lineWidth(right) + 3 : 1;
  const note = inRoom(said[1], columns - from - at.what - rest, words.plan.andMore, view);
  const short = isPath(change) ? squeeze(what, at.what - 2, glyphs.more) : inRoom(said[0], (note === '' ? columns - from - rest : at.what) - 2, words.plan.andOthers, view);
  return [sides([...left, span(pad(short, at.what), falls ? 'unsure' : isPath(change) ? 'path' : undefined), span(note, 'faint')], right, columns - 1, glyphs.more)];
}

const whole = (said: string | readonly string[], { words }: View): string => (typeof said === 'string' ? said : said.join(words.common.comma));

/** A sentence, or as many of a list as there is room for. */
const inRoom = (said: string | readonly string[], room: number, andMore: View['words']['plan']['andMore'], { words, glyphs }: View): string =>
  some(typeof said === 'string' ? [said] : said, room, (shown, left) => (left === 0 ? shown.join(words.common.comma) : andMore(shown.join(words.common.comma), left)), glyphs.more);

function changed(change: Change, made: Made): Line {
  const diff = 'path' in change ? diffOfFile(made.preview?.diffs ?? [], change.path) : undefined;
  return diff ? changes(diff) : [];
}

/** What is owed when all is done. */
export const checkRow = ({ plan }: Made, view: View, at: Columns): readonly Line[] => (plan.owed.length === 0 ? [] : [
  [...head(false, String(checkNumber(plan)), view.words.plan.check, at, view), ...line(pad(view.words.plan.checkAll(view.words.plan.checks(plan.owed.length)), at.what), span(view.words.plan.checkedOn, 'faint'))],
]);
