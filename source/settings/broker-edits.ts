import { addListItem, setServiceKey, type ComposeFile, type Service as Written } from '../files/compose.ts';
import { parseDotenv, setVariable } from '../files/dotenv.ts';
import { quote } from '../files/shellwords.ts';
import { isRefused, type Edits } from '../files/span.ts';
import type { Change, EditFile } from '../model/change.ts';
import type { Machine, SourceFile } from '../model/machine.ts';
import { isRefusal, refuse, type Refusal } from '../model/risk.ts';
import type { Service } from '../model/service.ts';
import { text } from '../model/text.ts';
import type { Speaker } from './broker-clients.ts';
import type { BrokerService } from './broker-service.ts';
import { written } from './compose-services.ts';
import { editsOf } from './edit.ts';
import { shipped } from './service-files.ts';

export interface InCompose {
  readonly file: SourceFile;
  readonly compose: ComposeFile;
  readonly service: Written;
}

/** The file of a project where a service is first written: what is added stands there. */
export const mainFile = (machine: Machine, service: Service): InCompose | undefined => (service.compose ? written(machine.files, service.compose).at(-1) : undefined);

/** Lists of edits as one: a refusal among them is the answer. */
export function all(edits: readonly (Change | Refusal)[]): readonly Change[] | Refusal {
  const refused = edits.find(isRefusal);
  if (refused) return refused;
  return edits.flatMap((e) => (isRefusal(e) || (e.kind === 'edit-file' && e.edits.length === 0 && e.mode === undefined) ? [] : [e]));
}

/** A number of edits on one file, made one after the other by the parser, as one change. */
export function several(file: SourceFile, parts: readonly Edits[]): EditFile | Refusal {
  const made = parts.map((p) => editsOf(file, p));
  const refused = made.find(isRefusal);
  return refused ?? { kind: 'edit-file', path: file.path, hash: file.hash, edits: made.flatMap((m) => (isRefusal(m) ? [] : m.edits)) };
}

/** What goes on a list or a map that ends where its service ends stands before a new key there, or it would become part of that one. */
const INSIDE = 10;
const BEHIND = 40;
export function ranked(change: EditFile | Refusal, rank: number): EditFile | Refusal {
  return isRefusal(change) ? change : { ...change, edits: change.edits.map((e) => ({ ...e, rank })) };
}
export const inside = (change: EditFile | Refusal): EditFile | Refusal => ranked(change, INSIDE);
export const newKey = (change: EditFile | Refusal): EditFile | Refusal => ranked(change, BEHIND);

/** Flags behind the command that a broker is started with; where only its image says how, compose takes the command over. */
export function addFlags(machine: Machine, broker: BrokerService, flags: readonly string[]): EditFile | Refusal {
  const own = written(machine.files, broker.service.compose ?? { project: '', files: [], service: '', directory: '', envFiles: [] });
  const said = own.find((w) => w.service.command);
  const main = mainFile(machine, broker.service);
  if (!main) return refuse(text(`${broker.service.name} was not started by compose: give it these flags where it is started`, `${broker.service.name} 不是由 compose 启动的：请在启动它的地方加上这些参数`));
  if (said) {
    const command = said.service.command;
    if (!command || command.shared) return refuse(text(`${said.file.path}: the command of ${broker.service.name} is shared through a YAML anchor`, `${said.file.path}：${broker.service.name} 的命令通过 YAML 锚点共用`));
    if (command.form === 'list') return inside(several(said.file, flags.map((f) => addListItem(said.compose, ['services', said.service.name, 'command'], JSON.stringify(f)))));
    const end = command.words.at(-1)?.end;
    if (!command.exact || end === undefined || command.words.some((w) => /^(?:ba|da)?sh$/.test(w.value))) {
      return refuse(text(`${said.file.path}: the command of ${broker.service.name} can't be edited safely`, `${said.file.path}：${broker.service.name} 的命令无法安全编辑`));
    }
    return editsOf(said.file, [{ start: end, end, text: ` ${flags.join(' ')}` }]);
  }
  const image = shipped(machine, broker.service);
  const cmd = image?.command.cmd?.words.map((w) => w.value) ?? [];
  const entry = image?.command.entrypoint?.words.map((w) => w.value.split('/').at(-1) ?? '') ?? [];
  const server = entry.some((w) => /^(?:redis|valkey|keydb)-server$/.test(w));
  const base = cmd.length > 0 || server ? cmd : broker.image === 'official' ? ['redis-server'] : undefined;
  if (!base || own.some((w) => w.service.entrypoint)) return refuse(text(`how ${broker.service.name} is started can't be told from here`, `从这里看不出 ${broker.service.name} 是怎么启动的`));
  // Flags may hold compose's own ${…}, which no shell reads here.
  return newKey(editsOf(main.file, setServiceKey(main.compose, main.service, 'command', [quote(base), ...flags].filter((w) => w !== '').join(' '))));
}

/** Items at the end of a list of a service; a list that is not there is made once, with all of them. */
export function addItems({ file, compose, service }: InCompose, key: string, items: readonly string[]): EditFile | Refusal {
  const there = service.keys.get(key)?.value;
  if (!there || (there.kind === 'scalar' && there.isNull)) return newKey(editsOf(file, setServiceKey(compose, service, key, items.map((i) => `- ${i}`).join('\n'))));
  return inside(several(file, items.map((i) => addListItem(compose, ['services', service.name, key], i))));
}

/** One more env file, read after those that are there. A list that came in through `<<` stands once more, as the service's own, with it. */
export function addEnvFile(main: InCompose, name: string): EditFile | Refusal {
  const added = addItems(main, 'env_file', [name]);
  const { service, file, compose } = main;
  const entry = service.keys.get('env_file');
  const known = entry?.value.kind === 'list' ? entry.value.items.length : 1;
  if (!isRefusal(added) || !entry?.merged || service.envFile.length !== known || (entry.value.kind === 'list' && entry.value.items.some((i) => i.value.kind !== 'scalar'))) return added;
  const there = service.envFile.map((f) => file.text.slice(f.start, f.end));
  return newKey(editsOf(file, setServiceKey(compose, service, 'env_file', [...there, name].map((i) => `- ${i}`).join('\n'))));
}

/** Files of the project's folder that compose mounts into a service for reading. */
export const mountFiles = (main: InCompose, files: readonly (readonly [name: string, target: string])[]): EditFile | Refusal =>
  addItems(main, 'volumes', files.map(([name, target]) => `./${name}:${target}:ro`));

/** An address with a login in it; what stood there before goes. */
export const withLogin = (address: string, login: string, path?: (path: string) => string): string =>
  address.replace(/^([\w+-]+:\/\/)(?:[^@/]*@)?([^/?]*)([^?]*)/, (_, scheme: string, host: string, rest: string) => `${scheme}${login}@${host}${path ? path(rest) : rest}`);

/** The line of an env file that has an address, with the login in it; others may no longer read the file. */
export function inEnvFile(speaker: Speaker, address: string): EditFile | Refusal {
  const edit = setInEnv(speaker.file, speaker.variable, address);
  return isRefusal(edit) ? edit : { ...edit, ...closed(speaker.file) };
}

/** A value that a run fills in needs no quotes, though its mark looks as if it did. */
export function setInEnv(file: SourceFile, name: string, value: string): EditFile | Refusal {
  const parsed = parseDotenv(file.text);
  const old = parsed.entries.findLast((e) => e.name === name);
  if (old?.value !== undefined && old.quote === '' && !old.interpolated) return editsOf(file, [{ ...old.valueSpan, text: value }]);
  const edits = setVariable(parsed, name, value);
  return editsOf(file, isRefused(edits) || old ? edits : edits.map((e) => ({ ...e, text: e.text.replace(`'${value}'`, value) })));
}

/** Permission bits without the others', where they have some. */
export const closed = (file: SourceFile): { readonly mode?: number } => ((file.mode & 0o077) === 0 ? {} : { mode: file.mode & 0o700 });

/** Why nobody may be given a login here, if so. */
export function unreachable(machine: Machine, broker: BrokerService, speakers: readonly Speaker[]): Refusal | undefined {
  const name = broker.service.name;
  if (broker.open !== 'no' && broker.declared === 'no') return refuse(text(`the files ask for a password already: ${name} only has to be started again`, `文件里已经要求密码：只需重新启动 ${name}`));
  if (!broker.service.compose || !mainFile(machine, broker.service)) return refuse(text(`${name} was not started by compose: its command and its clients are changed where they are started`, `${name} 不是由 compose 启动的：请在启动它和各客户端的地方修改`));
  const odd = speakers.find((s) => s.by === 'other');
  if (odd) return refuse(text(`${odd.at.file}:${odd.at.line} speaks to ${name} too, and can't be given a login safely: it would be shut out`, `${odd.at.file}:${odd.at.line} 也连接 ${name}，但无法安全地给它加上登录信息：它会被挡在外面`));
  const lost = speakers.find((s) => s.services.length === 0);
  if (lost) return refuse(text(`${lost.at.file}:${lost.at.line} speaks to ${name}, and no service here carries that file`, `${lost.at.file}:${lost.at.line} 连接 ${name}，但这里没有哪个服务带有这个文件`));
  return undefined;
}

/** The same variable of one service can't hold two addresses. */
export function valuesOf(speakers: readonly Speaker[], address: (s: Speaker) => string): ReadonlyMap<string, string> | Refusal {
  const values = new Map<string, string>();
  for (const s of speakers) {
    const now = address(s);
    const there = values.get(s.variable);
    if (there !== undefined && there !== now) return refuse(text(`${s.variable} has two values here: ${s.at.file}:${s.at.line} is one of them`, `${s.variable} 在这里有两个值：${s.at.file}:${s.at.line} 是其中之一`));
    values.set(s.variable, now);
  }
  return values;
}
