import { addStatement, assignments, parsePython, replaceValue } from '../files/python.ts';
import { isRefused } from '../files/span.ts';
import type { EditFile } from '../model/change.ts';
import type { Machine, SourceFile } from '../model/machine.ts';
import type { UnixSocket } from '../model/process.ts';
import { refuse, type Refusal } from '../model/risk.ts';
import type { Service } from '../model/service.ts';
import type { Place } from '../model/setting.ts';
import { text } from '../model/text.ts';
import { editOf, editsOf } from './edit.ts';
import { configValue, gunicornConfig, gunicornWords } from './gunicorn.ts';
import { place } from './parsed.ts';
import { runningOf, shipped, tidy, workdirOf } from './service-files.ts';
import { flags, started, type ArgWord } from './started.ts';
import { perService } from './once.ts';

/** A unix socket that gunicorn opens. Its mode is 0777 less the umask, and the default umask is 0 (FACTS.md, section 2). */
export interface GunicornSocket {
  readonly path: string;
  readonly mode: number;
  readonly opens: Place;
  /** Where a umask is given; absent where the default decides. */
  readonly decides?: Place;
  readonly live?: UnixSocket;
  readonly config?: SourceFile;
  /** The word of the command line that binds, and the one that gives a umask. */
  readonly bindWord?: ArgWord;
  readonly umaskWord?: ArgWord;
}

/** On a command line `0117` is octal and `117` decimal (measured: 612); in Python it is a number like any other. */
const wordMask = (value: string): number | undefined => (/^0[0-7]+$/.test(value) ? parseInt(value, 8) : /^\d+$/.test(value) ? Number(value) : undefined);

export const gunicornSockets = perService((machine: Machine, service: Service): readonly GunicornSocket[] => {
  const start = started(machine, service);
  const words = start && gunicornWords(start);
  const image = shipped(machine, service);
  if (!start || !words) return [];
  const config = gunicornConfig(machine, service, start);
  const bound = flags(words, ['-b', '--bind']).filter((f) => f.value.startsWith('unix:')).map((f) => ({ path: f.value.slice('unix:'.length), opens: f.word.at ?? start.at, bindWord: f.word }));
  const named = bound.length > 0 || flags(words, ['-b', '--bind']).length > 0 ? undefined : configValue(config, 'bind');
  const inFile = named && config ? (named.value.kind === 'list' || named.value.kind === 'tuple' ? named.value.items : [named.value]) : [];
  const fromFile = inFile.flatMap((v) => (config && v.kind === 'string' && v.value.startsWith('unix:') ? [{ path: v.value.slice('unix:'.length), opens: place(config, v), bindWord: undefined }] : []));
  const said = flags(words, ['-m', '--umask']).at(-1);
  const written = configValue(config, 'umask');
  const inConfig = written?.value.kind === 'number' ? written.value.value : undefined;
  const mask = said ? (wordMask(said.value) ?? 0) : (inConfig ?? 0);
  const decides = said ? said.word.at : written && config ? place(config, written) : undefined;
  return [...bound, ...fromFile].map(({ path, opens, bindWord }) => {
    const absolute = tidy(path.startsWith('/') ? path : `${image ? workdirOf(image) : ''}/${path}`);
    const live = runningOf(machine, service).flatMap((c) => c.sockets).find((s) => s.path === absolute || s.path === path);
    return {
      path: live?.path ?? absolute, mode: 0o777 & ~mask, opens,
      ...(decides ? { decides } : {}), ...(live ? { live } : {}), ...(config ? { config } : {}), ...(bindWord ? { bindWord } : {}), ...(said ? { umaskWord: said.word } : {}),
    };
  });
});

/** umask 0117 where it decides: the flag's own value, the config file's, or a new line or flag beside the bind. */
export function setUmask(machine: Machine, service: Service, socket: GunicornSocket): EditFile | Refusal {
  const { umaskWord, config, bindWord } = socket;
  const stuck = refuse(text('its umask can\'t be set safely here: the command is not written as a list', '无法安全设置 umask：命令没有写成列表'));
  if (umaskWord) {
    const file = umaskWord.at && machine.files.get(umaskWord.at.file);
    if (!file || !umaskWord.at) return stuck;
    const old = file.text.slice(umaskWord.at.start, umaskWord.at.end);
    const digits = /\d+(?=["']?$)/.exec(old);
    return digits ? editOf(file, [{ start: umaskWord.at.start + digits.index, end: umaskWord.at.start + digits.index + digits[0].length, text: '0117' }]) : stuck;
  }
  if (config) {
    const module = parsePython(config.text);
    const all = assignments(config.text).filter((a) => a.target === 'module');
    const there = all.filter((a) => a.name === 'umask').at(-1);
    if (there) return editsOf(config, replaceValue(module, there, '0o117'));
    const edits = addStatement(module, 'umask = 0o117', all.filter((a) => a.name === 'bind').at(-1));
    return isRefused(edits) ? editsOf(config, edits) : editOf(config, edits);
  }
  const file = bindWord?.at && machine.files.get(bindWord.at.file);
  if (!file || !bindWord?.at || !bindWord.quoted) return stuck;
  return editOf(file, [{ start: bindWord.at.end, end: bindWord.at.end, text: ', "--umask", "0117"' }]);
}
