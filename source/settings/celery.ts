import { assignments, celeryApps, configFromObject, parsePython, type Assignment, type PyValue } from '../files/python.ts';
import { positions } from '../files/span.ts';
import type { Machine, SourceFile } from '../model/machine.ts';

/** Celery's names for what we ask about, in today's spelling, with the old one beside it. */
export const NAMES = {
  accept_content: 'CELERY_ACCEPT_CONTENT',
  result_accept_content: 'CELERY_RESULT_ACCEPT_CONTENT',
  task_serializer: 'CELERY_TASK_SERIALIZER',
  result_serializer: 'CELERY_RESULT_SERIALIZER',
  event_serializer: 'CELERY_EVENT_SERIALIZER',
  broker_url: 'CELERY_BROKER_URL',
  result_backend: 'CELERY_RESULT_BACKEND',
  security_key: 'CELERY_SECURITY_KEY',
  security_certificate: 'CELERY_SECURITY_CERTIFICATE',
  security_cert_store: 'CELERY_SECURITY_CERT_STORE',
} as const;
export type CeleryName = keyof typeof NAMES;

/** Pickle by all the names that kombu and Celery's guard know it by (FACTS.md, section 8). */
export const isPickle = (name: string): boolean => name === 'pickle' || /^application\/(x-python-serialize|group-python-serialize|x-pickle)$/.test(name);

export interface CelerySetting {
  readonly name: CeleryName;
  readonly file: SourceFile;
  readonly assignment: Assignment;
  /** The application it is for: the name that its module gives it, or the class or module that holds the configuration. */
  readonly owner: string;
}

const OLD = new Map<string, CeleryName>([...Object.entries(NAMES).map(([today, old]) => [old, today as CeleryName] as const), ['BROKER_URL', 'broker_url'], ['broker', 'broker_url'], ['backend', 'result_backend']]);
const isName = (name: string): name is CeleryName => name in NAMES;

/** What the project hands to `config_from_object` (or `config_source`): modules and classes by name, and the namespaces. */
interface Sources {
  readonly names: ReadonlySet<string>;
  readonly namespaces: ReadonlySet<string>;
  readonly loadings: readonly Loading[];
}

/** One application that loads a configuration, and the names that this may have. */
interface Loading {
  readonly file: SourceFile;
  readonly object: string;
  readonly names: ReadonlySet<string>;
  readonly namespace?: string;
}

/** The dotted names that a source may stand for: as a string, as an imported name, or the module itself. */
function namesOf(file: SourceFile, source: PyValue): readonly string[] {
  // `relay.conf`, `relay.conf:Settings`, `relay.conf.Settings`.
  if (source.kind === 'string') return source.value.split(/:|\.(?=[A-Z]\w*$)/);
  if (source.kind !== 'unresolved') return [];
  if (source.source === '__name__') return [dotted(file)];
  const [head = '', ...rest] = source.source.split('.');
  const found = parsePython(file.text).imports.filter((i) => i.as === head).map((i) => (i.name === undefined ? i.module : `${i.module}.${i.name}`.replace(/^\.+/, '')));
  return [head, ...rest, ...found];
}

function loadingsIn(file: SourceFile): readonly Loading[] {
  const said = configFromObject(file.text).map(({ object, source, namespace }): Loading => ({ file, object, names: new Set(namesOf(file, source)), ...(namespace ? { namespace } : {}) }));
  const atOnce = assignments(file.text).filter((a) => a.target === 'celery-call' && a.name === 'config_source');
  return [...said, ...atOnce.map((a): Loading => ({ file, object: ownerOf(file, a, false), names: new Set(namesOf(file, a.value)) }))];
}

const dotted = (file: SourceFile): string => file.path.replace(/\.py$/, '').replace(/\/__init__$/, '').split('/').join('.');

/** The project may lie in a subfolder, so that its modules' names are the end of their paths. */
const isNamed = (file: SourceFile, names: ReadonlySet<string>): boolean => {
  const parts = dotted(file).split('.');
  return parts.some((_, i) => names.has(parts.slice(i).join('.')));
};

/** Modules that are nothing but Celery's configuration: named so, or loaded as such. */
const isConfigModule = (file: SourceFile, names: ReadonlySet<string>): boolean => /(^|\/)celeryconfig\.py$|celery_?(config|settings)\.py$/.test(file.path) || isNamed(file, names);

const loadingsOf = (file: SourceFile, loadings: readonly Loading[]): readonly Loading[] => loadings.filter(({ names }) => isNamed(file, names));

/** Every application that loads it does so with a namespace. */
const onlySpaced = (file: SourceFile, loadings: readonly Loading[]): boolean => {
  const mine = loadingsOf(file, loadings);
  return mine.length > 0 && mine.every((l) => l.namespace !== undefined);
};

function nameOf(a: Assignment, config: boolean, spaced: boolean, { namespaces }: Sources): CeleryName | undefined {
  const known = isName(a.name) ? a.name : undefined;
  if (a.target === 'conf-attr' || a.target === 'conf-update') return a.attribute === 'config' ? undefined : (known ?? OLD.get(a.name));
  if (a.target === 'celery-call') return known ?? OLD.get(a.name);
  if (a.target !== 'module' && a.target !== 'class') return undefined;
  for (const namespace of namespaces) {
    const inside = a.name.startsWith(`${namespace}_`) ? a.name.slice(namespace.length + 1).toLowerCase() : '';
    if (isName(inside)) return inside;
  }
  // Alone in a module or class: the upper-case names speak for themselves, the lower-case ones only in a configuration. Where it
  // is only ever read with a namespace, old names outside of that are not read at all (measured, 5.2.6).
  return a.name.startsWith('CELERY_') || a.name === 'BROKER_URL' ? (spaced ? undefined : OLD.get(a.name)) : config ? known : undefined;
}

/** The settings of a dict that is one: `CELERY = {"accept_content": […]}`, `config_from_object({…})`. */
function ofDict(at: ReturnType<typeof positions>, value: PyValue, like: Assignment): readonly { readonly name: CeleryName; readonly assignment: Assignment }[] {
  if (value.kind !== 'dict') return [];
  return value.entries.flatMap(({ key, value: item }) => {
    const name = key?.kind === 'string' ? (isName(key.value) ? key.value : key.value === 'broker' || key.value === 'backend' ? undefined : OLD.get(key.value)) : undefined;
    if (!key || !name) return [];
    const elementSpans = 'items' in item ? item.items.map(({ start, end }) => ({ start, end })) : [];
    return [{ name, assignment: { ...like, target: 'conf-update' as const, name, nameSpan: key, value: item, valueSpan: item, elementSpans, operator: ':', line: at(key.start).line } }];
  });
}

/** What a module gives names to: by the name, and by where the statement begins. */
interface Names {
  readonly byName: ReadonlyMap<string, readonly Assignment[]>;
  readonly byStatement: ReadonlyMap<number, string>;
}

const named = new WeakMap<SourceFile, Names>();

function namesIn(file: SourceFile): Names {
  const there = named.get(file);
  if (there) return there;
  const byName = new Map<string, Assignment[]>();
  const byStatement = new Map<number, string>();
  for (const a of parsePython(file.text).assignments) {
    if (a.target !== 'module') continue;
    const same = byName.get(a.name);
    if (same) same.push(a);
    else byName.set(a.name, [a]);
    byStatement.set(a.statementSpan.start, a.name);
  }
  const made = { byName, byStatement };
  named.set(file, made);
  return made;
}

/** Follows a name to the one place of its module that gives it a value; as it is where there are several or none. */
function resolved(file: SourceFile, value: PyValue): PyValue {
  let at = value;
  for (let i = 0; i < 8 && at.kind === 'unresolved' && at.name !== undefined; i++) {
    const [only, ...more] = namesIn(file).byName.get(at.name) ?? [];
    if (!only || more.length > 0 || only.operator !== '=') break;
    at = only.value;
  }
  return at;
}

/** The name of the application that a `Celery(…)` call makes. */
function ownerOf(file: SourceFile, a: Assignment, config: boolean): string {
  if (a.target !== 'celery-call') return config && a.target === 'module' ? 'module' : (a.object ?? 'module');
  return namesIn(file).byStatement.get(a.statementSpan.start) ?? a.object ?? 'module';
}

function settingsIn(file: SourceFile, sources: Sources): readonly CelerySetting[] {
  const config = isConfigModule(file, sources.names);
  const spaced = onlySpaced(file, sources.loadings);
  const at = positions(file.text);
  const found = assignments(file.text).flatMap((assignment) => {
    const mine = config || (assignment.target === 'class' && sources.names.has(assignment.object ?? ''));
    const name = nameOf(assignment, mine, spaced, sources);
    return name ? [{ name, assignment }] : ofDict(at, assignment.value, assignment);
  });
  const handed = configFromObject(file.text).flatMap(({ source, object, call }) => ofDict(at, source, { ...call, target: 'conf-update', object, name: '', nameSpan: source, value: source, valueSpan: source, elementSpans: [], operator: ':', conditional: false }));
  return [...found, ...handed].map((s) => ({ ...s, file, owner: ownerOf(file, s.assignment, config) }));
}

interface Known {
  readonly files: readonly SourceFile[];
  /** Those that make a Celery application. */
  readonly makers: readonly SourceFile[];
  readonly loadings: readonly Loading[];
  readonly settings: readonly CelerySetting[];
  readonly ofName: ReadonlyMap<CeleryName, readonly CelerySetting[]>;
  readonly ofOwner: ReadonlyMap<string, readonly CelerySetting[]>;
}

function grouped<K>(all: readonly CelerySetting[], key: (s: CelerySetting) => K): ReadonlyMap<K, readonly CelerySetting[]> {
  const groups = new Map<K, CelerySetting[]>();
  for (const s of all) {
    const there = groups.get(key(s));
    if (there) there.push(s);
    else groups.set(key(s), [s]);
  }
  return groups;
}

const ownerKey = (s: CelerySetting): string => `${s.file.path}\0${s.owner}`;

/** A machine is read once and frozen: its Python is read for settings once. */
const read = new WeakMap<Machine, Known>();

function known(machine: Machine): Known {
  const there = read.get(machine);
  if (there) return there;
  const files = [...machine.files.values()].filter((f) => f.path.endsWith('.py') && /celery|serializer|accept_content|broker_(?:url|use_ssl)/i.test(f.text));
  const loadings = files.flatMap(loadingsIn);
  const sources = { loadings, names: new Set(loadings.flatMap((l) => [...l.names])), namespaces: new Set(loadings.flatMap((l) => l.namespace ?? [])) };
  const makers = files.filter((f) => celeryApps(f.text).length > 0);
  const settings = files.flatMap((file) => settingsIn(file, sources));
  const made = { files, makers, loadings, settings, ofName: grouped(settings, (s) => s.name), ofOwner: grouped(settings, ownerKey) };
  read.set(machine, made);
  return made;
}

/** Files that speak of Celery at all. */
export const celeryFiles = (machine: Machine): readonly SourceFile[] => known(machine).files;

/** Every Celery setting of the project that we know, in the order of the files. Nothing is run: only what is written counts. */
export const celerySettings = (machine: Machine): readonly CelerySetting[] => known(machine).settings;

/** Those of one name, and those of the application (or configuration) that a setting is for. */
export const settingsNamed = (machine: Machine, name: CeleryName): readonly CelerySetting[] => known(machine).ofName.get(name) ?? [];
export const settingsBeside = (machine: Machine, setting: CelerySetting): readonly CelerySetting[] => known(machine).ofOwner.get(ownerKey(setting)) ?? [];

const inCode = (s: CelerySetting): boolean => s.assignment.target !== 'module' && s.assignment.target !== 'class';

/** A configuration whose every application says the same thing in its own code: that wins, whatever came first (measured). */
export function overruled(machine: Machine, setting: CelerySetting): boolean {
  if (inCode(setting)) return false;
  const loading = loadingsOf(setting.file, known(machine).loadings);
  return loading.length > 0 && loading.every(({ file, object }) => settingsNamed(machine, setting.name).some((s) => s.file.path === file.path && s.owner === object && inCode(s) && !s.assignment.conditional && s.assignment.operator !== '+='));
}

/**
 * The file that makes a Celery application: by its path, or by what `-A` names (`shop.tasks`, or a package whose
 * `celery.py` has it). Undefined where that file makes none.
 */
export function applicationFile(machine: Machine, name: string | undefined): SourceFile | undefined {
  if (name === undefined || name === '') return undefined;
  const path = name.endsWith('.py') ? name : name.split('.').join('/');
  const ends = path.endsWith('.py') ? [path] : [`${path}.py`, `${path}/celery.py`, `${path}/__init__.py`];
  return known(machine).makers.find((f) => ends.some((e) => f.path === e || f.path.endsWith(`/${e}`)));
}

/** Its name is Celery's old one: no namespace makes it today's. Old and new ones don't mix. */
export const isOldName = (machine: Machine, { assignment: { name } }: CelerySetting): boolean => OLD.has(name) && name !== 'broker' && name !== 'backend' && !isName(name) && !known(machine).loadings.some((l) => l.namespace !== undefined && name.startsWith(`${l.namespace}_`));

/** In one module the namespace's own names come first, then today's, then the old ones, whatever stands further down (measured, 5.2.6). */
export function precedence(machine: Machine, setting: CelerySetting): number {
  const { name } = setting.assignment;
  if (inCode(setting)) return 0;
  if (loadingsOf(setting.file, known(machine).loadings).some((l) => l.namespace !== undefined && name.startsWith(`${l.namespace}_`))) return 2;
  return isName(name) ? 1 : 0;
}

/** Every file that makes a Celery application. */
export const applicationFiles = (machine: Machine): readonly SourceFile[] => known(machine).makers;

/** The strings of a list, tuple, set or single value; undefined where it can't be told. */
export function strings(value: PyValue): readonly string[] | undefined {
  if (value.kind === 'string') return [value.value];
  if (value.kind === 'none') return [];
  if (value.kind !== 'list' && value.kind !== 'tuple' && value.kind !== 'set') return undefined;
  const all = value.items.map((i) => (i.kind === 'string' ? i.value : undefined));
  return all.every((s) => s !== undefined) ? (all as string[]) : undefined;
}

const answers = new WeakMap<CelerySetting, PyValue>();

/** A setting's value with the names in it followed to where their module gives them one. */
export function told(setting: CelerySetting): PyValue {
  const there = answers.get(setting);
  if (there) return there;
  const value = resolved(setting.file, setting.assignment.value);
  const made = value.kind === 'list' || value.kind === 'tuple' || value.kind === 'set' ? { ...value, items: value.items.map((i) => resolved(setting.file, i)) } : value;
  answers.set(setting, made);
  return made;
}

/** Pickle is in it for sure; `perhaps` where only running the code would tell, and its words speak of pickle. */
export function namesPickle(setting: CelerySetting): 'yes' | 'perhaps' | 'no' {
  const value = told(setting);
  if (value.kind === 'string') return isPickle(value.value) ? 'yes' : 'no';
  if (value.kind === 'list' || value.kind === 'tuple' || value.kind === 'set') {
    if (value.items.some((i) => i.kind === 'string' && isPickle(i.value))) return 'yes';
    return value.items.some((i) => i.kind === 'unresolved' && HINT.test(i.source)) ? 'perhaps' : 'no';
  }
  return value.kind === 'unresolved' && HINT.test(value.source) ? 'perhaps' : 'no';
}
const HINT = /pickle|python-serialize/i;
