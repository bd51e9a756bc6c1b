import { posix } from 'node:path';
import type { Finding } from '../../model/finding.ts';
import { findingId } from '../../model/finding-id.ts';
import type { Machine, SourceFile } from '../../model/machine.ts';
import type { Place } from '../../model/setting.ts';
import { text, type Text } from '../../model/text.ts';
import { chainOf } from '../../settings/chain.ts';
import { place, wordsAt } from '../../settings/parsed.ts';
import { rootReads, type RootRead } from '../../settings/root-reads.ts';
import { appEditors, saidInProject } from '../../settings/trust.ts';
import { containerSubjects } from '../../settings/subjects.ts';

export const ID = 'root-reads-writable-config';

/** What root does with a line of that file. */
const RUNS: Readonly<Record<RootRead['reader'], Text>> = {
  gunicorn: text('gunicorn\'s master is root and runs the file as Python when it starts and at every HUP', 'gunicorn 的主进程是 root，启动时和每次 HUP 时都会把这个文件当作 Python 执行'),
  uwsgi: text('uWSGI starts as root and obeys the file before it steps down (exec-asap, exec-as-root)', 'uWSGI 以 root 身份启动，降权之前听这个文件的（exec-asap、exec-as-root）'),
  supervisord: text('supervisord is root and starts what the file says at the next reload, as whomever it says', 'supervisord 是 root，下次重新加载时按这个文件启动程序，文件写谁就是谁'),
};

const trust = (machine: Machine): Text => (saidInProject(machine) ? text('.harden-tui.yaml trusts whoever edits the app with root', '.harden-tui.yaml 表示能改应用的人可信为 root') : text('you answered that whoever edits the app is trusted with root', '你回答过：能改应用的人可信为 root'));

const firstLine = (file: SourceFile): Place => {
  const end = /\r?\n|$/.exec(file.text)?.index ?? 0;
  return place(file, { start: file.text.startsWith('\uFEFF') ? 1 : 0, end });
};

function finding(machine: Machine, read: RootRead): Finding {
  const { reader, program, path, file, who, how, confidence, given, mounted } = read;
  const { service } = program;
  const at = file ? firstLine(file) : program.words[0]?.at;
  const folder = posix.dirname(path);
  // Whose it is is decided where the image gets it; what is read there is the second thing to look at.
  const decides = [...(given ? [given] : []), ...(at && at.file !== given?.file ? [at] : [])];
  const editors = appEditors(machine);
  const trusted = editors === 'root';
  const name = posix.basename(path);
  const can = how === 'file'
    ? text(`uid ${who.uid} may write ${path}`, `uid ${who.uid} 可以写 ${path}`)
    : file ? text(`uid ${who.uid} may write in ${folder}, and so put another ${name} in its place`, `uid ${who.uid} 可以写 ${folder}，也就可以换上另一个 ${name}`)
      : text(`uid ${who.uid} may write in ${folder}, and a ${name} there would be read`, `uid ${who.uid} 可以写 ${folder}，放在那里的 ${name} 会被读取`);
  return {
    id: findingId(ID, file?.path ?? service.name, `${service.name}:${program.name}`),
    risk: ID,
    severity: trusted ? 'low' : 'high',
    confidence,
    title: text(`root reads ${program.name}'s ${name}, and the app can write it`, `root 会读 ${program.name} 的 ${name}，而应用能改写它`),
    short: text(`app may write root's ${name}`, `应用能改写 root 读的 ${name}`),
    why: text(
      `${RUNS[reader].en}. ${can.en}: a hole in the app is root ${service.host ? 'on this machine' : 'in its container'} then, after one line and a little patience.`,
      `${RUNS[reader]['zh-CN']}。${can['zh-CN']}：应用一旦有漏洞，写一行、等一会儿，攻击者就是${service.host ? '本机' : '容器里'}的 root。`,
    ),
    subjects: [{ kind: 'service', name: service.name }, ...(file ? [{ kind: 'file' as const, name: file.path }] : []), ...containerSubjects(machine, service)],
    places: at ? [at] : [],
    chain: chainOf(machine, service, at),
    seen: confidence === 'seen' ? [text(`${can.en}.`, can['zh-CN'])] : [],
    from: decides.map((one, i) => ({ place: one, words: wordsAt(machine, one), ...(i === 0 ? { note: trusted ? trust(machine) : can } : {}) })),
    detail: { reader, service: service.name, program: program.name, path, ...(mounted === undefined ? {} : { mounted }) },
    aspect: path,
    ...(editors === undefined ? { hangsOn: 'app-editors' as const } : {}),
  };
}

/** One finding for each file that root reads and somebody else may write. */
export const detect = (machine: Machine): readonly Finding[] => rootReads(machine).map((read) => finding(machine, read));
