import { setPath, type NamedValue } from '../files/compose.ts';
import { parseDotenv, values } from '../files/dotenv.ts';
import type { Change } from '../model/change.ts';
import { generated } from '../model/generated.ts';
import type { Machine } from '../model/machine.ts';
import { isRefusal, refuse, type Refusal } from '../model/risk.ts';
import type { Service } from '../model/service.ts';
import { text } from '../model/text.ts';
import { addItems, closed, inside, mainFile, newKey, setInEnv, several, type InCompose } from './broker-edits.ts';
import { written } from './compose-services.ts';
import { editsOf } from './edit.ts';

/** `.env` beside the compose file, which compose itself reads; a variable that is there with a value already is used. */
export function inDotenv(machine: Machine, path: string, name: string, secret: string): readonly (Change | Refusal)[] {
  const there = machine.files.get(path);
  if (!there) return [{ kind: 'create-file', path, text: `${name}=${generated(secret)}\n`, mode: 0o600 }];
  const parsed = parseDotenv(there.text);
  const mode = closed(there);
  if (values(parsed)[name]) return [{ kind: 'edit-file', path, hash: there.hash, edits: [], ...mode }];
  const edit = setInEnv(there, name, generated(secret));
  return [isRefusal(edit) ? edit : { ...edit, ...mode }];
}

/** A value of `environment:` in the place of the one that is there, in its quotes. */
function replaced({ file }: InCompose, old: NamedValue, value: string): Change | Refusal {
  const written = old.valueSpan && file.text.slice(old.valueSpan.start, old.valueSpan.end);
  if (!old.valueSpan || old.shared || old.interpolated || written === undefined) return refuse(text(`${file.path}: ${old.name} can't be edited safely`, `${file.path}：${old.name} 无法安全编辑`));
  return editsOf(file, [{ ...old.valueSpan, text: /^["']/.test(written) ? JSON.stringify(value) : value }]);
}

/** `environment:` of a service with these names in it, as a map or as the list that is there. */
export function setEnvironment(machine: Machine, service: Service, values: ReadonlyMap<string, string>): readonly (Change | Refusal)[] {
  const everywhere = service.compose ? written(machine.files, service.compose) : [];
  const main = mainFile(machine, service);
  if (!main) return [refuse(text(`${service.name} was not started by compose`, `${service.name} 不是由 compose 启动的`))];
  const kept: (Change | Refusal)[] = [];
  const fresh: [string, string][] = [];
  for (const [name, value] of values) {
    const holder = everywhere.find((w) => w.service.environment.some((e) => e.name === name));
    const old = holder?.service.environment.find((e) => e.name === name);
    if (holder && old) kept.push(replaced(holder, old, value));
    else fresh.push([name, value]);
  }
  if (fresh.length === 0) return kept;
  const there = main.service.keys.get('environment')?.value;
  if (there?.kind === 'list') return [...kept, addItems(main, 'environment', fresh.map(([n, v]) => `${n}=${v}`))];
  const path = ['services', main.service.name, 'environment'];
  const lines = fresh.map(([n, v]) => [n, JSON.stringify(v)] as const);
  if (!there || (there.kind === 'scalar' && there.isNull)) return [...kept, newKey(editsOf(main.file, setPath(main.compose, path, lines.map(([n, v]) => `${n}: ${v}`).join('\n'))))];
  return [...kept, inside(several(main.file, lines.map(([n, v]) => setPath(main.compose, [...path, n], v))))];
}
