import type { Finding, Subject } from '../../model/finding.ts';
import { findingId } from '../../model/finding-id.ts';
import type { Machine, SourceFile } from '../../model/machine.ts';
import { text } from '../../model/text.ts';
import { runsCelery } from '../../settings/celery-argv.ts';
import { chainOf } from '../../settings/chain.ts';
import { place, wordsAt } from '../../settings/parsed.ts';
import { programsOf } from '../../settings/program.ts';
import { carriersOf } from '../../settings/serializers.ts';
import { runningOf } from '../../settings/service-files.ts';
import { applicationSpan, signing } from '../../settings/signing.ts';
import { containerSubjects } from '../../settings/subjects.ts';

export const ID = 'unsigned-messages';

function finding(machine: Machine, file: SourceFile): Finding {
  const workers = carriersOf(machine, file.path).filter((s) => runsCelery(machine, s) || programsOf(machine).some((p) => p.service === s && p.kind === 'celery'));
  const names = workers.map((w) => w.name);
  const live = workers.flatMap((w) => runningOf(machine, w));
  const at = place(file, applicationSpan(file));
  return {
    id: findingId(ID, file.path, 'app'), risk: ID, severity: 'info', confidence: live.length > 0 ? 'seen' : 'declared',
    short: text('Celery takes unsigned messages', 'Celery 接受未签名的消息'),
    title: text('Celery takes messages from anybody who can write them', '谁能写消息，Celery 就执行谁的'),
    why: text('A message does not say who sent it. Whoever may write to the broker calls every task, and the worker cannot tell who it was.', '消息里没有写是谁发的。谁能往消息队列里写，谁就能调用所有任务，worker 分辨不出是谁。'),
    subjects: [...names.map((name): Subject => ({ kind: 'service', name })), ...(names.length === 0 ? [{ kind: 'file' as const, name: file.path }] : []), ...workers.flatMap((w) => containerSubjects(machine, w))],
    places: [at], chain: workers.flatMap((w) => chainOf(machine, w, at)), seen: [],
    from: [{ place: at, words: wordsAt(machine, at).slice(0, 120) }],
    detail: { file: file.path },
  };
}

/** One finding for each application whose workers read what nobody signed. */
export const detect = (machine: Machine): readonly Finding[] => signing(machine).filter((a) => !a.signed).map((a) => finding(machine, a.file));
