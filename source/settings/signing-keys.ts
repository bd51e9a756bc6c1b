import { assignments, calls, parsePython, stringLike, type PyValue } from '../files/python.ts';
import { copies } from '../files/dockerfile.ts';
import type { EditFile } from '../model/change.ts';
import type { Machine, SourceFile } from '../model/machine.ts';
import type { Service } from '../model/service.ts';
import { carries } from './carries.ts';
import { celerySettings, told } from './celery.ts';
import { editOf } from './edit.ts';
import { keptFrom } from './kept-out.ts';
import { fileAt } from './file-at.ts';
import { perMachine } from './once.ts';
import { carriersOf } from './serializers.ts';
import { shipped, tidy, workdirOf } from './service-files.ts';
import { composeMounts } from './volumes.ts';

/** A place in the code that names a key or a certificate for signing. */
export interface KeySetting {
  readonly file: SourceFile;
  readonly what: 'key' | 'certificate' | 'store';
  readonly path: string;
  /** The text as it is written. */
  readonly value: PyValue;
  readonly span: { readonly start: number; readonly end: number };
  readonly services: readonly Service[];
}

/** A private key of Celery's that lies in the project. */
export interface SigningKey {
  readonly setting: KeySetting;
  readonly file: SourceFile;
  /** Where it is in the containers. */
  readonly inside: string;
  readonly services: readonly Service[];
  /** Services whose image holds it, by their COPY lines; nothing is mounted over it. */
  readonly inImage: readonly Service[];
}

const WHAT = { security_key: 'key', security_certificate: 'certificate', security_cert_store: 'store', key: 'key', cert: 'certificate', store: 'store' } as const;

/** Settings and arguments of `setup_security()` that name one; a value that only running the code would tell is left out. */
export const keySettings = perMachine((machine: Machine): readonly KeySetting[] => {
  const settings = celerySettings(machine).flatMap((s) => {
    const what = WHAT[s.name as keyof typeof WHAT];
    const value = told(s);
    return what && value.kind === 'string' ? [{ file: s.file, what, path: value.value, value, span: { start: s.assignment.nameSpan.start, end: s.assignment.valueSpan.end } }] : [];
  });
  const handed = [...new Set(celerySettings(machine).map((s) => s.file))].flatMap((file) => (calls(file.text, 'setup_security').length === 0 ? [] : assignments(file.text))
    .filter((a) => a.target === 'setup-security' && a.name in WHAT && a.value.kind === 'string')
    .map((a) => ({ file, what: WHAT[a.name as keyof typeof WHAT], path: a.value.kind === 'string' ? a.value.value : '', value: a.value, span: { start: a.nameSpan.start, end: a.valueSpan.end } })));
  return [...settings, ...handed].map((k) => ({ ...k, services: carriersOf(machine, k.file.path) }));
});

const folderIn = (machine: Machine, service: Service): string => { const image = shipped(machine, service); return image ? workdirOf(image) : '/'; };

/** Where a path is in a service's container. */
export const insideOf = (machine: Machine, service: Service, path: string): string => tidy(path.startsWith('/') ? path : `${folderIn(machine, service)}/${path}`);

const isKey = (file: SourceFile): boolean => /-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(file.text);

/** Keys of the project that sign its messages: found in the containers of those who use them, or by their path from the project's top. */
export const signingKeys = perMachine((machine: Machine): readonly SigningKey[] =>
  keySettings(machine).filter((k) => k.what === 'key').flatMap((setting): SigningKey[] => {
    const found = setting.services.flatMap((s) => fileAt(machine, s, insideOf(machine, s, setting.path)) ?? []);
    const file = found[0] ?? (setting.services.length === 0 ? machine.files.get(setting.path.replace(/^\.\//, '')) : undefined);
    if (!file || !isKey(file)) return [];
    const [first] = setting.services;
    const inside = first ? insideOf(machine, first, setting.path) : setting.path;
    const copied = (s: Service): boolean => { const i = shipped(machine, s); return i !== undefined && copies(i.stage, i.df).length > 0 && carries(machine, s, file.path) && !keptFrom(machine, s, file.path); };
    const mounted = (s: Service): boolean => composeMounts(machine, s).some((m) => m.target === inside || inside.startsWith(`${m.target}/`));
    return [{ setting, file, inside, services: setting.services, inImage: setting.services.filter((s) => copied(s) && !mounted(s)) }];
  }));

/** The same setting with another path, in its quotes. */
export const withPath = ({ file, value }: KeySetting, path: string): EditFile => editOf(file, [{ start: value.start, end: value.end, text: stringLike(parsePython(file.text), path, value) }]);
