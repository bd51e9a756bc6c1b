import { addListItem, removeEnvironment, removeServiceKey, setServiceKey } from '../files/compose.ts';
import { removeVariable, removeInstruction } from '../files/dockerfile.ts';
import { parseDotenv, setVariable } from '../files/dotenv.ts';
import { removeEntry } from '../files/ini.ts';
import { parsePython } from '../files/python.ts';
import { lineStart, type TextEdit } from '../files/span.ts';
import type { Change, EditFile } from '../model/change.ts';
import type { Machine, SourceFile } from '../model/machine.ts';
import { isRefusal, refuse, type Refusal } from '../model/risk.ts';
import type { Service } from '../model/service.ts';
import { same, text } from '../model/text.ts';
import { written } from './compose-services.ts';
import { editOf, editsOf } from './edit.ts';
import { keptOut } from './kept-out.ts';
import { dockerfileOf } from './parsed.ts';
import type { SecretSeen } from './secrets.ts';

const at = (folder: string, name: string): string => (folder ? `${folder}/${name}` : name);

/** `$NAME` or `${NAME…}` in a text. */
const uses = (text: string, name: string): boolean => new RegExp(String.raw`\$(?:\{${name}\b|${name}\b)`).test(text);

/** Names of one service taken out of `environment:`; the key goes with the last of them. */
function outOfCompose(machine: Machine, service: Service, names: readonly string[]): readonly (EditFile | Refusal)[] {
  return (service.compose ? written(machine.files, service.compose) : []).flatMap(({ file, compose, service: s }) => {
    const mine = names.filter((n) => s.environment.some((e) => e.name === n));
    if (mine.length === 0) return [];
    if (s.environment.some((e) => mine.includes(e.name) && (e.shared || e.merged))) return [editsOf(file, removeEnvironment(compose, s, mine[0] ?? ''))];
    if (s.environment.every((e) => mine.includes(e.name))) return [editsOf(file, removeServiceKey(compose, s, 'environment'))];
    return mine.map((n) => editsOf(file, removeEnvironment(compose, s, n)));
  });
}

function outOfDockerfile(file: SourceFile, seen: readonly SecretSeen[]): readonly (EditFile | Refusal)[] {
  const df = dockerfileOf(file, {});
  const names = seen.map((s) => s.name);
  const used = df.instructions.find((i) => names.some((n) => uses(i.args, n)) && i.keyword !== 'CMD' && i.keyword !== 'ENTRYPOINT');
  if (used) return [refuse(text(`${file.path}:${used.line} needs it while the image is built`, `${file.path}:${used.line} 在构建镜像时要用到它`))];
  return seen.flatMap(({ holder, name }): readonly (EditFile | Refusal)[] => {
    if (holder.kind !== 'dockerfile') return [];
    if (holder.keyword === 'ARG') return [refuse(text('an ARG is for the build: build-secret', 'ARG 用于构建：请用 build-secret'))];
    // The parsed file here is the same text as the one that was looked at, so that the instruction is found by its place.
    const instruction = df.instructions.find((i) => i.span.start === holder.instruction.span.start);
    if (!instruction) return [];
    const rest = names.filter((n) => n !== name);
    const all = instruction.words.every((w) => names.some((n) => w.value.startsWith(`${n}=`) || w.value === n));
    return [editOf(file, all && rest.length > 0 ? [removeInstruction(df, instruction)] : removeVariable(df, instruction, name))];
  });
}

/** An element of a list, with the comma that leads to it or behind it. */
function outOfList(text: string, start: number, end: number): TextEdit {
  const behind = /^\s*,[ \t]*(?:\r?\n[ \t]*)?/.exec(text.slice(end));
  if (behind) return { start, end: end + behind[0].length, text: '' };
  const before = /,\s*$/.exec(text.slice(0, start));
  return { start: start - (before?.[0].length ?? 0), end, text: '' };
}

/** The app reads its environment instead; `os` comes with it. */
function outOfPython(file: SourceFile, { name, holder, at: where }: SecretSeen): EditFile | Refusal {
  if (holder.kind !== 'python' || !holder.plain) return refuse(text(`${where.file}:${where.line} stands inside another value: which variable it should be is yours to say`, `${where.file}:${where.line} 写在另一个值里面：用哪个变量由你决定`));
  const edits: TextEdit[] = [{ start: holder.value.start, end: holder.value.end, text: `os.environ[${JSON.stringify(name).replaceAll('"', /^[a-z]*"/i.test(file.text.slice(holder.value.start, holder.value.end)) ? '"' : "'")}]` }];
  const { imports } = parsePython(file.text);
  if (imports.some((i) => i.module === 'os' && i.as === 'os')) return editOf(file, edits);
  const first = imports.filter((i) => i.module !== '__future__')[0];
  const line = first && lineStart(file.text, first.span.start);
  if (first === undefined || line === undefined || !/^(?:import|from)\s/.test(file.text.slice(line))) return refuse(text(`${file.path} imports nothing: where \`import os\` goes is yours to say`, `${file.path} 没有任何 import：\`import os\` 放在哪里由你决定`));
  return editOf(file, [...edits, { start: line, end: line, text: 'import os\n' }]);
}

/** A command that runs the app's own code; a package that is called like one (`apt-get install python3-flask`) is not run. */
const RUNS_APP = /^(?:\w+=\S*\s+)*(?:(?:ba)?sh\s+-\w*c\s+["']?)?(?:\S*\/)?(?:python[\d.]*\s+(?:-[A-Za-z]\s+)*?(?:\S*manage\.py|-m\s+(?!(?:pip|venv|compileall|ensurepip)\b)\w)|\S*manage\.py\b|django-admin\s|flask\s)/;
const runsApp = (args: string): boolean => args.replaceAll(/\\\r?\n/g, ' ').replace(/^\[.*\]$/s, (list) => list.replaceAll(/[[\]",]+/g, ' ')).split(/&&|\|\|?|;/).some((command) => RUNS_APP.test(command.trim()));

/** A build that runs the app's own code reads its settings, and there the variable is not set. */
function neededToBuild(machine: Machine, services: readonly Service[]): Refusal | undefined {
  for (const s of services) {
    const file = s.build && machine.files.get(s.build.dockerfile);
    const run = file && dockerfileOf(file, {}).instructions.find((i) => i.keyword === 'RUN' && runsApp(i.args));
    if (file && run) return refuse(text(`${file.path}:${run.line} runs the app while it is built, and would not find the variable there`, `${file.path}:${run.line} 在构建时运行应用，那时找不到这个变量`));
  }
  return undefined;
}

/** The lines that hold these secrets, without them. All are of one file and one section. */
export function takenOutOf(machine: Machine, seen: readonly SecretSeen[], services: readonly Service[]): readonly (EditFile | Refusal)[] {
  const [first] = seen;
  if (!first) return [];
  const { file } = first;
  switch (first.holder.kind) {
    case 'compose': return services.flatMap((s) => outOfCompose(machine, s, seen.map((x) => x.name)));
    case 'dockerfile': return outOfDockerfile(file, seen);
    case 'python': return [...[neededToBuild(machine, services)].flatMap((r) => r ?? []), ...seen.map((s) => outOfPython(file, s))];
    case 'gunicorn': return seen.flatMap(({ holder }) => (holder.kind === 'gunicorn' ? [editOf(file, [outOfList(file.text, holder.item.start, holder.item.end)])] : []));
    case 'uwsgi': return seen.flatMap(({ holder }) => (holder.kind === 'uwsgi' ? [editOf(file, [removeEntry(holder.ini, holder.entry)])] : []));
    case 'supervisord': return seen.flatMap(({ holder }): readonly (EditFile | Refusal)[] => {
      if (holder.kind !== 'supervisord') return [];
      if (holder.pair.end === 0) return [refuse(text(`${file.path}: environment is written over several lines`, `${file.path}：environment 写成了多行`))];
      const whole = holder.pair.start === holder.entry.valueSpan.start && holder.pair.end === holder.entry.valueSpan.end;
      return [editOf(file, [whole ? removeEntry(holder.ini, holder.entry) : outOfList(file.text, holder.pair.start, holder.pair.end)])];
    });
    default: return [refuse(text('it is no variable of a container', '它不是容器的变量'))];
  }
}

/** One line of an env file, so that compose and `docker run` both read the value back; undefined where that can't be written. */
export function envLine(name: string, value: string): string | undefined {
  const edits = setVariable(parseDotenv(''), name, value);
  return 'refused' in edits ? undefined : edits.map((e) => e.text).join('');
}

/** Secrets of services in an env file that compose hands over, for the owner's eyes alone and outside git and images. */
export function intoEnvFile(machine: Machine, seen: readonly SecretSeen[], services: readonly Service[]): { readonly changes: readonly (Change | Refusal)[]; readonly path: string } {
  const names = services.map((s) => s.compose?.service ?? s.name);
  const directory = services[0]?.compose?.directory ?? '';
  const name = `.env.${names.join('-')}`;
  const path = at(directory, name);
  const there = machine.files.get(path);
  const given = services.map((s) => (s.compose ? written(machine.files, s.compose) : []));
  const listed = (all: (typeof given)[number]): boolean => all.some(({ service: s }) => s.envFile.some((e) => e.value.replace(/^\.\//, '') === name));
  const changes: (Change | Refusal)[] = [];
  if (there && !given.every(listed)) changes.push(refuse(text(`${path} is there already and is not this service's: move the lines by hand`, `${path} 已经存在，而且不是这个服务的：请手动移动`)));
  const lines = seen.map((s) => envLine(s.name, s.value.reveal()));
  if (lines.includes(undefined)) changes.push(refuse(text('a value of several lines does not fit into an env file', '多行的值放不进 env 文件')));
  else if (there) {
    const parsed = parseDotenv(there.text);
    const edits = seen.map((s) => editsOf(there, setVariable(parsed, s.name, s.value.reveal())));
    changes.push(...edits.map((e) => (isRefusal(e) ? e : { ...e, ...((there.mode & 0o077) === 0 ? {} : { mode: there.mode & 0o700 }) })));
  } else {
    const head = `# Secrets of ${names.join(', ')}: compose hands them over (env_file). Not for git.\n`;
    changes.push({ kind: 'create-file', path, text: head + lines.join(''), mode: 0o600, head });
  }
  for (const all of given) {
    const main = all.at(-1);
    if (!main || listed(all)) continue;
    const edits = main.service.envFile.length > 0 ? addListItem(main.compose, ['services', main.service.name, 'env_file'], name) : setServiceKey(main.compose, main.service, 'env_file', `- ${name}`);
    changes.push('refused' in edits ? refuse(same(`${main.file.path}: ${edits.refused}`)) : editOf(main.file, edits));
  }
  return { changes: [...changes, ...keptOut(machine, [path])], path };
}
