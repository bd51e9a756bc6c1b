import { fetchesOf, type Fetch } from '../../../engine/fetches.ts';
import { staysBehind } from '../../../engine/stays-behind.ts';
import { always, isMissed, runsNow } from '../../../engine/taken.ts';
import type { Machine } from '../../../model/machine.ts';
import type { Plan } from '../../../model/plan.ts';
import type { View } from '../../view.ts';
import type { Wizard } from '../../wizard.ts';

/** What of the user's is uncommitted, or that nothing is. */
function git(wizard: Wizard, { words }: View): string {
  const repository = wizard.draft?.preview?.repository;
  if (!repository) return words.plan.git(undefined, 0);
  return repository.changed.length > 0 ? words.plan.dirty(repository.changed) : words.plan.git(repository.branch, repository.committed.length);
}

/** `apt, for gosu`: what the builds get, program by program. */
function network(fetches: readonly Fetch[], { words }: View): string {
  if (fetches.length === 0) return words.plan.offline;
  const all = [...new Set(fetches.map((one) => one.by))].map((by) => {
    const own = fetches.filter((one) => one.by === by);
    const names = [...new Set(own.flatMap((one) => one.names))];
    return words.plan.fetch(by, names.length > 0 && names.length <= 3 ? names : [...new Set(own.map((one) => one.service))]);
  });
  return all.join(words.history.between);
}

/** `docker compose up` without -d: whoever sits there sees the containers stop and start. */
const inFront = ({ host }: Machine): boolean => host.processes.some(({ argv }) => {
  const up = argv.indexOf('up');
  return up > 0 && argv.slice(0, up).some((word) => /(?:^|[/-])compose$/.test(word)) && !argv.slice(up).some((word) => word === '-d' || word === '--detach');
});

/** Services that are to run and don't, and those of a choice of which none does: what they write while they run could not be seen. A job that has ended beside others is no news. */
function asleep({ findings }: Plan, { services, ...rest }: Machine): readonly string[] {
  const machine = { services, ...rest };
  const all = findings.map((finding) => services.filter((s) => !s.host && finding.subjects.some((one) => one.kind === 'service' && one.name === s.name)));
  const none = (own: typeof services): boolean => own.every((s) => machine.containers.some((c) => s.containers.includes(c.id)) && !runsNow(machine, s));
  return [...new Set(all.flatMap((own) => own.filter((s) => none(own) || isMissed(machine, s)).map((s) => s.name)))];
}

/** Findings that nobody chose, and that a choice can't be had without. */
const brought = (plan: Plan, { decisions }: Wizard, { say }: View): readonly string[] =>
  plan.choices.filter(({ finding }) => decisions.get(finding)?.kind !== 'fix').flatMap(({ finding }) => plan.findings.filter((one) => one.id === finding).map((one) => say(one.short ?? one.title)));

type Rows = readonly (readonly [label: string, text: string])[];

/** Why something is started again that nothing is changed of. */
function leaning(plan: Plan, { words }: View): Rows {
  const all = plan.steps.flatMap(({ change }) => (change.kind === 'start-services' ? always(change.again) : []));
  return all.length === 0 ? [] : [[words.plan.labels.note, words.plan.leaning(all.map((one) => one.service), words.common.and([...new Set(all.flatMap((one) => one.of))]))]];
}

/** What is around the plan: git, the network, and a terminal that looks on. What somebody should know before comes first, where not all has room. */
export function surroundings(plan: Plan, wizard: Wizard, view: View): { readonly first: Rows; readonly last: Rows } {
  const { machine } = wizard.looking;
  const { labels, terminal } = view.words.plan;
  if (!machine) return { first: [], last: [] };
  const down = machine.docker ? asleep(plan, machine) : [];
  const along = brought(plan, wizard, view);
  const fetches = fetchesOf(plan, machine);
  const said: Rows = machine.repository ? [[labels.git, git(wizard, view)]] : [];
  const dirty = (wizard.draft?.preview?.repository?.changed.length ?? 0) > 0;
  return {
    first: [...(along.length > 0 ? [[labels.note, view.words.plan.brought(along)] as const] : []), ...(down.length > 0 ? [[labels.note, view.words.plan.down(down)] as const] : []), ...leaning(plan, view), ...staysBehind(plan, machine).map((one) => [labels.note, view.say(one)] as const), ...(dirty ? said : []), ...(plan.steps.some(({ change }) => change.kind === 'stop-services') && inFront(machine) ? [[labels.note, terminal] as const] : [])],
    last: [...(dirty ? [] : said), ...(fetches ? [[labels.network, network(fetches, view)] as const] : [])],
  };
}
