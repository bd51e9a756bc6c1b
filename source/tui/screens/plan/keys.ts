import { takeBackLast } from '../../decisions.ts';
import { keyOf } from '../../../engine/dropped.ts';
import type { Binding } from '../../keys.ts';
import { moved, movingKeys } from '../../scroll.ts';
import { back, openFresh, put, turn, type Turn } from '../../turn.ts';
import { shown, type Wizard } from '../../wizard.ts';
import { calls, goBack, quit } from '../common.ts';
import { confirmScreen } from '../confirm/state.ts';
import { diffScreen, rowOfFile } from '../diff/state.ts';
import { plan as replan } from '../findings/keys.ts';
import { canRehearse, onFromPlan } from '../rehearsal/open.ts';
import { rehearsalOf } from '../rehearsal/state.ts';
import { alone, barred, fallsWith, rowsOf, type PlanRow, type PlanScreen } from './state.ts';

const rows = (wizard: Wizard): readonly PlanRow[] => (wizard.draft?.plan ? rowsOf(wizard.draft.plan) : []);
const rowAt = (screen: PlanScreen, wizard: Wizard) => rows(wizard)[screen.at];

/** The plan is made again, and the same row stays highlighted. */
function again(screen: PlanScreen, wizard: Wizard): Turn {
  const { wizard: next, asks } = replan(back(wizard));
  return turn(shown(next).name === 'plan' ? put(next, { ...screen, dropping: undefined }) : next, ...asks);
}

/** Takes the highlighted step out by itself, or with every finding that can't do without it; one that is out comes in again. */
function drop(screen: PlanScreen, wizard: Wizard): Turn {
  const row = rowAt(screen, wizard)!;
  const plan = wizard.draft!.plan!;
  const keys = row.steps.map((step) => keyOf(step.change));
  const before = wizard.without ?? [];
  const stepped = (without: readonly string[]): Turn => again(screen, { ...wizard, without, past: [...wizard.past, { decisions: new Map(), without: before }] });
  if (row.dropped) return stepped(before.filter((key) => !keys.includes(key)));
  const number = row.steps[0]!.number;
  if (screen.dropping !== number) return turn(put(wizard, { ...screen, dropping: number }));
  if (alone(row)) return stepped([...before, ...keys]);
  const falls = fallsWith(plan, row);
  const decisions = new Map([...wizard.decisions].filter(([id]) => !falls.includes(id)));
  const taken = [...wizard.decisions].filter(([id]) => falls.includes(id));
  const rest = { ...wizard, decisions, dropped: new Map([...(wizard.dropped ?? []), ...taken]), past: [...wizard.past, { decisions: new Map(taken) }] };
  return [...decisions.values()].some((one) => one.kind === 'fix') ? again(screen, rest) : turn({ ...back(rest), draft: undefined });
}

/** Takes back what was decided last, a step that was dropped too, and plans again. */
function unmake(screen: PlanScreen, wizard: Wizard): Turn {
  const { wizard: next, asks } = takeBackLast(wizard);
  const kept = { ...next, dropped: new Map([...(next.dropped ?? [])].filter(([id]) => !next.decisions.has(id))) };
  const some = [...kept.decisions.values()].some((one) => one.kind === 'fix');
  const { wizard: planned, asks: more } = some ? again(screen, kept) : turn({ ...back(kept), draft: undefined });
  return turn({ ...planned, notice: next.notice }, ...asks, ...more);
}

/** Any other key keeps the step that was about to be taken out, and does nothing else; moving on from it still moves. */
const keeping = (binding: Binding<PlanScreen>): Binding<PlanScreen> => ({
  ...binding,
  act: (screen, wizard, key) => {
    if (screen.dropping === undefined) return binding.act(screen, wizard, key);
    const kept = { ...screen, dropping: undefined };
    return MOVING.has(key) ? binding.act(kept, put(wizard, kept), key) : turn(put(wizard, kept));
  },
});

const moving = movingKeys((screen: PlanScreen, wizard: Wizard, key: string) => ({ ...screen, at: moved(screen.at, key, rows(wizard).length, 8) }), 'list');
const MOVING: ReadonlySet<string> = new Set(moving.flatMap((binding) => binding.keys));

/** It is not made yet, and could be rehearsed as soon as it is. */
const isMaking = ({ draft, given }: Wizard): boolean => draft !== undefined && draft.plan === undefined && !draft.thenRehearse && given.can.rehearse === true && !given.dryRun;

const isReady = (wizard: Wizard): boolean => wizard.draft?.plan !== undefined && barred(wizard) === undefined;

export const planKeys: readonly Binding<PlanScreen>[] = [
  ...([
    {
      keys: ['enter'], place: 'deed',
      says: (words, _screen, wizard) => (!canRehearse(wizard) ? words.keys.confirm : rehearsalOf(wizard)?.result ? words.keys.rehearsed : words.keys.rehearse),
      when: (_screen, wizard) => isReady(wizard),
      act: (_screen, wizard) => onFromPlan(wizard),
    },
    {
      // Who presses it before the plan stands means the same, and need not press it again.
      keys: ['enter'], says: (words) => words.keys.rehearse, place: 'deed', when: (_screen, wizard) => isMaking(wizard),
      act: (_screen, wizard) => turn({ ...wizard, draft: { ...wizard.draft!, thenRehearse: true } }),
    },
    {
      keys: ['a'], says: (words) => words.keys.unrehearsed, place: 'page',
      when: (_screen, wizard) => isReady(wizard) && canRehearse(wizard) && !rehearsalOf(wizard)?.result,
      act: (_screen, wizard) => turn(openFresh(wizard, confirmScreen)),
    },
  ] satisfies readonly Binding<PlanScreen>[]).map(keeping),
  { keys: ['x'], says: (words, screen, wizard) => (rowAt(screen, wizard)?.dropped ? words.keys.putBack : words.keys.out), place: 'deed', when: (screen, wizard) => rowAt(screen, wizard) !== undefined, act: drop },
  ...([
    {
      keys: ['d'], says: (words) => words.keys.diffs, place: 'deed', when: (_screen, wizard) => (wizard.draft?.preview?.diffs.length ?? 0) > 0,
      act: (screen, wizard) => {
        const change = rowAt(screen, wizard)?.steps[0]?.change;
        const file = change?.kind === 'edit-file' || change?.kind === 'create-file' ? change.path : undefined;
        return turn(openFresh(wizard, diffScreen({ kind: 'plan', file }, file === undefined ? 0 : rowOfFile(wizard, file))));
      },
    },
    calls(),
    {
      keys: ['w'], says: (words) => words.keys.save, place: 'deed',
      when: (_screen, wizard) => wizard.given.can.report === true && (wizard.draft?.plan?.choices.length ?? 0) > 0,
      act: (_screen, wizard) => turn(wizard, { kind: 'place', page: 'plan' }),
    },
    { keys: ['z'], says: (words) => words.keys.unmake, place: 'page', when: (_screen, wizard) => wizard.past.length > 0, act: unmake },
    ...moving,
    quit(),
    goBack(),
  ] satisfies readonly Binding<PlanScreen>[]).map(keeping),
];
