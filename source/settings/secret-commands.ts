import type { Command, Service as Written } from '../files/compose.ts';
import type { Instruction } from '../files/dockerfile.ts';
import { commandWords } from '../files/ini.ts';
import { splitWords } from '../files/shellwords.ts';
import type { Span } from '../files/span.ts';
import type { Machine, SourceFile } from '../model/machine.ts';
import type { Service } from '../model/service.ts';
import { carries } from './carries.ts';
import { dockerfileOf, iniOf } from './parsed.ts';
import { spokenIn } from './secret-words.ts';
import type { Draft, Holder } from './secrets.ts';
import { started } from './started.ts';

/** One word of a command as its file has it: what is filled in later is left as it is written. */
interface Worded extends Span {
  readonly value: string;
}

/** `sh -c "exec redis-server …"` is a command of its own; each of its words stands where the whole one does. */
const apart = (words: readonly Worded[]): readonly Worded[] => words.flatMap((w) => (/\s/.test(w.value) ? splitWords(w.value).words.map(({ value }) => ({ ...w, value })) : [w]));

type Of = Pick<Draft, 'section' | 'services'> & { readonly decides: Extract<Holder, { kind: 'word' }>['decides'] };

function drafts(file: SourceFile, written: readonly Worded[], { section, services, decides }: Of, takes: (name: string) => boolean = () => true): readonly Draft[] {
  const words = apart(written);
  return spokenIn(words.map((w) => w.value)).filter((s) => takes(s.name)).flatMap(({ name, value, word }): readonly Draft[] => {
    const at = words[word];
    if (!at) return [];
    const raw = file.text.slice(at.start, at.end);
    // Where the name is a word before it, or there is none: the place is told without the value.
    const offset = raw.indexOf(name);
    const span = offset >= 0 ? { start: at.start + offset, end: at.start + offset + name.length } : { start: at.start, end: at.start };
    return [{ name, as: 'password', value, span, section, services, holder: { kind: 'word', decides, start: at.start, end: at.end } }];
  });
}

/** As written: what compose fills in is decided elsewhere. */
function asWritten(file: SourceFile, command: Command): readonly Worded[] {
  if (command.form === 'string') return splitWords(file.text.slice(command.start, command.end), command.start).words;
  return command.words.map((w) => {
    const raw = file.text.slice(w.start, w.end);
    return raw.includes('$') ? { ...w, value: raw } : w;
  });
}

/** `command:`, `entrypoint:` and the health check of one service in one file. */
export function inComposeCommands(service: Service, file: SourceFile, s: Written): readonly Draft[] {
  const check = s.healthcheck?.test;
  return [s.entrypoint, s.command, check].flatMap((command) => (command ? drafts(file, asWritten(file, command), { section: command.shared ? `anchor:${command.start}` : s.name, services: [service.name], decides: command.shared ? 'anchor' : command === check ? 'check' : 'compose' }) : []));
}

const written = ({ json, jsonSpans, words, argsSpan }: Instruction): readonly Worded[] => (json ? json.map((value, i) => ({ value, ...(jsonSpans?.[i] ?? argsSpan) })) : words);

/** What an image starts with, and logins that a build line speaks; a variable that only a build line sets is often no more than a filler. */
export function inDockerfileCommands(machine: Machine, file: SourceFile): readonly Draft[] {
  const services = machine.services.filter((s) => s.build?.dockerfile === file.path).map((s) => s.name);
  return dockerfileOf(file, {}).instructions.filter((i) => /^(?:CMD|ENTRYPOINT|HEALTHCHECK|RUN)$/.test(i.keyword)).flatMap((i) =>
    drafts(file, written(i), { section: `stage ${i.stage}`, services, decides: i.keyword === 'RUN' ? 'build' : 'image' }, (name) => i.keyword !== 'RUN' || !/^\w+$/.test(name)));
}

/** `command=` of supervisord's programs, `ExecStart=` of a unit. */
export function inStartLines(machine: Machine, file: SourceFile, dialect: 'supervisord' | 'systemd'): readonly Draft[] {
  const ini = iniOf(file, dialect);
  const key = dialect === 'supervisord' ? /^command$/ : /^Exec(?:Start|StartPre|StartPost|Reload|Stop)$/;
  const services = machine.services.filter((s) => s.host?.file === file.path || s.host?.copy === file.path || (!s.host && dialect === 'supervisord' && carries(machine, s, file.path)));
  return ini.entries.filter((e) => key.test(e.key)).flatMap((e) =>
    drafts(file, commandWords(e).words, { section: e.section, services: services.filter((s) => !s.host || dialect === 'systemd' || e.section === `program:${s.host.name}`).map((s) => s.name), decides: dialect === 'supervisord' ? 'supervisord' : 'unit' }));
}

/** A script that a service is started with. */
export function inScripts(machine: Machine, service: Service): readonly { readonly file: SourceFile; readonly drafts: readonly Draft[] }[] {
  return (started(machine, service)?.scripts ?? []).map((file) => ({
    file,
    drafts: [...file.text.matchAll(/^(?![ \t]*#).+$/gm)].flatMap((m) => drafts(file, splitWords(m[0], m.index).words, { section: 'script', services: [service.name], decides: 'script' })),
  }));
}

/** `requirepass`, `masterauth` and the users of redis.conf. */
export function inRedisConf(machine: Machine, file: SourceFile): readonly Draft[] {
  const services = machine.services.filter((s) => carries(machine, s, file.path)).map((s) => s.name);
  return [...file.text.matchAll(/^[ \t]*(requirepass|masterauth)[ \t]+(\S+)|^[ \t]*user[ \t]+(\S+)(?:[ \t]+\S+)*?[ \t]+>(\S+)/gm)].map((m): Draft => {
    const name = m[1] ?? `user ${m[3] ?? ''}`;
    const start = m.index + m[0].search(/\S/);
    return { name, as: 'password', value: (m[2] ?? m[4] ?? '').replace(/^(["'])([^]*)\1$/, '$2'), span: { start, end: start + name.length }, section: 'redis', services, holder: { kind: 'word', decides: 'redis', start, end: m.index + m[0].length } };
  });
}
