import type { Evidence, Finding, Subject } from '../../model/finding.ts';
import { findingId } from '../../model/finding-id.ts';
import type { Machine } from '../../model/machine.ts';
import { spaced, text, type Text } from '../../model/text.ts';
import { broker } from '../../settings/broker.ts';
import { brokerReach } from '../../settings/broker-reach.ts';
import { namesPickle, settingsBeside, type CelerySetting } from '../../settings/celery.ts';
import { runsCelery } from '../../settings/celery-argv.ts';
import { chainOf } from '../../settings/chain.ts';
import { forceRootPlaces } from '../../settings/force-root.ts';
import { place, wordsAt } from '../../settings/parsed.ts';
import { programOf } from '../../settings/roles.ts';
import { pickleByDefault, readsEverything, type ByDefault } from '../../settings/pickle-default.ts';
import { acceptingPickle, carriersOf, workersOf } from '../../settings/serializers.ts';
import { runningOf } from '../../settings/service-files.ts';
import { containerSubjects } from '../../settings/subjects.ts';

export const ID = 'pickle-serializer';

const placeOf = (s: CelerySetting) => place(s.file, { start: s.assignment.nameSpan.start, end: s.assignment.valueSpan.end });

/** The lines that decide, in the order of who wins: what is accepted, what is sent, and the guard that was switched off. */
function evidence(machine: Machine, accept: CelerySetting, force: readonly ReturnType<typeof placeOf>[]): readonly Evidence[] {
  const senders = settingsBeside(machine, accept).filter((s) => s.name.endsWith('_serializer') && namesPickle(s) === 'yes');
  // The results' line is a note beside the tasks' one, where both stand in one file.
  const task = senders.find((s) => s.name === 'task_serializer');
  const results = senders.find((s) => s.name === 'result_serializer' && s.file.path === task?.file.path);
  const shown = senders.filter((s) => s !== results);
  return [
    ...[accept, ...shown].map(placeOf).map((at) => ({ place: at, words: wordsAt(machine, at), ...(results && at.start === placeOf(task!).start ? { note: text(`line ${placeOf(results).line}: results too`, `第 ${placeOf(results).line} 行：结果也是`) } : {}) })),
    ...force.map((at) => ({ place: at, words: wordsAt(machine, at), note: text('without it Celery refuses this', '没有它 Celery 会拒绝启动') })),
  ];
}

function finding(machine: Machine, accept: CelerySetting): Finding {
  const workers = workersOf(machine, accept);
  const names = workers.map((w) => w.name);
  const where = broker(machine, workers, accept.file.path);
  const open = where?.open ?? false;
  const live = workers.flatMap((w) => runningOf(machine, w)).filter((c) => c.processes.some((p) => programOf(p.argv) === 'celery'));
  const at = placeOf(accept);
  const host = where?.host ?? '';
  const seen: Text[] = live.map((c) => {
    const uid = c.processes[0]?.uid.effective ?? 0;
    const n = c.processes.length;
    const login = open ? text(` ${host} is named without a password.`, `；连接 ${host} 不需要密码`) : text('', '');
    return text(`${c.service ?? c.name}: celery, ${n} processes, uid ${uid}.${login.en}`, `${c.service ?? c.name}：celery，${n} 个进程，uid ${uid}${login['zh-CN']}`);
  });
  const root = live.some((c) => c.processes.some((p) => p.uid.effective === 0));
  const asRoot = root ? text(', as root', '以 root 身份') : text('', '');
  const worker = names.join(', ') || 'a worker';
  const today = open ? brokerReach(machine, host) : undefined;
  return {
    id: findingId(ID, accept.file.path, accept.owner),
    risk: ID,
    severity: open ? 'critical' : 'high',
    confidence: namesPickle(accept) === 'perhaps' ? 'guess' : live.length > 0 ? 'seen' : accept.assignment.conditional ? 'guess' : 'declared',
    title: open ? text(`Celery takes pickle, ${host} has no password`, `Celery 接受 pickle，${host} 又没设密码`) : text('Celery takes pickle', 'Celery 接受 pickle'),
    short: text('Celery takes pickle', 'Celery 接受 pickle'),
    why: text(
      `A pickled message is a small program: reading it runs it. ${names.length > 1 ? `${worker} read` : names.length === 1 ? `${worker} reads` : 'A worker reads'} it to learn which task is meant, so one message in ${host || 'the broker'} is enough.`,
      `pickle 消息就是一小段程序：读取它就等于运行它。${names.join('、') || 'worker'} 要读了才知道是哪个任务，所以${spaced(host || '消息队列')}里有一条这样的消息就够了。`,
    ),
    reach: text(
      `Whoever can put a message into ${host || 'the broker'} runs code in ${worker}${asRoot.en}.${today ? ` ${today.en}` : ''}`,
      `谁能往${spaced(host || '消息队列')}里放一条消息，谁就能在 ${names.join('、') || 'worker'} 里${asRoot['zh-CN']}执行代码。${today?.['zh-CN'] ?? ''}`,
    ),
    subjects: [...names.map((name): Subject => ({ kind: 'service', name })), ...(names.length === 0 ? [{ kind: 'file' as const, name: accept.file.path }] : []), ...workers.flatMap((w) => containerSubjects(machine, w))],
    places: [at],
    chain: workers.flatMap((w) => chainOf(machine, w, at)),
    seen,
    from: evidence(machine, accept, workers.flatMap((w) => forceRootPlaces(machine, w))),
    detail: { file: accept.file.path, services: names },
  };
}

/** A Celery that reads pickle unless it is told otherwise, and nobody told it. */
function silent(machine: Machine, { file, span, guess }: ByDefault): Finding {
  const workers = carriersOf(machine, file.path).filter((s) => runsCelery(machine, s));
  const names = workers.map((w) => w.name);
  const where = broker(machine, workers, file.path);
  const at = place(file, span);
  const live = workers.flatMap((w) => runningOf(machine, w));
  const never = readsEverything(machine);
  return {
    id: findingId(ID, file.path, 'default'), risk: ID, severity: where?.open ? 'critical' : 'high', confidence: guess ? 'guess' : live.length > 0 ? 'seen' : 'declared',
    title: never ? text('This Celery reads pickle, whatever its settings say', '这个版本的 Celery 无论怎么设置都会读 pickle') : text('Celery takes pickle: before version 4 that is its default', 'Celery 接受 pickle：4 之前的版本默认如此'),
    short: never ? text('Celery reads pickle, whatever is set', 'Celery 无论怎么设置都读 pickle') : text('Celery takes pickle by default', 'Celery 默认接受 pickle'),
    why: text(`A pickled message is a small program: reading it runs it. Whoever can put a message into ${where?.host ?? 'the broker'} runs code in ${names.join(', ') || 'a worker'}.`, `pickle 消息就是一小段程序：读取它就等于运行它。谁能往${spaced(where?.host || '消息队列')}里放一条消息，谁就能在 ${names.join('、') || 'worker'} 里执行代码。`),
    subjects: [...names.map((name): Subject => ({ kind: 'service', name })), ...(names.length === 0 ? [{ kind: 'file' as const, name: file.path }] : []), ...workers.flatMap((w) => containerSubjects(machine, w))],
    places: [at], chain: workers.flatMap((w) => chainOf(machine, w, at)), seen: [],
    from: [{ place: at, words: wordsAt(machine, at), note: text('says nothing about accept_content', '没有写 accept_content') }],
    detail: { file: file.path, services: names, byDefault: true },
  };
}

/** One finding for each application that lets pickle in. What is sent but not accepted is no door: the worker refuses it. */
export const detect = (machine: Machine): readonly Finding[] => [...acceptingPickle(machine).map((s) => finding(machine, s)), ...pickleByDefault(machine).map((d) => silent(machine, d))];
