import { keyOf } from '../../../engine/dropped.ts';
import { same } from '../../../model/text.ts';
import type { Binding } from '../../keys.ts';
import { attempting, isUnderWay } from '../../rehearsing.ts';
import { clampTop, moved, movingKeys } from '../../scroll.ts';
import { tally } from '../../tally.ts';
import { back, openFresh, put, turn, type Turn } from '../../turn.ts';
import { viewOf } from '../../view.ts';
import { shown, type Wizard } from '../../wizard.ts';
import { calls, goBack, quit } from '../common.ts';
import { apply, nameEntry } from '../confirm/apply.ts';
import { wanted } from '../confirm/question.ts';
import { confirmScreen } from '../confirm/state.ts';
import { diffScreen } from '../diff/state.ts';
import { decide, decideAll } from '../../decisions.ts';
import { plan as replan } from '../findings/keys.ts';
import type { Entry } from '../screen.ts';
import { breaks, heldOf } from './content.ts';
import { fullRows } from './full.ts';
import { logInSight } from './log.ts';
import { rehearse } from './open.ts';
import { ownEntry, ownKey } from './own.ts';
import { mayGoOn, rehearsalOf, type RehearsalScreen } from './state.ts';
import { waysOn } from './ways.ts';

const isOver = (wizard: Wizard): boolean => rehearsalOf(wizard) !== undefined && !isUnderWay(wizard.rehearsal);
const asks = (screen: RehearsalScreen): boolean => screen.typed !== undefined;
/** The log, or every row in full, in place of the outcome. */
const isInside = (screen: RehearsalScreen): boolean => screen.whole || screen.full !== undefined;

/** The plan is made again from what is decided by now, and rehearsed when it is; the rehearsal of the old one is left behind. */
function planAgain(wizard: Wizard): Turn {
  const { wizard: next, asks } = replan(back(back(wizard)));
  return turn(next.draft && shown(next).name === 'plan' ? { ...next, draft: { ...next.draft, thenRehearse: true } } : next, ...asks);
}

function goOn(screen: RehearsalScreen, wizard: Wizard): Turn {
  const way = waysOn(wizard)[screen.here];
  switch (way?.kind) {
    case 'step-back': return planAgain({ ...wizard, without: (wizard.without ?? []).filter((key) => !way.steps.some((step) => keyOf(step.change) === key)) });
    case 'put-back': return planAgain(way.findings.reduce((at, [id, decision]) => decide(at, id, decision), wizard));
    case 'another': return planAgain(decide(wizard, way.finding, { kind: 'fix', fix: way.fix }));
    case 'tried':
    case 'without': return planAgain(decideAll(wizard, way.findings.map((id) => [id, undefined])));
    case 'doctor': {
      const rehearsal = rehearsalOf(wizard)!;
      const { what, log } = rehearsal.result?.breakage ?? { what: same(''), log: [] };
      return turn({ ...wizard, rehearsal: attempting({ ...rehearsal, stopping: false }, []) }, { kind: 'sort-out', plan: rehearsal.plan, complaint: { what, log }, ...(wizard.own ? { own: wizard.own } : {}) });
    }
    case 'again': return rehearse(back(wizard));
    default: return turn(back(wizard));
  }
}

/** Esc while the copies are up: they are taken away first, then the plan is there again. */
function stop(wizard: Wizard): Turn {
  const { rehearsal } = wizard;
  if (!rehearsal || rehearsal.stopping) return turn(wizard);
  return turn({ ...wizard, rehearsal: { ...rehearsal, stopping: true } }, { kind: 'interrupt' });
}

/** Opens the last line; what lies outside the project is asked for first, on a page of its own. */
function open(screen: RehearsalScreen, wizard: Wizard): Turn {
  const plan = wizard.draft?.plan;
  const more = plan !== undefined && (tally(plan).outside.length > 0 || tally(plan).hand.length > 0);
  return turn(more ? openFresh(wizard, confirmScreen) : put(wizard, { ...screen, typed: '', whole: false, log: undefined, full: undefined }));
}

const around = (at: number, count: number): number => (count === 0 ? 0 : (at + count) % count);

const scrolling = movingKeys<RehearsalScreen>((screen, wizard, key) => {
  if (screen.whole) {
    const { rows, top } = logInSight(screen, wizard);
    const room = viewOf(wizard).room - 1;
    return { ...screen, log: clampTop(moved(top, key, rows.length, room), rows.length, room) };
  }
  if (screen.full !== undefined) {
    const [rows, room] = [fullRows(wizard).length, viewOf(wizard).room - 1];
    return { ...screen, full: clampTop(moved(screen.full, key, rows, room), rows, room) };
  }
  const up = key === 'up' || key === 'k';
  if (breaks(wizard)) return up || key === 'down' || key === 'j' ? { ...screen, here: around(screen.here + (up ? -1 : 1), waysOn(wizard).length) } : screen;
  const result = rehearsalOf(wizard)?.result;
  if (!result) return screen;
  const { rows, fits } = heldOf(result, screen, wizard, viewOf(wizard));
  const top = clampTop(screen.top, rows.length, fits);
  return { ...screen, top: clampTop(moved(top, key, rows.length, fits), rows.length, fits) };
});

/** Every row in full, and the table again. */
const inFull: Binding<RehearsalScreen> = {
  keys: ['e'], says: (words) => words.keys.inFull, place: 'deed',
  act: (screen, wizard) => turn(put(wizard, { ...screen, full: screen.full === undefined ? 0 : undefined })),
};

export const rehearsalKeys: readonly Binding<RehearsalScreen>[] = [
  { keys: ['y'], says: (words) => words.keys.apply, place: 'deed', when: (screen, wizard) => asks(screen) && wanted(wizard) === undefined, act: (_screen, wizard) => apply(wizard) },
  // Out of the rows in full it leads the way it led in, and says so where every footer has room for it.
  { ...inFull, says: (words) => words.keys.inShort, when: (screen) => screen.full !== undefined && !asks(screen) },
  { keys: ['enter'], says: (words) => words.keys.choose, place: 'deed', when: (screen, wizard) => breaks(wizard) !== undefined && !isInside(screen), act: goOn },
  {
    keys: ['1', '2', '3', '4', '5', '6'], says: (words) => words.keys.way, place: 'deed', bare: true, shows: (_screen, wizard) => `1-${waysOn(wizard).length}`,
    when: (screen, wizard) => breaks(wizard) !== undefined && !isInside(screen),
    act: (screen, wizard, key) => turn(Number(key) <= waysOn(wizard).length ? put(wizard, { ...screen, here: Number(key) - 1 }) : wizard),
  },
  {
    keys: ['a'], says: (words, _screen, wizard) => (rehearsalOf(wizard)?.result?.outcome === 'holds' ? words.keys.confirm : words.keys.allTheSame), place: 'deed',
    when: (screen, wizard) => mayGoOn(wizard) && !asks(screen), act: open,
  },
  ...(['deed', 'page'] as const).map((place): Binding<RehearsalScreen> => ({
    keys: ['d'], says: (words) => words.keys.diffs, place,
    when: (screen, wizard) => isOver(wizard) && !asks(screen) && (breaks(wizard) === undefined) === (place === 'deed'), act: (_screen, wizard) => turn(openFresh(wizard, diffScreen({ kind: 'plan' }))),
  })),
  { keys: ['b'], says: (words, screen) => (screen.whole ? words.keys.fold : words.keys.logs), place: 'deed', when: (screen) => !asks(screen), act: (screen, wizard) => turn(put(wizard, { ...screen, whole: !screen.whole, log: undefined, full: undefined })) },
  { ...calls<RehearsalScreen>(), when: (screen, wizard) => !asks(screen) && !mayGoOn(wizard) },
  { ...inFull, when: (screen, wizard) => !asks(screen) && !isInside(screen) && wizard.given.linear === undefined && fullRows(wizard).length > 0 },
  { keys: ['r'], says: (words) => words.keys.rehearseAgain, place: 'page', when: (screen, wizard) => isOver(wizard) && !asks(screen), act: (_screen, wizard) => rehearse(back(wizard)) },
  ownKey,
  // Beside the last road to a change its place is behind what belongs to that; the footer names it where there is room.
  { ...calls<RehearsalScreen>(), when: (screen, wizard) => !asks(screen) && mayGoOn(wizard) },
  ...scrolling,
  // The log and the rows in full are one step in: out of them comes the result again, or what is under way.
  { keys: ['esc'], says: (words) => words.keys.back, place: 'way', when: isInside, act: (screen, wizard) => turn(put(wizard, { ...screen, whole: false, log: undefined, full: undefined })) },
  { keys: ['esc'], says: (words) => words.keys.stopRehearsal, place: 'way', when: (screen, wizard) => !isInside(screen) && !isOver(wizard) && !wizard.rehearsal?.stopping, act: (_screen, wizard) => stop(wizard) },
  { keys: ['esc'], says: (words) => words.keys.notYet, place: 'way', when: (screen, wizard) => isOver(wizard) && asks(screen), act: (screen, wizard) => turn(put(wizard, { ...screen, typed: undefined })) },
  quit(),
  { ...goBack(), when: (screen, wizard) => isOver(wizard) && !asks(screen) && !isInside(screen) },
];

/** The name of the project or the host, on the last line. */
export const rehearsalEntry = (screen: RehearsalScreen, wizard: Wizard): Entry<RehearsalScreen> | undefined =>
  ownEntry(screen, wizard) ?? (asks(screen) ? nameEntry(screen, wizard, (at, typed) => put(at, { ...screen, typed }), (at) => turn(put(at, { ...screen, typed: undefined }))) : undefined);
