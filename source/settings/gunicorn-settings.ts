import type { PyValue } from '../files/python.ts';
import type { Machine, SourceFile } from '../model/machine.ts';
import type { Origin } from '../model/setting.ts';
import { configValue, type ConfigValue, type Gunicorn } from './gunicorn.ts';
import { place } from './parsed.ts';
import { variableOf } from './program-files.ts';
import type { ArgWord } from './started.ts';

/** Settings that somebody here asks for: their flags, and whether a flag stands alone. */
const FLAGS = {
  bind: ['-b', '--bind'],
  user: ['-u', '--user'],
  group: ['-g', '--group'],
  umask: ['-m', '--umask'],
  pidfile: ['-p', '--pid'],
  accesslog: ['--access-logfile'],
  errorlog: ['--error-logfile', '--log-file'],
  forwarded_allow_ips: ['--forwarded-allow-ips'],
  worker_class: ['-k', '--worker-class'],
  raw_env: ['-e', '--env'],
  chdir: ['--chdir'],
  workers: ['-w', '--workers'],
  graceful_timeout: ['--graceful-timeout'],
  reload: ['--reload'],
  preload_app: ['--preload'],
  initgroups: ['--initgroups'],
  daemon: ['-D', '--daemon'],
} as const;

export type GunicornSetting = keyof typeof FLAGS;

const ALONE: ReadonlySet<GunicornSetting> = new Set(['reload', 'preload_app', 'initgroups', 'daemon']);
/** Variables that stand in where neither flag nor file says anything. */
const VARIABLES: Partial<Record<GunicornSetting, string>> = { forwarded_allow_ips: 'FORWARDED_ALLOW_IPS', workers: 'WEB_CONCURRENCY', bind: 'PORT' };

/** A flag on a command line: the word it is, and the one with its value, which may be the same. */
export interface FlagWord {
  readonly value: string;
  readonly flag: ArgWord;
  readonly word: ArgWord;
  /** What stands before the value in its word: `--user=`, `-u`. */
  readonly prefix: string;
}

/** What one place says of a setting, and whom it overrules. */
export interface Told {
  /** As text; a list is joined with commas, `None` is empty. */
  readonly value: string;
  readonly from: Origin;
  readonly file?: SourceFile;
  readonly flag?: FlagWord;
  readonly inConfig?: ConfigValue;
  /** A variable stands in the way. */
  readonly guess: boolean;
  /** The weaker ones, the next one first. */
  readonly hides: readonly Told[];
}

/** Every time a setting's flag stands in the words, in order. */
export function flagWords(words: readonly ArgWord[], setting: GunicornSetting): readonly FlagWord[] {
  const names: readonly string[] = FLAGS[setting];
  return words.flatMap((flag, i): readonly FlagWord[] => {
    const name = names.find((n) => flag.value === n);
    if (name && ALONE.has(setting)) return [{ value: 'true', flag, word: flag, prefix: '' }];
    const next = words[i + 1];
    if (name) return next ? [{ value: next.value, flag, word: next, prefix: '' }] : [];
    for (const n of ALONE.has(setting) ? [] : names) {
      const glued = n.startsWith('--') ? `${n}=` : n;
      if (flag.value.startsWith(glued) && flag.value.length > glued.length) return [{ value: flag.value.slice(glued.length), flag, word: flag, prefix: glued }];
    }
    return [];
  });
}

/** A Python value as the command line would have it; undefined where it can't be told. */
export function asText(value: PyValue): string | undefined {
  switch (value.kind) {
    case 'string': return value.value;
    case 'number': return String(value.value);
    case 'boolean': return String(value.value);
    case 'none': return '';
    case 'list': case 'tuple': {
      const all = value.items.map(asText);
      return all.includes(undefined) ? undefined : all.join(',');
    }
    case 'unresolved': return value.environment?.fallback && asText(value.environment.fallback);
    default: return undefined;
  }
}

function byWords(machine: Machine, words: readonly ArgWord[], setting: GunicornSetting, kind: 'argv' | 'environment'): readonly Omit<Told, 'hides'>[] {
  return [...flagWords(words, setting)].reverse().map((flag) => {
    const at = flag.word.at;
    const file = at && machine.files.get(at.file);
    const label = flag.flag === flag.word ? flag.flag.value : `${flag.flag.value} ${flag.value}`;
    return { value: flag.value, from: { kind, label, ...(at ? { at } : {}) }, flag, guess: /\$[{(\w]|%\(/.test(flag.value), ...(file ? { file } : {}) };
  });
}

function byConfig(g: Gunicorn, setting: GunicornSetting): readonly Omit<Told, 'hides'>[] {
  const inConfig = configValue(g.config, setting);
  if (!inConfig) return [];
  const { file, assignment } = inConfig;
  const value = asText(inConfig.value);
  const guess = value === undefined || inConfig.value.kind === 'unresolved' || assignment.conditional || assignment.within !== undefined;
  return [{ value: value ?? '', from: { kind: 'python', label: `${setting} = ${value ?? '?'}`, at: place(file, assignment.statementSpan) }, file, inConfig, guess }];
}

function byVariable(machine: Machine, g: Gunicorn, setting: GunicornSetting): readonly Omit<Told, 'hides'>[] {
  const name = VARIABLES[setting];
  const found = name === undefined ? undefined : variableOf(machine, g.program, name);
  if (name === undefined || !found) return [];
  const value = setting === 'bind' ? `0.0.0.0:${found.value}` : found.value;
  return [{ value, from: { kind: 'environment', label: `${name}=${found.value}`, ...(found.at ? { at: found.at } : {}) }, guess: found.value.includes('$'), ...(found.file ? { file: found.file } : {}) }];
}

/**
 * A setting as gunicorn takes it: command line over GUNICORN_CMD_ARGS over config file over the variable that is its
 * default (its documentation, "Configuration Overview"). The last flag of a name counts.
 */
export function told(machine: Machine, g: Gunicorn, setting: GunicornSetting): Told | undefined {
  const all = [...byWords(machine, g.words, setting, 'argv'), ...byWords(machine, g.extra, setting, 'environment'), ...byConfig(g, setting), ...byVariable(machine, g, setting)];
  return all.reduceRight<Told | undefined>((weaker, one) => ({ ...one, hides: weaker ? [weaker, ...weaker.hides] : [] }), undefined);
}

/** A flag or a boolean of the file that is switched on. */
export const isOn = (said: Told | undefined): boolean => said !== undefined && /^(?:true|1)$/i.test(said.value);
