import type { Change } from '../../../model/change.ts';
import type { Finding } from '../../../model/finding.ts';
import type { Machine } from '../../../model/machine.ts';
import type { Proof } from '../../../model/proof.ts';
import { isRefusal, refuse, type Fix, type Proposal, type Refusal } from '../../../model/risk.ts';
import { same, spaced, text, type Text } from '../../../model/text.ts';
import { broker } from '../../../settings/broker.ts';
import { strings, told } from '../../../settings/celery.ts';
import { taskCalls, tasks } from '../../../settings/celery-tasks.ts';
import { removeForceRoot } from '../../../settings/force-root.ts';
import { jsonByOldNames, readsEverything } from '../../../settings/pickle-default.ts';
import { argumentKinds, jsonKind } from '../../../settings/json-fit.ts';
import { setSerializers, wantedList, type Reads } from '../../../settings/serializer-edit.ts';
import { acceptingPickle, carriersOf } from '../../../settings/serializers.ts';

type Rows = NonNullable<Proposal['costs']>;

const SHOWN = { calls: 4, results: 3 } as const;

/** The first of several rows counts them. */
const counted = (rows: readonly Omit<Rows[number], 'label'>[], n: number, one: Text, many: Text): Rows =>
  rows.map((row, i) => ({ ...row, label: i > 0 ? same('') : text(`${n} ${n === 1 ? one.en : many.en}`, `${n} ${one['zh-CN']}`) }));

/** The calls and results of the project that have to fit into JSON, as they are written. */
function costs(machine: Machine): Rows {
  const sites = taskCalls(machine).map(({ file, call }) => {
    const words = file.text.slice(call.start, call.end).split('\n')[0] ?? '';
    const told = call.method === 'delay' ? argumentKinds(call.args, file).words : text('its arguments must fit into JSON', '参数必须能写成 JSON');
    return { place: `${file.path}:${call.line}`, text: text([words, told.en].filter(Boolean).join('  '), [words, told['zh-CN']].filter(Boolean).join('  ')) };
  });
  const results = tasks(machine).flatMap(({ file, task }) => task.returns.slice(0, 1).map((r) => ({
    place: `${file.path}:${r.line}`, text: jsonKind(r, file) ?? text(`of ${task.name}: not told by its text`, `${task.name} 的：从代码看不出类型`),
  })));
  return [
    ...counted(sites.slice(0, SHOWN.calls), sites.length, text('call', '处调用'), text('calls', '处调用')),
    ...counted(results.slice(0, SHOWN.results), results.length, text('result', '个结果'), text('results', '个结果')),
  ];
}

/** Said only where every call's text tells it. */
function fits(machine: Machine): Text | undefined {
  const sites = taskCalls(machine);
  if (sites.length === 0 || sites.some(({ file, call }) => call.method !== 'delay' || !argumentKinds(call.args, file).fits)) return undefined;
  return sites.length === 1
    ? text('The one task call here already fits.', '项目里唯一的任务调用已经符合要求。')
    : text(`The ${sites.length} task calls here already fit.`, `项目里的 ${sites.length} 处任务调用都已经符合要求。`);
}

const PRICE = text('task arguments and results must be JSON: no objects, no sets', '任务的参数和结果必须是 JSON：不能有对象和 set');

const UNSURE = text(
  'whether every task call is content with JSON. One that is not says "is not JSON serializable" in the log of its caller.',
  '是否每个任务调用都能写成 JSON。写不成的会在调用方的日志里留下“is not JSON serializable”。',
);

function propose(finding: Finding, machine: Machine, reads: Reads): Proposal | Refusal {
  const path = String(finding.detail['file']);
  const now = acceptingPickle(machine).filter((s) => s.file.path === path).flatMap((s) => strings(told(s)) ?? []);
  const accept = wantedList(finding.detail['byDefault'] ? ['json', 'msgpack', 'pickle', 'yaml'] : [...new Set(now)], reads);
  const workers = finding.detail['services'] as readonly string[];
  if (readsEverything(machine)) return refuse(text('this Celery does not know accept_content (it came with 3.0.18): no setting keeps pickle out; a newer Celery does', '这个版本的 Celery 没有 accept_content（3.0.18 才有）：任何设置都挡不住 pickle，只能升级 Celery'));
  const set = setSerializers(machine, path, reads);
  if (isRefusal(set)) return set;
  const file = finding.detail['byDefault'] ? machine.files.get(path) : undefined;
  const added = file && jsonByOldNames(machine, file, reads);
  if (added && isRefusal(added)) return added;
  const edits = added ? [...set, added] : set;
  const changed = new Set(edits.map((e) => e.path));
  const carrying = new Set([...changed].flatMap((p) => carriersOf(machine, p)));
  const carriers = machine.services.filter((s) => carrying.has(s));
  // With pickle still read, Celery's guard stays as it is; afterwards nothing needs the switch any more.
  const force = reads === 'json' ? machine.services.filter((s) => workers.includes(s.name)).flatMap((s) => removeForceRoot(machine, s)) : [];
  const refused = force.find(isRefusal);
  if (refused && isRefusal(refused)) return refused;
  const proofs: Proof[] = workers.map((service) => ({ kind: 'serializers', service, accept }));
  const fit = fits(machine);
  const where = broker(machine, machine.services.filter((s) => workers.includes(s.name)), path);
  return {
    changes: [...edits, ...(force as Change[])],
    rebuild: carriers.filter((s) => s.build).map((s) => s.name),
    replace: carriers.map((s) => s.name),
    proofs,
    ...(taskCalls(machine).length > 0 ? { unsure: UNSURE } : {}),
    ...(reads === 'json' ? { price: PRICE } : {}),
    ...(reads === 'json' && fit ? { fits: fit } : {}),
    costs: costs(machine),
    ...(where ? { leaves: { text: text(`whoever reaches ${where.host || 'the broker'} may still call your tasks`, `能连上${spaced(where.host || '消息队列')}的人仍然可以调用你的任务`), risk: 'broker-no-auth' } } : {}),
  };
}

/** Nothing but JSON is read, everything is sent as JSON. Pickled messages that wait are refused and lost (measured). */
export const jsonOnly: Fix = { id: 'json-only', safety: 'review', proven: true, propose: (f, m) => propose(f, m, 'json') };

/** First run: send JSON, read both. Second run, when no pickled message waits any more: `json-only` closes the door. */
export const drainFirst: Fix = {
  id: 'drain-first',
  safety: 'review',
  proven: true,
  propose(finding, machine) {
    const made = propose(finding, machine, 'both');
    if (isRefusal(made)) return made;
    if (made.changes.length === 0) return refuse(text('only JSON is sent already: what is left is the second step, json-only', '现在已经只发 JSON：剩下的是第二步，即 json-only'));
    return { ...made, due: text('due next, when the queue is empty of pickle: harden-tui fix --risk pickle-serializer', '下一步（队列里没有 pickle 消息后）：harden-tui fix --risk pickle-serializer') };
  },
};
