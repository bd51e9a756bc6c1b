import { parseDocument } from 'yaml';
import { LANGS, text, type Text } from '../model/text.ts';
import { langNamed } from './locale.ts';
import { nearest } from './nearest.ts';
import type { Preferences, Preferred } from './preferences.ts';

/** Names in the file, and what each stands for here. */
const NAMES = { lang: 'lang', 'screen-reader': 'screenReader', ascii: 'ascii', mouse: 'mouse', color: 'colour' } as const satisfies Record<string, keyof Preferences>;
type Name = keyof typeof NAMES;

const isName = (name: string): name is Name => name in NAMES;

/** What the file says; one wrong line spoils no other. */
export function readPreferences(yaml: string): Preferred {
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
      faults.push(text(`there is no setting "${name}"${guess === undefined ? '' : `; did you mean ${guess}?`}`, `没有“${name}”这个设置${guess === undefined ? '' : `；是不是想写 ${guess}？`}`));
    } else if (name === 'lang') {
      const lang = typeof value === 'string' ? langNamed(value) : undefined;
      if (lang) own[name] = lang;
      else faults.push(text(`lang is one of ${LANGS.join(', ')}`, `lang 只能是 ${LANGS.join('、')}`));
    } else if (typeof value === 'boolean') own[NAMES[name]] = value;
    else faults.push(text(`${name} is true or false`, `${name} 只能是 true 或 false`));
  }
  return { own, faults };
}
