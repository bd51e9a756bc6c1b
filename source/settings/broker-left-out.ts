import { at, scalarOf } from '../files/compose.ts';
import { applyEdits } from '../files/span.ts';
import type { Change } from '../model/change.ts';
import type { Machine, SourceFile } from '../model/machine.ts';
import { refuse, type Refusal } from '../model/risk.ts';
import { Secret } from '../model/secret.ts';
import type { Service } from '../model/service.ts';
import { text } from '../model/text.ts';
import { hostNames, leadsTo, peers, speakersTo } from './broker-clients.ts';
import type { BrokerService } from './broker-service.ts';
import { brokerAt } from './broker.ts';
import { written } from './compose-services.ts';
import { within } from './parsed.ts';
import { FRONTS, programOf } from './roles.ts';
import { containersOf, runningOf } from './service-files.ts';
import { variables, type Variable } from './service-variables.ts';

/** Names under which the address of a broker stands. */
const NAMES = /BROKER|REDIS|VALKEY|RABBIT|AMQP|CELERY_RESULT|RESULT_BACKEND/i;
const HOST = /HOST|SERVER|ADDR/i;

const clear = (value: string | Secret): string => (value instanceof Secret ? value.reveal() : value);

/** The files as these changes leave them: what a service is given is read from them, and not from what was meant. */
function after(machine: Machine, changes: readonly Change[]): Machine {
  const files = new Map<string, SourceFile>(machine.files);
  for (const c of changes) if (c.kind === 'create-file') files.set(c.path, { path: c.path, text: c.text, hash: '', mode: c.mode, uid: 0, gid: 0 });
  // Several changes of one file are all told in the places of the text that was read.
  const edits = changes.flatMap((c) => (c.kind === 'edit-file' ? [c] : []));
  for (const path of new Set(edits.map((e) => e.path))) {
    const old = machine.files.get(path);
    if (old) files.set(path, { ...old, text: applyEdits(old.text, edits.filter((e) => e.path === path).flatMap((e) => e.edits).sort((x, y) => (x.rank ?? 30) - (y.rank ?? 30))) });
  }
  return { ...machine, files };
}

/** Env files that a service names and that were not read; one that need not be there is left aside. */
const unread = (machine: Machine, service: Service): readonly string[] => (service.compose ? written(machine.files, service.compose) : []).flatMap(({ service: s }) => {
  const node = s.keys.get('env_file')?.value;
  const optional = node?.kind === 'list' ? node.items.flatMap((i) => (scalarOf(at(i.value, 'required'))?.value === 'false' ? (scalarOf(at(i.value, 'path'))?.value ?? []) : [])) : [];
  return s.envFile.filter((f) => !optional.includes(f.value)).flatMap((f) => {
    const path = within(service.compose?.directory ?? '', f.value);
    return path !== undefined && machine.files.has(path) ? [] : [f.value];
  });
});

const waitsFor = (machine: Machine, service: Service, name: string): boolean =>
  (service.compose ? written(machine.files, service.compose) : []).some(({ service: s }) => s.dependsOn.some((d) => d.name === name));

/** They start one program, hand signals on to it, and wait. */
const INITS = /^(?:tini|dumb-init|docker-init)$/;

/** A server of pages and files has nothing to say to a queue; any other program may. */
const isFront = (machine: Machine, service: Service): boolean => runningOf(machine, service).some((c) => {
  const programs = c.processes.map((p) => programOf(p.argv)).filter((name) => !INITS.test(name));
  return programs.length > 0 && programs.every((name) => FRONTS.test(name));
});

/**
 * Who speaks to a broker and would come without the login that it asks for from then on: by the files as they would be, by what the
 * containers were given, and by who is connected. One of them, and nothing may be written.
 */
export function leftOut(machine: Machine, broker: BrokerService, clients: readonly string[], changes: readonly Change[]): Refusal | undefined {
  const name = broker.service.name;
  const shut = (who: string, en: string, zh: string): Refusal => refuse(text(`${who} ${en}: it would be shut out of ${name}`, `${who} ${zh}：它会被挡在 ${name} 外面`));
  const perhaps = (who: string, en: string, zh: string): Refusal => refuse(text(`${who} may speak to ${name}, and without the login it would be shut out: ${en}`, `${who} 可能连接 ${name}，没有登录信息就会被挡在外面：${zh}`));
  const speaks = leadsTo(machine, broker);
  const hosts = hostNames(machine, broker.service);
  const then = after(machine, changes);
  const hasLogin = (v: Variable | undefined): boolean => v?.value !== undefined && speaks(v.value) && brokerAt(v.value)?.open === false;
  for (const service of peers(machine, broker)) {
    const vars = variables(then, service);
    const bare = [...vars.values()].find((v) => v.value !== undefined && speaks(v.value) && !hasLogin(v));
    if (bare) return shut(service.name, `gets ${bare.name} from ${bare.file.path}, and that would still have no login`, `的 ${bare.name} 来自 ${bare.file.path}，其中仍然没有登录信息`);
    const said = speakersTo(machine, broker).find((s) => s.by === 'code' && s.services.includes(service) && !hasLogin(vars.get(s.variable)));
    if (said) return shut(service.name, `speaks to it by ${said.at.file}:${said.at.line}, and no ${said.variable} would have the login`, `按 ${said.at.file}:${said.at.line} 连接它，而没有带登录信息的 ${said.variable}`);
    const live = runningOf(machine, service);
    for (const [key, value] of live.flatMap((c) => [...c.env])) {
      const given = clear(value);
      if (speaks(given) ? hasLogin(vars.get(key)) && clients.includes(service.name) : !(HOST.test(key) && hosts.includes(given))) continue;
      return shut(service.name, `runs with ${key}, which leads to ${name}, and no file that could be changed here says so`, `运行时的 ${key} 指向 ${name}，而这里没有能改的文件写着它`);
    }
    if (clients.includes(service.name)) continue;
    const hidden = live.length > 0 ? [] : unread(machine, service);
    if (hidden[0] !== undefined) return perhaps(service.name, `its ${hidden[0]} could not be read`, `它的 ${hidden[0]} 无法读取`);
    const unknown = live.length > 0 ? undefined : [...vars.values()].find((v) => v.value === undefined && NAMES.test(v.name));
    if (unknown) return perhaps(service.name, `what ${unknown.name} is can't be told here`, `从这里看不出 ${unknown.name} 的值`);
    if (waitsFor(machine, service, broker.service.compose?.service ?? name) && !isFront(machine, service)) return perhaps(service.name, `it waits for it (depends_on), and where its address stands was not found`, `它依赖 ${name}（depends_on），但没有找到地址写在哪里`);
  }
  // By connection: whoever it is, a container of another project, too.
  const own = new Set([broker.service, ...machine.services.filter((s) => clients.includes(s.name) && s.compose?.project === broker.service.compose?.project)].flatMap((s) => containersOf(machine, s).map((c) => c.id)));
  const stranger = runningOf(machine, broker.service).flatMap((c) => c.connected ?? []).find((c) => c.by && !own.has(c.by.id));
  if (stranger?.by) return shut(stranger.by.name, `is connected to it now, and where its address stands was not found`, `现在正连着它，但没有找到地址写在哪里`);
  return undefined;
}
