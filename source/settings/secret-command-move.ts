import { parseDotenv, setVariable, values } from '../files/dotenv.ts';
import type { Change } from '../model/change.ts';
import type { Machine, SourceFile } from '../model/machine.ts';
import { refuse, type Refusal } from '../model/risk.ts';
import type { Service } from '../model/service.ts';
import { text } from '../model/text.ts';
import { editOf, editsOf } from './edit.ts';
import { keptOut } from './kept-out.ts';
import { envLine } from './secret-move.ts';
import type { SecretSeen } from './secrets.ts';

/** One variable for each value: `REDIS_PASSWORD`, and `REDIS_PASSWORD_2` where there is a second one. */
function variables(service: string, seen: readonly SecretSeen[]): ReadonlyMap<string, string> {
  const base = `${service.toUpperCase().replace(/[^A-Z0-9]+/g, '_').replace(/^(\d)/, '_$1')}_PASSWORD`;
  const all = [...new Set(seen.map((s) => s.value.reveal()))];
  return new Map(all.map((value, i) => [value, i === 0 ? base : `${base}_${i + 1}`]));
}

/** The word with `${VARIABLE}` where the value stood. */
function filledIn({ file, at, holder, value }: SecretSeen, variable: string): Change | Refusal {
  const stuck = refuse(text(`${at.file}:${at.line} can't be edited safely`, `${at.file}:${at.line} 无法安全编辑`));
  if (holder.kind !== 'word') return stuck;
  const clear = value.reveal();
  const raw = file.text.slice(holder.start, holder.end);
  const start = raw.indexOf(clear);
  // What compose or a shell would read in another way than it is written here, and a value that stands there twice.
  if (start < 0 || raw.indexOf(clear, start + 1) >= 0 || /["'\\$\s]/.test(clear)) return stuck;
  const put = raw.slice(0, start) + `\${${variable}}` + raw.slice(start + clear.length);
  // A word of a list that nothing quotes: the braces would be YAML's own there.
  const before = file.text.slice(0, holder.start).trimEnd().at(-1);
  const bare = !/^["']/.test(raw) && (before === '[' || before === ',');
  return editOf(file, [{ start: holder.start, end: holder.end, text: bare ? JSON.stringify(put) : put }]);
}

/** Passwords of one service's command in the `.env` that compose fills its files in from. */
export function intoDotenv(machine: Machine, service: Service, seen: readonly SecretSeen[]): { readonly changes: readonly (Change | Refusal)[]; readonly path: string } | Refusal {
  const { compose } = service;
  if (!compose) return refuse(text(`${service.name} is not started by compose`, `${service.name} 不是由 compose 启动的`));
  const [named] = compose.envFiles;
  if (named !== undefined) return refuse(text(`compose was started with --env-file ${named}: put the value there, and \${VARIABLE} in its place`, `compose 启动时用了 --env-file ${named}：把值放进那里，原处改成 \${变量}`));
  const path = compose.directory ? `${compose.directory}/.env` : '.env';
  const there = machine.files.get(path);
  const given = variables(compose.service, seen);
  const known = there ? values(parseDotenv(there.text)) : {};
  const taken = [...given].find(([value, name]) => known[name] !== undefined && known[name] !== value);
  if (taken) return refuse(text(`${path} has another ${taken[1]} already`, `${path} 里已经有另一个 ${taken[1]}`));
  return { changes: [...seen.map((s) => filledIn(s, given.get(s.value.reveal()) ?? '')), ...written(path, there, [...given].filter(([, name]) => known[name] === undefined)), ...keptOut(machine, [path])], path };
}

function written(path: string, there: SourceFile | undefined, fresh: readonly (readonly [value: string, name: string])[]): readonly (Change | Refusal)[] {
  const lines = fresh.map(([value, name]) => envLine(name, value));
  if (lines.includes(undefined)) return [refuse(text('a value of several lines does not fit into an env file', '多行的值放不进 env 文件'))];
  if (!there) return [{ kind: 'create-file', path, text: lines.join(''), mode: 0o600 }];
  const parsed = parseDotenv(there.text);
  const mode = (there.mode & 0o077) === 0 ? {} : { mode: there.mode & 0o700 };
  return fresh.map(([value, name]) => {
    const edits = editsOf(there, setVariable(parsed, name, value));
    return 'refused' in edits || edits.kind !== 'edit-file' ? edits : { ...edits, ...mode };
  });
}
