import { addKeyword, addStatement, assignments, calls, celeryApps, configFromObject, parsePython, replaceValue, stringLike, type Assignment, type Call, type PyValue } from '../files/python.ts';
import type { Edits } from '../files/span.ts';
import type { EditFile } from '../model/change.ts';
import type { Machine, SourceFile } from '../model/machine.ts';
import { isRefusal, refuse, type Refusal } from '../model/risk.ts';
import { text } from '../model/text.ts';
import { several } from './broker-edits.ts';
import { applicationFiles, celerySettings, isOldName, settingsNamed, strings, told, type CelerySetting } from './celery.ts';
import { singleSerializers } from './celery-tasks.ts';
import { editOf } from './edit.ts';
import { together } from './serializer-edit.ts';

/** Where the keys are in every container that signs or reads. */
export const KEYS = '/run/celery-keys';

/** What has to be said, and exactly so: `accept_content` is compared with the list `['auth']` (measured). */
const WANTED: Readonly<Record<string, readonly string[] | string>> = {
  task_serializer: 'auth',
  result_serializer: 'auth',
  event_serializer: 'auth',
  accept_content: ['auth'],
  security_key: `${KEYS}/key.pem`,
  security_certificate: `${KEYS}/certs/app.pem`,
  security_cert_store: `${KEYS}/certs/*.pem`,
};
const RESULTS = 'result_accept_content';

/** An application whose every message is signed and that reads nothing else. */
export function signs(machine: Machine, maker: SourceFile): boolean {
  const near = together(machine, maker.path);
  const accepts = settingsNamed(machine, 'accept_content').filter((s) => near(s.file.path));
  const only = (s: CelerySetting): boolean => { const v = strings(told(s)); return v?.length === 1 && v[0] === 'auth'; };
  return accepts.some(only) && calls(maker.text, 'setup_security').length > 0;
}

/** Celery applications of the project, and whether their messages are signed. */
export const signing = (machine: Machine): readonly { readonly file: SourceFile; readonly signed: boolean }[] => applicationFiles(machine).map((file) => ({ file, signed: signs(machine, file) }));

/** The file that makes the application which a setting is for; undefined where that can't be told. */
export function makerOf(machine: Machine, path: string): SourceFile | undefined {
  const near = together(machine, path);
  const all = applicationFiles(machine);
  return all.find((f) => f.path === path) ?? (all.filter((f) => near(f.path)).length === 1 ? all.find((f) => near(f.path)) : undefined);
}

const written = (value: readonly string[] | string, file: SourceFile, like: PyValue | undefined): string => {
  const module = parsePython(file.text);
  return typeof value === 'string' ? stringLike(module, value, like) : `[${value.map((v) => stringLike(module, v, like)).join(', ')}]`;
};

/** The statement that is the last to configure an application, at the top of its module. */
export function lastWord(file: SourceFile, app: string): Assignment | Call | undefined {
  const module = parsePython(file.text);
  const made = module.assignments.filter((a) => a.target === 'module' && a.name === app);
  const conf = module.assignments.filter((a) => (a.target === 'conf-update' || a.target === 'conf-attr') && a.object === app && a.attribute !== 'config');
  const all: (Assignment | Call)[] = [...made, ...conf, ...configFromObject(file.text).filter((c) => c.object === app).map((c) => c.call)].filter((s) => s.within === undefined);
  return all.sort((a, b) => a.statementSpan.start - b.statementSpan.start).at(-1);
}

/** The `app.conf.update(…)` that takes what is missing, if the application has one. */
const updateOf = (file: SourceFile, app: string): Call | undefined => calls(file.text, 'update').find((c) => c.object === `${app}.conf` && c.within === undefined && c.args.length > 0 && c.args.every((a) => a.name !== undefined));

/** A setting that is there, brought to what it has to be. */
function brought(s: CelerySetting, like: PyValue | undefined): EditFile | Refusal {
  const wanted = s.name === RESULTS ? ['auth'] : WANTED[s.name];
  const { file, assignment } = s;
  if (wanted === undefined) return editOf(file, []);
  if (assignment.operator === '+=' || assignment.conditional) return refuse(text(`${file.path}:${assignment.line} adds to ${assignment.name}, or may not come to pass`, `${file.path}:${assignment.line} 是追加 ${assignment.name}，或不一定执行`));
  const now = strings(told(s));
  const there = typeof wanted === 'string' ? now?.[0] === wanted : now?.length === 1 && now[0] === wanted[0] && told(s).kind === 'list';
  return there ? editOf(file, []) : several(file, [replaceValue(parsePython(file.text), assignment, written(wanted, file, like))]);
}

/** The code of an application that signs: every serializer, what is read, the keys, and the call that switches it on. */
export function signCode(machine: Machine, maker: SourceFile): readonly EditFile[] | Refusal {
  const apps = celeryApps(maker.text);
  const [app] = apps;
  if (app === undefined || apps.length > 1) return refuse(text(`${maker.path} makes ${apps.length} applications: each would need its own call`, `${maker.path} 创建了 ${apps.length} 个应用：每个都需要单独设置`));
  const near = together(machine, maker.path);
  const settings = celerySettings(machine).filter((s) => near(s.file.path) && (s.name in WANTED || s.name === RESULTS));
  const odd = settings.find((s) => isOldName(machine, s));
  if (odd) return refuse(text(`${odd.file.path}:${odd.assignment.line} uses the old names, and Celery takes no mixture of both`, `${odd.file.path}:${odd.assignment.line} 用的是旧名称，而 Celery 不接受新旧混用`));
  const single = singleSerializers(machine).find(({ file }) => near(file.path));
  if (single) return refuse(text(`${single.file.path}:${single.line} names a serializer of its own, which would be refused`, `${single.file.path}:${single.line} 自己指定了序列化方式，会被拒收`));
  const module = parsePython(maker.text);
  const like = calls(maker.text).find((c) => assignments(maker.text).some((a) => a.target === 'module' && a.name === app && a.value.start === c.start))?.args.find((a) => a.value.kind === 'string')?.value;
  const kept = settings.map((s) => brought(s, like));
  const refused = kept.find(isRefusal);
  if (refused) return refused;
  const missing = Object.entries(WANTED).filter(([name]) => !settings.some((s) => s.name === name));
  const update = updateOf(maker, app);
  const last = lastWord(maker, app);
  const on = calls(maker.text, 'setup_security').length > 0 ? [] : [`${app}.setup_security(digest=${stringLike(module, 'sha256', like)})`];
  const lines = missing.map(([name, value]) => [name, written(value, maker, like)] as const);
  const parts: Edits[] = [];
  const newline = maker.text.includes('\r\n') ? '\r\n' : '\n';
  if (update) {
    parts.push(...lines.map(([name, value]) => addKeyword(module, update, name, value)));
    if (on[0] !== undefined) parts.push(addStatement(module, on[0], last ?? update));
  } else {
    const block = lines.length > 0 ? [`${app}.conf.update(`, ...lines.map(([name, value]) => `    ${name}=${value},`), ')'] : [];
    if (block.length + on.length > 0) parts.push(addStatement(module, [...block, ...on].join(newline), last));
  }
  const added = several(maker, parts);
  if (isRefusal(added)) return added;
  return [...kept.flatMap((k) => (isRefusal(k) || k.edits.length === 0 ? [] : [k])), ...(added.edits.length > 0 ? [added] : [])];
}

/** Where an application is made: `app = Celery`. */
export function applicationSpan(file: SourceFile): { readonly start: number; readonly end: number } {
  const [app] = celeryApps(file.text);
  const made = assignments(file.text).find((a) => a.target === 'module' && a.name === app) ?? assignments(file.text).find((a) => a.name === app);
  if (!made) return { start: 0, end: 0 };
  // Not the brackets: an address in them may hold a login.
  const open = file.text.indexOf('(', made.value.start);
  return { start: made.nameSpan.start, end: open > 0 && open < made.value.end ? open : made.nameSpan.end };
}
