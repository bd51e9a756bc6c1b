import type { Machine, SourceFile } from '../model/machine.ts';
import type { Place } from '../model/setting.ts';
import type { PyValue } from '../files/python.ts';
import { configValue, type Gunicorn } from './gunicorn.ts';
import { flagWords, told, type FlagWord } from './gunicorn-settings.ts';
import { digitsIn, type Bind } from './listen.ts';
import { place } from './parsed.ts';
import { filledPort } from './port-variable.ts';

/** One address that a gunicorn is told to listen on, as it is written. */
export interface Address {
  readonly value: string;
  /** Absent where a command line can't be edited word by word. */
  readonly at?: Place;
  readonly file?: SourceFile;
  readonly flag?: FlagWord;
  /** An item of the config file. */
  readonly item?: PyValue;
}

/** Addresses of the strongest place that names any; all flags of one command line count together. */
export function addresses(machine: Machine, g: Gunicorn): readonly Address[] {
  for (const words of [g.words, g.extra]) {
    const said = flagWords(words, 'bind');
    if (said.length > 0) {
      return said.flatMap((flag) => flag.value.split(',').map((value): Address => {
        const at = flag.word.at;
        const file = at && machine.files.get(at.file);
        return { value: value.trim(), flag, ...(at ? { at } : {}), ...(file ? { file } : {}) };
      }));
    }
  }
  const bind = configValue(g.config, 'bind');
  if (bind) {
    const items = bind.value.kind === 'list' || bind.value.kind === 'tuple' ? bind.value.items : [bind.value];
    return items.flatMap((item): readonly Address[] => (item.kind === 'string' ? item.value.split(',').map((value) => ({ value: value.trim(), file: bind.file, at: place(bind.file, item), item })) : []));
  }
  const port = told(machine, g, 'bind');
  return port ? [{ value: port.value, ...(port.from.at ? { at: port.from.at } : {}), ...(port.file ? { file: port.file } : {}) }] : [];
}

/** Host and port of an address; undefined for a unix socket and for what it is handed open (`fd://`). */
export function tcp(address: string): { readonly address: string; readonly port: number } | undefined {
  const m = /^(?:tcp:\/\/)?(.*):(\d+)$/.exec(address);
  return m && !address.startsWith('unix:') && !address.startsWith('fd://') ? { address: (m[1] ?? '').replace(/^\[|\]$/g, ''), port: Number(m[2]) } : undefined;
}

/** Paths of the unix sockets among them. */
export const unixPath = (address: string): string | undefined => (address.startsWith('unix:') ? address.slice('unix:'.length).replace(/^\/\/\//, '/') : undefined);

/** The TCP addresses that files decide. */
export function gunicornBinds(machine: Machine, g: Gunicorn): readonly Bind[] {
  return addresses(machine, g).flatMap((written): readonly Bind[] => {
    // The variable of a start script is where its port is decided.
    const { value, at, file } = { ...written, ...filledPort(machine, g.program, written.value) };
    const parsed = tcp(value);
    const where = at ?? (g.program.file && g.program.start?.at);
    const owner = file ?? g.program.file;
    if (!parsed || !where || !owner) return [];
    const digits = at && file ? digitsIn(file, at, parsed.port) : undefined;
    return [{ ...parsed, file: owner, at: where, ...(digits ? { digits } : {}), program: 'gunicorn' }];
  });
}
