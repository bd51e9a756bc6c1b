import { copies, variablesOf, type Instruction } from '../files/dockerfile.ts';
import type { NamedValue, Service as Written } from '../files/compose.ts';
import type { IniEntry, IniFile } from '../files/ini.ts';
import { assignments, type PyValue } from '../files/python.ts';
import { splitWords } from '../files/shellwords.ts';
import type { Span } from '../files/span.ts';
import { parseDotenv } from '../files/dotenv.ts';
import type { Machine, SourceFile } from '../model/machine.ts';
import { Secret } from '../model/secret.ts';
import type { Service } from '../model/service.ts';
import type { Place } from '../model/setting.ts';
import { carries } from './carries.ts';
import { written } from './compose-services.ts';
import { ignores } from './kept-out.ts';
import { perMachine } from './once.ts';
import { dockerfileOf, iniOf, place, within } from './parsed.ts';
import { shipped } from './service-files.ts';
import { inComposeCommands, inDockerfileCommands, inRedisConf, inScripts, inStartLines } from './secret-commands.ts';
import { holds, isExample, worth, type Worth } from './secret-names.ts';

export type Holder =
  | { readonly kind: 'compose'; readonly service: string; readonly entry: NamedValue }
  | { readonly kind: 'build-arg'; readonly service: string; readonly entry: NamedValue }
  | { readonly kind: 'dockerfile'; readonly instruction: Instruction; readonly keyword: 'ENV' | 'ARG' }
  | { readonly kind: 'unit' | 'uwsgi'; readonly ini: IniFile; readonly entry: IniEntry; readonly whole: boolean }
  | { readonly kind: 'supervisord'; readonly ini: IniFile; readonly entry: IniEntry; readonly pair: Span }
  | { readonly kind: 'gunicorn'; readonly item: PyValue }
  | { readonly kind: 'python'; readonly value: PyValue; readonly plain: boolean }
  /** A word of a command line, or a line of redis.conf; the span is the word's. */
  | ({ readonly kind: 'word'; readonly decides: 'compose' | 'check' | 'anchor' | 'image' | 'build' | 'script' | 'supervisord' | 'unit' | 'redis' } & Span)
  | { readonly kind: 'dotenv' };

/** A secret as a file has it in clear text. The value is wrapped; where it stands is told by its name alone. */
export interface SecretSeen {
  readonly name: string;
  readonly value: Secret;
  readonly worth: Exclude<Worth, 'none'>;
  readonly file: SourceFile;
  /** The name, never the value. */
  readonly at: Place;
  /** What of the file it belongs to: the service, the stage, the section. */
  readonly section: string;
  readonly holder: Holder;
  /** Services that get it from here. */
  readonly services: readonly string[];
  /** The name says what it is; else the value is, or holds, a password or a key. */
  readonly what: 'said' | 'password' | 'key';
}

export interface Draft {
  readonly name: string;
  /** What the value is by where it stands, where the name does not tell. */
  readonly as?: string;
  readonly value: string | undefined;
  readonly span: Span;
  readonly section: string;
  readonly holder: Holder;
  readonly services: readonly string[];
}

const named = (start: number, name: string): Span => ({ start, end: start + name.length });

/** `$$` is a dollar of the value's own. */
const filledIn = ({ interpolated, raw = '' }: NamedValue): boolean => interpolated && raw.replaceAll('$$', '').includes('$');

/** `environment:` and `build.args` of one service in one file; what compose fills in is decided elsewhere. */
function inCompose(service: Service, s: Written): readonly Draft[] {
  const from = (kind: 'compose' | 'build-arg', entries: readonly NamedValue[]): readonly Draft[] => entries.filter((e) => !filledIn(e)).map((entry) => ({
    name: entry.name, value: entry.value, span: named(entry.span.start, entry.name), section: entry.shared || entry.merged ? `anchor:${entry.span.start}` : s.name, holder: { kind, service: s.name, entry }, services: [service.name],
  }));
  return [...from('compose', s.environment), ...from('build-arg', s.build?.args ?? [])];
}

const unquoted = (text: string): string => (/^(["'])([^]*)\1$/.exec(text)?.[2] ?? text);

function inDockerfile(machine: Machine, file: SourceFile): readonly Draft[] {
  const services = machine.services.filter((s) => s.build?.dockerfile === file.path).map((s) => s.name);
  const df = dockerfileOf(file, {});
  return df.instructions.filter((i) => i.keyword === 'ENV' || i.keyword === 'ARG').flatMap((instruction) => variablesOf(df, instruction).map((v) => ({
    name: v.name, value: v.value === undefined ? undefined : unquoted(v.value), span: named(v.span.start, v.name), section: `stage ${instruction.stage}`, holder: { kind: 'dockerfile' as const, instruction, keyword: instruction.keyword as 'ENV' | 'ARG' }, services,
  })));
}

function pair(text: string): readonly [string, string] | undefined {
  const at = text.indexOf('=');
  return at > 0 ? [text.slice(0, at), unquoted(text.slice(at + 1))] : undefined;
}

/** `Environment=A=b "C=d e"` of a unit. */
function inUnit(machine: Machine, file: SourceFile): readonly Draft[] {
  const services = machine.services.filter((s) => s.host?.file === file.path).map((s) => s.name);
  const ini = iniOf(file, 'systemd');
  return ini.entries.filter((e) => e.key === 'Environment' && e.section === 'Service').flatMap((entry) => {
    const words = splitWords(entry.value).words;
    return words.flatMap((w): readonly Draft[] => {
      const [name, value] = pair(w.value) ?? [];
      return name === undefined ? [] : [{ name, value, span: entry.keySpan, section: 'Service', holder: { kind: 'unit', ini, entry, whole: words.length === 1 }, services }];
    });
  });
}

/** `env = NAME=value` of uWSGI. */
function inUwsgi(machine: Machine, file: SourceFile): readonly Draft[] {
  const services = machine.services.filter((s) => carries(machine, s, file.path)).map((s) => s.name);
  const ini = iniOf(file, 'uwsgi');
  return ini.entries.filter((e) => e.key === 'env').flatMap((entry): readonly Draft[] => {
    const [name, value] = pair(entry.value) ?? [];
    return name === undefined ? [] : [{ name, value, span: named(entry.valueSpan.start, name), section: entry.section, holder: { kind: 'uwsgi', ini, entry, whole: true }, services }];
  });
}

/** A program of this machine gets what its own section says, and what supervisord's says to all of them. */
const isGiven = (service: Service, file: SourceFile, section: string): boolean =>
  (service.host?.file === file.path || service.host?.copy === file.path) && (section === 'supervisord' || section === `program:${service.host.name}`);

/** `environment=A="b",C=d` of supervisord and its programs. */
function inSupervisord(machine: Machine, file: SourceFile): readonly Draft[] {
  const given = (section: string): readonly string[] => machine.services.filter((s) => (s.host ? isGiven(s, file, section) : carries(machine, s, file.path))).map((s) => s.name);
  const ini = iniOf(file, 'supervisord');
  return ini.entries.filter((e) => e.key === 'environment').flatMap((entry) =>
    [...entry.value.matchAll(/([A-Za-z_]\w*)=("[^"]*"|'[^']*'|[^,\s]+)/g)].map((m) => {
      const exact = file.text.slice(entry.valueSpan.start, entry.valueSpan.end) === entry.value;
      const start = entry.valueSpan.start + (exact ? m.index : 0);
      return { name: m[1] ?? '', value: unquoted(m[2] ?? ''), span: named(start, m[1] ?? ''), section: entry.section, holder: { kind: 'supervisord' as const, ini, entry, pair: exact ? { start, end: start + m[0].length } : { start: 0, end: 0 } }, services: given(entry.section) };
    }));
}

/** Settings of the app (`SECRET_KEY = '…'`, `DATABASES` and what is in it) and `raw_env` of gunicorn's own file. */
function inPython(machine: Machine, file: SourceFile): readonly Draft[] {
  const services = machine.services.filter((s) => carries(machine, s, file.path)).map((s) => s.name);
  const found: Draft[] = [];
  const walk = (name: string, value: PyValue, span: Span, plain: boolean): void => {
    if (value.kind === 'string') found.push({ name, value: value.value, span, section: 'settings', holder: { kind: 'python', value, plain }, services });
    if (value.kind === 'dict') for (const { key, value: inner } of value.entries) if (key?.kind === 'string') walk(key.value, inner, key, false);
  };
  for (const a of assignments(file.text)) {
    if (a.errorNear) continue;
    if (a.name === 'raw_env' && a.target === 'module' && (a.value.kind === 'list' || a.value.kind === 'tuple')) {
      for (const item of a.value.items) {
        const [name, value] = item.kind === 'string' ? (pair(item.value) ?? []) : [];
        if (name !== undefined) found.push({ name, value, span: item, section: 'raw_env', holder: { kind: 'gunicorn', item }, services });
      }
    // A constant or a setting: a local name in small letters is some code's, not a configuration's.
    } else if (/^[A-Z][A-Z0-9_]*$/.test(a.name) || ((a.target === 'conf-attr' || a.target === 'conf-update' || a.target === 'celery-call') && /^(?:broker|backend|broker_url|result_backend)$/.test(a.name)) || /^(?:broker_url|result_backend)$/.test(a.name)) walk(a.name, a.value, a.nameSpan, a.operator === '=' && a.within === undefined);
  }
  return found;
}

function inDotenv(machine: Machine, file: SourceFile): readonly Draft[] {
  const readers = machine.services.filter((s) => s.compose && written(machine.files, s.compose).some(({ service }) => service.envFile.some((e) => file.path.endsWith(e.value.replace(/^\.\//, '')))));
  return parseDotenv(file.text).entries.filter((e) => !e.interpolated).map((e) => ({ name: e.name, value: e.value, span: e.nameSpan, section: 'env', holder: { kind: 'dotenv' as const }, services: readers.map((s) => s.name) }));
}

const isDotenv = (path: string): boolean => /(?:^|\/)\.env(?:\.[^/]+)?$|[^/]\.env$/.test(path);

function draftsOf(machine: Machine, file: SourceFile): readonly Draft[] {
  const { path, text } = file;
  if (path.startsWith('/')) return [];
  if (isDotenv(path)) return inDotenv(machine, file);
  if (/\.service$/.test(path)) return [...inUnit(machine, file), ...inStartLines(machine, file, 'systemd')];
  if (/^[ \t]*\[uwsgi\]/m.test(text) && /\.ini$/.test(path)) return inUwsgi(machine, file);
  if (/^[ \t]*\[(?:supervisord|program:)/m.test(text) && /\.(?:conf|ini)$/.test(path)) return [...inSupervisord(machine, file), ...inStartLines(machine, file, 'supervisord')];
  if (/\.(?:conf|acl)$/.test(path) && /^[ \t]*(?:requirepass|masterauth|user[ \t]+\S+[ \t]+(?:on|off))[ \t]/m.test(text)) return inRedisConf(machine, file);
  if (/\.py$/.test(path)) return /(?:^|\/)(?:test_[^/]*|conftest|[^/]*_test)\.py$|(?:^|\/)migrations\//.test(path) ? [] : inPython(machine, file);
  return machine.services.some((s) => s.build?.dockerfile === path) ? [...inDockerfile(machine, file), ...inDockerfileCommands(machine, file)] : [];
}

/** A COPY of the stage that ships takes it along, and no .dockerignore keeps it out. */
function inImage(machine: Machine, service: Service, path: string): boolean {
  const image = shipped(machine, service);
  const context = service.build?.context;
  if (!image || context === undefined || (context !== '' && !path.startsWith(`${context}/`))) return false;
  const inside = context === '' ? path : path.slice(context.length + 1);
  const kept = machine.files.get(`${image.file.path}.dockerignore`) ?? machine.files.get(context ? `${context}/.dockerignore` : '.dockerignore');
  if (kept && ignores(kept.text, inside, true)) return false;
  return copies(image.stage, image.df).some((c) => c.from === undefined && c.sources.some((s) => {
    const from = within(context, s.value);
    return from !== undefined && (from === '' || path === from || path.startsWith(`${from}/`));
  }));
}

function ignoredByGit(machine: Machine, path: string): boolean {
  const folders = ['', ...path.split('/').slice(0, -1).map((_, i, all) => all.slice(0, i + 1).join('/'))];
  return folders.some((folder) => {
    const file = machine.files.get(folder ? `${folder}/.gitignore` : '.gitignore');
    return file !== undefined && ignores(file.text, folder ? path.slice(folder.length + 1) : path, false);
  });
}

/**
 * Neither git nor an image takes the file along. An env file is made to hold secrets: it is amiss only where git would
 * take it, and what a COPY takes is another risk.
 */
const staysHere = (machine: Machine, path: string): boolean =>
  isDotenv(path) ? machine.repository !== true || (ignoredByGit(machine, path) && !machine.tracked?.has(path)) : ignoredByGit(machine, path) && !machine.services.some((s) => inImage(machine, s, path));

/** Every secret that a file of the project has in clear text and that git or an image would carry away. */
export const secretsIn = perMachine((machine: Machine): readonly SecretSeen[] => {
  const found: SecretSeen[] = [];
  const take = (file: SourceFile, drafts: readonly Draft[]): void => {
    if (isExample(file.path) || staysHere(machine, file.path)) return;
    for (const { name, as, value, span, section, holder, services } of drafts) {
      // What compose would have filled in is out already: a dollar that is left is the value's own.
      const said = holder.kind === 'compose' || holder.kind === 'build-arg' ? value?.replaceAll('$', '') : value;
      const w = said === undefined ? 'none' : worth(as ?? name, said);
      if (w === 'none' || value === undefined) continue;
      const at = place(file, span);
      const there = found.findIndex((s) => s.at.file === at.file && s.at.start === at.start && s.name === name);
      const old = found[there];
      // An anchor that several services use is one place.
      if (old) found[there] = { ...old, services: [...new Set([...old.services, ...services])] };
      else found.push({ name, value: new Secret(value), worth: w, file, at, section, holder, services, what: as === undefined ? holds(name, value) : 'password' });
    }
  };
  for (const service of machine.services) for (const { file, service: s } of service.compose ? written(machine.files, service.compose) : []) take(file, [...inCompose(service, s), ...inComposeCommands(service, file, s)]);
  for (const service of machine.services) for (const { file, drafts } of inScripts(machine, service)) take(file, drafts);
  for (const file of machine.files.values()) take(file, draftsOf(machine, file));
  return found;
});

