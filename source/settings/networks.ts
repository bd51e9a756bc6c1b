import { addListItem, at, booleanOf, setPath, setServiceKey, type ComposeFile, type Service as Written } from '../files/compose.ts';
import type { Edits } from '../files/span.ts';
import type { EditFile } from '../model/change.ts';
import type { Machine, SourceFile } from '../model/machine.ts';
import { refuse, type Refusal } from '../model/risk.ts';
import type { Service } from '../model/service.ts';
import type { Place } from '../model/setting.ts';
import { text } from '../model/text.ts';
import { hostNames } from './broker-clients.ts';
import { carries } from './carries.ts';
import { composeFile, written } from './compose-services.ts';
import { editsOf } from './edit.ts';
import { place } from './parsed.ts';
import { variables } from './service-variables.ts';

/** The networks of a service as compose gives them: `default` where nobody names one. */
function networksOf(machine: Machine, service: Service): readonly string[] {
  const named = (service.compose ? written(machine.files, service.compose) : []).flatMap(({ service: s }) => s.networks.map((n) => n.name));
  return named.length > 0 ? [...new Set(named)] : ['default'];
}

/** A network of the project without a way out: `internal: true`. */
const isInternal = (machine: Machine, service: Service, name: string): boolean =>
  (service.compose?.files ?? []).some((path) => composeFile(machine.files, path)?.networks.some((n) => n.name === name && booleanOf(at(n.node, 'internal'))?.value === true) ?? false);

/** One network with a way out is enough; `network_mode` is judged by itself. */
export function reachesOut(machine: Machine, service: Service): boolean {
  if (!service.compose) return false;
  const mode = written(machine.files, service.compose).map(({ service: s }) => s.networkMode?.value).find((v) => v !== undefined);
  if (mode !== undefined) return mode !== 'none' && !/^(?:service|container):/.test(mode);
  return networksOf(machine, service).some((n) => !isInternal(machine, service, n));
}

/** Where the way out is decided: `networks:` of the service, else its own line. */
export function networksAt(machine: Machine, service: Service): Place | undefined {
  const all = service.compose ? written(machine.files, service.compose) : [];
  const own = all.find(({ service: s }) => s.keys.has('networks') || s.keys.has('network_mode')) ?? all.at(-1);
  const entry = own?.service.keys.get('networks') ?? own?.service.keys.get('network_mode');
  return own && place(own.file, entry ? entry.keySpan : own.service.keySpan);
}

const escaped = (name: string): string => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** The services of its project that a service speaks to: `depends_on`, its variables, and addresses in the code it carries. */
export function spokenTo(machine: Machine, service: Service): readonly Service[] {
  const own = service.compose ? written(machine.files, service.compose).map((w) => w.service) : [];
  const depends = own.flatMap((s) => s.dependsOn.map((d) => d.name));
  const given = [...variables(machine, service).values()].flatMap((v) => v.value ?? []);
  const code = [...machine.files.values()].filter((f) => /\.(?:py|ini|cfg|conf)$/.test(f.path) && carries(machine, service, f.path)).map((f) => f.text);
  return machine.services.filter((other) => {
    if (other === service || other.compose?.project !== service.compose?.project) return false;
    if (depends.includes(other.compose?.service ?? '')) return true;
    const names = hostNames(machine, other).map(escaped).join('|');
    const address = new RegExp(String.raw`(?:(?<=//)|@)(?:${names})(?=[:/'"\s]|$)|["'](?:${names})["']`);
    return given.some((v) => address.test(v) || new RegExp(`^(?:${names})$`).test(v)) || code.some((t) => address.test(t));
  });
}

/** What calls the outside world, in the modules that hold tasks. */
const CALLS_OUT = /^[ \t]*(?:import|from)[ \t]+(requests|httpx|aiohttp|urllib3?|urllib\.request|http\.client|smtplib|ftplib|paramiko|boto3|botocore|stripe|twilio|slack_sdk|telegram|sendgrid|google\.cloud|openai)\b/m;
export function callsOut(machine: Machine, service: Service): { readonly at: string; readonly module: string } | undefined {
  for (const f of machine.files.values()) {
    if (!f.path.endsWith('.py') || !/@[\w.]*(?:task|shared_task)\b/.test(f.text) || !carries(machine, service, f.path)) continue;
    const found = CALLS_OUT.exec(f.text);
    if (found) return { at: `${f.path}:${f.text.slice(0, found.index).split('\n').length + (found[0].startsWith('\n') ? 1 : 0)}`, module: found[1] ?? '' };
  }
  return undefined;
}

/** A name that no network of the project has. */
export const freeNetwork = (compose: ComposeFile): string => ['inside', 'inside-only', 'no-way-out'].find((n) => !compose.networks.some((net) => net.name === n)) ?? 'inside-2';

/** `networks:` of a service: this one beside those it has. */
function joined(compose: ComposeFile, s: Written, name: string): Edits {
  const path = ['services', s.name, 'networks'];
  const entry = s.keys.get('networks')?.value;
  if (!entry || (entry.kind === 'scalar' && entry.isNull)) return setServiceKey(compose, s, 'networks', `- default\n- ${name}`);
  return entry.kind === 'map' ? setPath(compose, [...path, name], '{}') : addListItem(compose, path, name);
}

interface InFile {
  readonly file: SourceFile;
  readonly compose: ComposeFile;
  readonly service: Written;
}

const main = (machine: Machine, service: Service): InFile | undefined => (service.compose ? written(machine.files, service.compose).at(-1) : undefined);

/** A service on a network without a way out and on no other; those it speaks to are on it beside their own. */
export function shutIn(machine: Machine, service: Service, peers: readonly Service[]): readonly (EditFile | Refusal)[] {
  const own = main(machine, service);
  if (!own) return [refuse(text(`${service.name} was not started by compose`, `${service.name} 不是由 compose 启动的`))];
  if (own.service.networkMode) return [refuse(text(`network_mode: ${own.service.networkMode.value} takes the place of every network`, `network_mode: ${own.service.networkMode.value} 取代了所有网络`))];
  if ((service.compose ? written(machine.files, service.compose) : []).some((w) => w !== own && w.service.keys.has('networks') && w.file !== own.file)) return [refuse(text('several compose files name its networks', '有多个 compose 文件写了它的网络'))];
  if (own.service.networks.some((n) => n.aliases.length > 0)) return [refuse(text('it has names of its own on its network, which would be lost', '它在网络上有自己的别名，改了会丢失'))];
  const away = peers.find((p) => { const m = main(machine, p); return !m || m.service.networkMode !== undefined; });
  if (away) return [refuse(text(`${away.name} is on no network that could be shared`, `${away.name} 不在可以共用的网络上`))];
  const name = freeNetwork(own.compose);
  return [
    editsOf(own.file, setServiceKey(own.compose, own.service, 'networks', `- ${name}`)),
    ...peers.flatMap((p) => { const m = main(machine, p); return m ? [editsOf(m.file, joined(m.compose, m.service, name))] : []; }),
    editsOf(own.file, own.compose.root?.entries.some((e) => e.key === 'networks') ? setPath(own.compose, ['networks', name], 'internal: true') : setPath(own.compose, ['networks'], `${name}:\n  internal: true`)),
  ];
}
