import type { Binding } from '../../keys.ts';
import { moved, movingKeys } from '../../scroll.ts';
import { back, openFresh, put, turn } from '../../turn.ts';
import type { Wizard } from '../../wizard.ts';
import { calls, goBack, quit } from '../common.ts';
import { confirmScreen } from '../confirm/state.ts';
import { diffScreen, rowOfFile } from '../diff/state.ts';
import { plan as replan } from '../findings/keys.ts';
import { canRehearse, onFromPlan } from '../rehearsal/open.ts';
import { rehearsalOf } from '../rehearsal/state.ts';
import { barred, fallsWith, type PlanScreen } from './state.ts';

const stepAt = (screen: PlanScreen, wizard: Wizard) => wizard.draft?.plan?.steps[screen.at];

/** Takes the highlighted step out, with every finding that it serves; the plan is made again without them. */
function drop(screen: PlanScreen, wizard: Wizard) {
  const step = stepAt(screen, wizard)!;
  if (screen.dropping !== step.number) return turn(put(wizard, { ...screen, dropping: step.number }));
  const decisions = new Map([...wizard.decisions].filter(([id]) => !fallsWith(step).includes(id)));
  const taken = [...wizard.decisions].filter(([id]) => fallsWith(step).includes(id));
  const rest = { ...back(wizard), decisions, dropped: new Map([...(wizard.dropped ?? []), ...taken]) };
  return decisions.size === 0 || ![...decisions.values()].some((one) => one.kind === 'fix') ? turn({ ...rest, draft: undefined }) : replan(rest);
}

/** Any other key keeps the step that was about to be taken out. */
const keeping = (binding: Binding<PlanScreen>): Binding<PlanScreen> => ({
  ...binding,
  act: (screen, wizard, key) => {
    const kept = { ...screen, dropping: undefined };
    return binding.act(kept, put(wizard, kept), key);
  },
});

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
      keys: ['a'], says: (words) => words.keys.unrehearsed, place: 'deed',
      when: (_screen, wizard) => isReady(wizard) && canRehearse(wizard) && !rehearsalOf(wizard)?.result,
      act: (_screen, wizard) => turn(openFresh(wizard, confirmScreen)),
    },
  ] satisfies readonly Binding<PlanScreen>[]).map(keeping),
  { keys: ['x'], says: (words) => words.keys.out, place: 'deed', when: (screen, wizard) => stepAt(screen, wizard) !== undefined, act: drop },
  ...([
    {
      keys: ['d'], says: (words) => words.keys.diffs, place: 'deed', when: (_screen, wizard) => (wizard.draft?.preview?.diffs.length ?? 0) > 0,
      act: (screen, wizard) => {
        const change = stepAt(screen, wizard)?.change;
        const file = change?.kind === 'edit-file' || change?.kind === 'create-file' ? change.path : undefined;
        return turn(openFresh(wizard, diffScreen({ kind: 'plan', file }, file === undefined ? 0 : rowOfFile(wizard, file))));
      },
    },
    calls(),
    ...movingKeys((screen: PlanScreen, wizard: Wizard, key: string) => ({ ...screen, at: moved(screen.at, key, wizard.draft?.plan?.steps.length ?? 0, 8) })),
    quit(),
    goBack(),
  ] satisfies readonly Binding<PlanScreen>[]).map(keeping),
];
