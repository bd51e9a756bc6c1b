import { join } from 'node:path';
import { LANGS, text, type Lang, type Text } from '../model/text.ts';
import type { Io } from './io.ts';
import { langNamed } from './locale.ts';
import { nearest } from './nearest.ts';

/** What one person wants of every call, whatever the project: it lies in that person's own folder, never in a project's. */
export interface Preferences {
  readonly lang?: Lang;
  readonly screenReader?: boolean;
  readonly ascii?: boolean;
  readonly mouse?: boolean;
  readonly colour?: boolean;
}

/** Names in the file, and what each stands for here. */
const NAMES = { lang: 'lang', 'screen-reader': 'screenReader', ascii: 'ascii', mouse: 'mouse', color: 'colour' } as const satisfies Record<string, keyof Preferences>;
type Name = keyof typeof NAMES;

export interface Preferred {
  readonly own: Preferences;
  /** What could not be taken as it stands: said, and the call goes on without it. */
  readonly faults: readonly Text[];
}

const isName = (name: string): name is Name => name in NAMES;

/** What the file says; one wrong line spoils no other. */
export async function readPreferences(yaml: string): Promise<Preferred> {
  const { parseDocument } = await import('yaml');
  const document = parseDocument(yaml, { logLevel: 'silent' });
  const [broken] = document.errors;
  if (broken) return { own: {}, faults: [text(broken.message.split('\n')[0] ?? '', broken.message.split('\n')[0] ?? '')] };
  const said: unknown = document.toJS({ maxAliasCount: 100 });
  if (said === null || said === undefined) return { own: {}, faults: [] };
  if (typeof said !== 'object' || Array.isArray(said)) return { own: {}, faults: [text('it is no list of settings like "lang: en"', '它不是 “lang: en” 这样的设置')] };
  const own: Record<string, unknown> = {};
  const faults: Text[] = [];
  for (const [name, value] of Object.entries(said)) {
    if (!isName(name)) {
      const guess = nearest(name, Object.keys(NAMES));
      faults.push(text(`there is no setting "${name}"${guess === undefined ? '' : `; did you mean ${guess}?`}`, `没有 "${name}" 这个设置${guess === undefined ? '' : `；是不是想写 ${guess}？`}`));
    } else if (name === 'lang') {
      const lang = typeof value === 'string' ? langNamed(value) : undefined;
      if (lang) own[name] = lang;
      else faults.push(text(`lang is one of ${LANGS.join(', ')}`, `lang 只能是 ${LANGS.join('、')}`));
    } else if (typeof value === 'boolean') own[NAMES[name]] = value;
    else faults.push(text(`${name} is true or false`, `${name} 只能是 true 或 false`));
  }
  return { own, faults };
}

/** `$XDG_CONFIG_HOME/harden-tui/config.yaml`, else `~/.config/harden-tui/config.yaml`. */
export const preferencesAt = ({ env, home }: Pick<Io, 'env' | 'home'>): string => join(env['XDG_CONFIG_HOME'] || join(home, '.config'), 'harden-tui', 'config.yaml');

const MOST_BYTES = 64 * 1024;

/** That file, where there is one that can be read. Nothing about it ever keeps a call from going on. */
export async function preferences(io: Pick<Io, 'env' | 'home' | 'doors'>): Promise<Preferred> {
  const at = preferencesAt(io);
  try {
    const bytes = await (await io.doors.files()).read(at);
    if (bytes.length > MOST_BYTES) throw Object.assign(new Error('too big'), { code: 'EFBIG' });
    const { own, faults } = await readPreferences(bytes.toString('utf8'));
    return { own, faults: faults.map((f) => text(`${at}: ${f.en}.`, `${at}：${f['zh-CN']}。`)) };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? String(error);
    return { own: {}, faults: code === 'ENOENT' || code === 'ENOTDIR' ? [] : [text(`${at} can't be read (${code}).`, `无法读取 ${at}（${code}）。`)] };
  }
}
