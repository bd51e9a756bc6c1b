import { addStatement, assignments, parsePython, replaceValue } from '../files/python.ts';
import { isRefused } from '../files/span.ts';
import type { EditFile } from '../model/change.ts';
import type { Machine } from '../model/machine.ts';
import type { UnixSocket } from '../model/process.ts';
import { isRefusal, refuse, type Refusal } from '../model/risk.ts';
import type { Service } from '../model/service.ts';
import type { Place } from '../model/setting.ts';
import { text } from '../model/text.ts';
import { editOf, editsOf } from './edit.ts';
import { addresses, unixPath, type Address } from './gunicorn-binds.ts';
import { setOnCommandLine } from './gunicorn-edit.ts';
import { otherReaders } from './gunicorn-shared.ts';
import { addFlags, replaceWord } from './gunicorn-words.ts';
import { gunicornsIn, type Gunicorn } from './gunicorn.ts';
import { told, type Told } from './gunicorn-settings.ts';
import { perService } from './once.ts';
import { absolutePath, liveSocket } from './open-socket.ts';

/** A unix socket that gunicorn opens. Its mode is 0777 less the umask, and the default umask is 0 (FACTS.md, section 2). */
export interface GunicornSocket {
  readonly gunicorn: Gunicorn;
  readonly path: string;
  readonly mode: number;
  /** Where it is bound; absent where nobody's file says so. */
  readonly opens?: Place;
  /** Where a umask is given; absent where the default decides. */
  readonly decides?: Place;
  readonly live?: UnixSocket;
  readonly address: Address;
  readonly umask?: Told;
}

/** On a command line `0117` is octal and `117` decimal (measured: 612); in Python it is a number like any other. */
const wordMask = (value: string): number => (/^0o?[0-7]+$/.test(value) ? parseInt(value.replace('o', ''), 8) : /^\d+$/.test(value) ? Number(value) : 0);

function socketsOf(machine: Machine, g: Gunicorn): readonly GunicornSocket[] {
  const umask = told(machine, g, 'umask');
  const inConfig = umask?.inConfig?.value;
  const mask = umask ? (inConfig?.kind === 'number' ? inConfig.value : wordMask(umask.value)) : 0;
  return addresses(machine, g).flatMap((address): readonly GunicornSocket[] => {
    const path = unixPath(address.value);
    if (path === undefined) return [];
    const live = liveSocket(machine, g.program, path);
    const opens = address.at ?? g.program.start?.at;
    const decides = umask?.from.at;
    return [{ gunicorn: g, path: live?.path ?? absolutePath(machine, g.program, path), mode: 0o777 & ~mask, address, ...(opens ? { opens } : {}), ...(decides ? { decides } : {}), ...(live ? { live } : {}), ...(umask ? { umask } : {}) }];
  });
}

/** Unix sockets of every gunicorn that a service starts. */
export const gunicornSockets = perService((machine: Machine, service: Service): readonly GunicornSocket[] => gunicornsIn(machine, service).flatMap((g) => socketsOf(machine, g)));

/** umask 0117 where it decides: the flag's own value, the config file's, or a new line or flag beside the bind. A file of two is left alone: the flag overrules it. */
export function setUmask(machine: Machine, { gunicorn, umask, address }: GunicornSocket): EditFile | Refusal {
  const { config } = gunicorn;
  const stuck = refuse(text('its umask can\'t be set safely here: no file says how it is started', '无法安全设置 umask：没有文件说明它如何启动'));
  if (!umask?.flag && otherReaders(machine, [gunicorn]).length > 0) {
    const set = setOnCommandLine(machine, gunicorn, [['umask', '0117']]);
    return isRefusal(set) ? set : (set[0] ?? stuck);
  }
  if (umask?.flag) return umask.file ? replaceWord(umask.file, umask.flag, '0117') : stuck;
  if (umask?.inConfig) return editsOf(umask.inConfig.file, replaceValue(parsePython(umask.inConfig.file.text), umask.inConfig.assignment, '0o117'));
  if (config) {
    const module = parsePython(config.text);
    const edits = addStatement(module, 'umask = 0o117', assignments(config.text).filter((a) => a.target === 'module' && a.name === 'bind').at(-1));
    return isRefused(edits) ? editsOf(config, edits) : editOf(config, edits);
  }
  return address.file && address.flag ? addFlags(address.file, address.flag.word, undefined, ['--umask', '0117']) : stuck;
}
