import { posix } from 'node:path';
import type { EditFile, SpanEdit } from '../model/change.ts';
import type { Machine, SourceFile } from '../model/machine.ts';
import { refuse, type Refusal } from '../model/risk.ts';
import type { Place } from '../model/setting.ts';
import { text } from '../model/text.ts';
import { editOf } from './edit.ts';
import { addresses, unixPath } from './gunicorn-binds.ts';
import { told } from './gunicorn-settings.ts';
import { otherReaders } from './gunicorn-shared.ts';
import { gunicornsOf, type Gunicorn } from './gunicorn.ts';
import { programsOf, type Program } from './program.ts';
import { flags } from './started.ts';
import { isOpenFolder, type TmpPlace } from './tmp-places.ts';

const vendor = (path: string): boolean => /^\/(?:usr\/)?lib\//.test(path);

/** Every place of a file that names a path, as a whole. */
export function namedIn(file: SourceFile, path: string, to: string): readonly SpanEdit[] {
  const spans: SpanEdit[] = [];
  for (let i = file.text.indexOf(path); i >= 0; i = file.text.indexOf(path, i + 1)) if (!/[\w.-]/.test(file.text[i + path.length] ?? '')) spans.push({ start: i, end: i + path.length, text: to });
  return spans;
}

/** The path where it decides, and wherever else the same file names it (`PIDFile=`, a health check). */
function rewritten(file: SourceFile, at: Place, path: string, to: string): EditFile | Refusal {
  if (vendor(file.path)) return refuse(text(`${file.path} came with a package: write it into a drop-in of your own`, `${file.path} 由软件包带来：请写到自己的 drop-in 里`));
  const edits = namedIn(file, path, to);
  const decides = edits.some((e) => e.start >= at.start && e.end <= at.end);
  return decides ? editOf(file, edits) : refuse(text(`${path} is put together in ${file.path}: change it there by hand`, `${path} 在 ${file.path} 里是拼出来的：请手工修改`));
}

function found(program: Program, what: TmpPlace['what'], path: string, file: SourceFile | undefined, at: Place | undefined, shared?: Refusal): readonly TmpPlace[] {
  if (!file || !at || !isOpenFolder(path)) return [];
  const normal = posix.normalize(path);
  return [{ path: normal, what, service: program.service, at, file, program, write: (to) => shared ?? rewritten(file, at, path, to) }];
}

function ofGunicorn(machine: Machine, g: Gunicorn): readonly TmpPlace[] {
  const [other] = otherReaders(machine, [g]);
  const shared = other && refuse(text(`${other.program.name} reads the same ${posix.basename(g.config?.path ?? '')}: it would look for its files there, too`, `${other.program.name} 也读取同一个 ${posix.basename(g.config?.path ?? '')}：它也会到那里找自己的文件`));
  const pid = told(machine, g, 'pidfile');
  const pids = pid && !pid.guess ? found(g.program, 'pid', pid.value, pid.file, pid.from.at, pid.inConfig && shared) : [];
  const sockets = addresses(machine, g).flatMap(({ value, file, at, item }) => found(g.program, 'socket', unixPath(value) ?? '', file, at, item && shared));
  return [...pids, ...sockets];
}

const CELERY: readonly [readonly string[], TmpPlace['what']][] = [[['--pidfile'], 'pid'], [['-S', '--statedb'], 'state'], [['-s', '--schedule'], 'state']];

function ofCelery(machine: Machine, program: Program): readonly TmpPlace[] {
  if (program.kind !== 'celery' || !program.words.some((w) => w.value === 'worker' || w.value === 'beat')) return [];
  return CELERY.flatMap(([names, what]) => flags(program.words, names).slice(-1).flatMap(({ value, word }) => found(program, what, value, word.at && machine.files.get(word.at.file), word.at)));
}

/** What gunicorn and Celery are told to put there by a flag or a setting. */
export const flaggedInTmp = (machine: Machine): readonly TmpPlace[] => [...gunicornsOf(machine).flatMap((g) => ofGunicorn(machine, g)), ...programsOf(machine).flatMap((p) => ofCelery(machine, p))];
