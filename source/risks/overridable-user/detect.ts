import { posix } from 'node:path';
import type { Finding } from '../../model/finding.ts';
import { findingId } from '../../model/finding-id.ts';
import type { Machine } from '../../model/machine.ts';
import { text } from '../../model/text.ts';
import { chainOf } from '../../settings/chain.ts';
import { wordsAt } from '../../settings/parsed.ts';
import { effective, nameOf } from '../../settings/uwsgi.ts';
import { overridable, type Overridable } from '../../settings/uwsgi-overruled.ts';
import { subjectsOf } from '../../settings/subjects.ts';

export const ID = 'overridable-user';

function finding(machine: Machine, { uwsgi, by, at, owner }: Overridable): Finding {
  const { program } = uwsgi;
  const { service } = program;
  const ini = uwsgi.ini?.file.path ?? '';
  const now = effective(uwsgi, 'uid')?.value ?? '';
  const whose = owner === undefined || owner === 0 ? text('can be written by somebody who is not root', '不是 root 的人也能改') : text(`belongs to uid ${owner}`, `属于 uid ${owner}`);
  return {
    id: findingId(ID, at.file, `${service.name}/${program.name}`),
    risk: ID,
    severity: 'medium',
    confidence: program.live.processes.length > 0 ? 'seen' : 'declared',
    title: text(`${ini} has the last word on who ${program.name} runs as`, `${program.name} 以谁的身份运行，由 ${ini} 说了算`),
    short: text(`${posix.basename(ini)} says who ${program.name} runs as`, `${posix.basename(ini)} 决定 ${program.name} 的身份`),
    why: by === 'flags'
      ? text(`The user stands on the command line, and uWSGI reads ${ini} after it. One line in that file, uid = root, and the app is root at its next start.`, `用户写在命令行上，而 uWSGI 在它之后才读 ${ini}。那个文件里只要有一行 uid = root，应用下次启动就是 root。`)
      : text(`uWSGI starts as root and becomes ${now} because ${ini} says so, and that file ${whose.en}. Who writes uid = root there is root at the next start.`, `uWSGI 以 root 身份启动，因为 ${ini} 里这样写才变成 ${now}，而那个文件${whose['zh-CN']}。谁在里面写 uid = root，下次启动谁就是 root。`),
    subjects: subjectsOf(machine, service),
    places: [at],
    chain: chainOf(machine, service, at),
    seen: program.live.processes.length > 0 ? [text(`${program.name}: uwsgi, started as root, now ${now}.`, `${program.name}：uwsgi，以 root 身份启动，现在是 ${now}`)] : [],
    from: [{ place: at, words: wordsAt(machine, at), ...(by === 'flags' ? { note: text(`in front of ${ini}, which overrules it`, `写在 ${ini} 前面，会被它盖过`) } : {}) }],
    detail: { ...nameOf(uwsgi) },
    aspect: program.name,
  };
}

/** A uWSGI that is root already is told by uwsgi-root. */
export const detect = (machine: Machine): readonly Finding[] => overridable(machine).map((o) => finding(machine, o));
