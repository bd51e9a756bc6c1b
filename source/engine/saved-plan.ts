import { isDeepStrictEqual } from 'node:util';
import type { CreateFile, EditFile } from '../model/change.ts';
import type { Machine } from '../model/machine.ts';
import type { Choice, Plan } from '../model/plan.ts';
import { list, same, text, type Text } from '../model/text.ts';
import { withoutOf } from './dropped.ts';
import { containersNow } from './running.ts';

/**
 * A plan as a file: which findings, in which way, and what it was made on. Never a command, a text or a value: what is
 * done is worked out again when it is applied (DECISIONS.md, "Secrets and a hostile tree").
 */
export interface SavedPlan {
  readonly version: 1;
  readonly root: string;
  readonly name: string;
  readonly daemon?: string;
  readonly answers: { readonly dockerfile?: string };
  readonly choices: readonly Choice[];
  /** Names only, to say where a finding was that is not there any more. Nothing is decided by them. */
  readonly about?: readonly { readonly finding: string; readonly subjects: readonly string[]; readonly file?: string }[];
  /** Steps that are left out by themselves (engine/dropped.ts): what they do and to what, never how. */
  readonly without?: readonly string[];
  /** What the files it edits were, as SHA-256; null: there was none. */
  readonly files: readonly { readonly path: string; readonly sha256: string | null }[];
  /** What the services ran from that it builds or starts anew. */
  readonly images: readonly { readonly service: string; readonly image: string }[];
}

export const MOST_BYTES = 1024 * 1024;

const written = (plan: Plan): readonly (EditFile | CreateFile)[] => plan.steps.flatMap(({ change }) =>
  change.kind === 'edit-file' || change.kind === 'create-file' ? [change] : change.kind === 'by-hand' ? (change.files ?? []) : []);

const byKey = <T>(items: readonly T[], key: (item: T) => string): readonly T[] => [...items].sort((a, b) => (key(a) < key(b) ? -1 : 1));

/** What is not plainly a name is left out: others write names of services and of files. */
const isName = (name: string): boolean => LINE(name);
const aboutOf = ({ choices, findings }: Plan): NonNullable<SavedPlan['about']> => choices.flatMap(({ finding: id }) => {
  const found = findings.find((f) => f.id === id);
  if (!found) return [];
  const subjects = [...new Set(found.subjects.filter((s) => s.kind !== 'container').map((s) => s.name))].filter(isName).slice(0, 100);
  const file = found.places[0]?.file;
  return [{ finding: id, subjects, ...(file !== undefined && isName(file) ? { file } : {}) }];
});

export function savedPlan(plan: Plan, machine: Machine, answers: SavedPlan['answers'] = {}): SavedPlan {
  const services = [...new Set(plan.steps.flatMap(({ change }) =>
    change.kind === 'build-image' ? [change.service] : change.kind === 'start-services' || change.kind === 'stop-services' ? change.services.map((s) => s.service) : []))];
  const images = services.flatMap((service) => [...new Set(containersNow(machine, service).map((c) => c.imageId))].map((image) => ({ service, image })));
  return {
    version: 1, root: plan.root, name: plan.name, ...(plan.daemon === undefined ? {} : { daemon: plan.daemon }), answers,
    choices: byKey(plan.choices.map(({ finding, risk, fix }) => ({ finding, risk, fix })), (c) => c.finding),
    about: byKey(aboutOf(plan), (a) => a.finding),
    ...(plan.dropped ? { without: [...withoutOf(plan)].sort() } : {}),
    files: byKey(written(plan).map((c) => ({ path: c.path, sha256: c.kind === 'edit-file' ? c.hash : null })), (f) => f.path),
    images: byKey(images, (i) => `${i.service} ${i.image}`),
  };
}

type Fault = { readonly fault: Text };
const fault = (en: string, zh: string): Fault => ({ fault: text(en, zh) });

type Check = (value: unknown) => boolean;
const matches = (form: RegExp): Check => (value) => typeof value === 'string' && value.length <= 4096 && form.test(value);
const LINE = matches(/^[^\u0000-\u001f\u007f]+$/);
const id = matches(/^[0-9a-f]{12}$/);
const word = matches(/^[a-z0-9][a-z0-9-]*$/);
const each = (check: Check, most: number): Check => (value) => Array.isArray(value) && value.length <= most && value.every(check);
const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);
const record = (fields: Readonly<Record<string, Check>>, optional: readonly string[] = []): Check => (value) =>
  isRecord(value) && Object.keys(value).every((k) => Object.hasOwn(fields, k)) && Object.entries(fields).every(([k, check]) => (Object.hasOwn(value, k) ? check(value[k]) : optional.includes(k)));

/** Field by field, as schema/saved-plan.schema.json has it. */
const FIELDS: Readonly<Record<string, Check>> = {
  version: (value) => value === 1,
  root: matches(/^\/[^\u0000-\u001f\u007f]*$/),
  name: LINE,
  daemon: LINE,
  answers: record({ dockerfile: (value) => LINE(value) && !/(?:^\/|(?:^|\/)\.\.(?:\/|$))/.test(String(value)) }, ['dockerfile']),
  choices: each(record({ finding: id, risk: word, fix: word }), 1000),
  about: each(record({ finding: id, subjects: each(LINE, 1000), file: LINE }, ['file']), 1000),
  without: each(LINE, 1000),
  files: each(record({ path: LINE, sha256: (value) => value === null || matches(/^[0-9a-f]{64}$/)(value) }), 10_000),
  images: each(record({ service: LINE, image: matches(/^sha256:[0-9a-f]{64}$/) }), 10_000),
};

/** Strictly: what is not of this form, or holds anything besides, is no plan. */
export function readSavedPlan(content: string): SavedPlan | Fault {
  let value: unknown;
  try {
    value = JSON.parse(content);
  } catch {
    return fault('it is not JSON', '它不是 JSON');
  }
  if (!isRecord(value)) return fault('it is not a plan', '它不是方案');
  if (value['version'] !== 1) return fault('it was written by another version of harden-tui', '它由另一个版本的 harden-tui 写成');
  const strange = Object.keys(value).find((k) => !Object.hasOwn(FIELDS, k));
  if (strange !== undefined) return fault(`"${strange.slice(0, 40)}" does not belong into a plan`, `方案里不应该有“${strange.slice(0, 40)}”`);
  for (const [name, check] of Object.entries(FIELDS)) {
    if (Object.hasOwn(value, name) ? !check(value[name]) : !['daemon', 'about', 'without'].includes(name)) return fault(`"${name}" is missing or is not of its form`, `“${name}”缺失或格式不对`);
  }
  const plan = value as unknown as SavedPlan;
  if (plan.choices.length === 0) return fault('nothing is chosen in it', '其中没有任何选择');
  const twice = plan.choices.find((c, i) => plan.choices.findIndex((o) => o.finding === c.finding) !== i);
  return twice ? fault(`finding ${twice.finding} is chosen twice`, `问题 ${twice.finding} 被选了两次`) : plan;
}

const PLANNED = text('it would be planned otherwise now', '现在的方案会不一样');

/** Why a plan can't be applied any more as it was saved; `now` is what its choices come to on this machine. */
export function stale(saved: SavedPlan, plan: Plan, machine: Machine): Text | undefined {
  const now = savedPlan(plan, machine, saved.answers);
  // Where its findings lie may have moved, and an older plan does not say it.
  if (isDeepStrictEqual({ ...now, about: [] }, { ...saved, about: [] })) return undefined;
  if (saved.daemon !== undefined && now.daemon === undefined) return text('it was made with Docker, which is not there now', '制定时有 Docker，而现在没有');
  if (saved.daemon !== now.daemon) return saved.daemon === undefined ? text('it was made without Docker', '它是在没有 Docker 的情况下制定的') : text('it was made for another Docker daemon', '它是为另一个 Docker 守护进程制定的');
  for (const { path, sha256 } of saved.files) {
    const there = machine.files.get(path);
    if (sha256 === null && there) return text(`${path} is there now, and would have been made`, `${path} 现在已经存在，而方案原本要创建它`);
    if (sha256 !== null && !there) return text(`${path} can't be read any more`, `${path} 已无法读取`);
    if (sha256 !== null && there?.hash !== sha256) return text(`${path} was changed since`, `${path} 之后被改过`);
  }
  const titles = new Map(plan.findings.map((f) => [f.id, f.title]));
  const lost = saved.choices.find((c) => !now.choices.some((n) => n.finding === c.finding));
  if (lost) {
    const why = plan.refused.find((r) => r.choice.finding === lost.finding)?.reason ?? text('it is not found any more', '已找不到这个问题');
    const name = titles.get(lost.finding) ?? same(lost.risk);
    return text(`${name.en}: ${why.en}`, `${name['zh-CN']}：${why['zh-CN']}`);
  }
  const more = now.choices.find((n) => !saved.choices.some((c) => isDeepStrictEqual(c, n)));
  if (more) {
    const name = titles.get(more.finding) ?? same(more.risk);
    return text(`a way out of "${name.en}" (${more.fix}) would come along now`, `现在会一并处理“${name['zh-CN']}”（${more.fix}）`);
  }
  const step = saved.without?.find((key) => !now.without?.includes(key));
  if (step !== undefined) return text(`it left out a step that is not in it any more, or can't be left out now: ${step}`, `它略去的步骤已不在方案里，或现在不能略去：${step}`);
  const file = now.files.find((n) => !saved.files.some((f) => f.path === n.path));
  if (file) return text(`it would change ${file.path} now, too`, `它现在还会修改 ${file.path}`);
  const services = [...new Set([...saved.images, ...now.images].filter((i) => ![saved.images, now.images].every((side) => side.some((o) => isDeepStrictEqual(o, i)))).map((i) => i.service))];
  if (services.length > 0) {
    const names = list(services);
    return text(`${names.en} ${services.length === 1 ? 'does' : 'do'} not run from the same image as then`, `${names['zh-CN']} 运行的镜像与当时不同`);
  }
  return saved.name === now.name ? PLANNED : same(`${saved.name} > ${now.name}`);
}
