import type { EditFile, SpanEdit } from '../model/change.ts';
import { refuse, type Refusal } from '../model/risk.ts';
import { text } from '../model/text.ts';
import { editOf } from './edit.ts';
import type { ArgWord } from './started.ts';
import type { Uwsgi } from './uwsgi.ts';

export interface Flag {
  readonly name: 'uid' | 'gid' | 'chmod-socket' | 'chown-socket';
  readonly value: string;
}

const INI = /\.ini(?::[\w-]+)?$/;
/** It takes no value behind a blank (measured: `--chmod-socket 660` ends uWSGI). */
const written = ({ name, value }: Flag): string => (name === 'chmod-socket' ? `--${name}=${value}` : `--${name} ${value}`);

/** A word that names an ini without `--ini`: uWSGI reads it after all flags. */
function positional(words: readonly ArgWord[]): ArgWord | undefined {
  return words.find((w, i) => i > 0 && !w.value.startsWith('-') && INI.test(w.value) && !/^--?(?:ini|include|inherit)$/.test(words[i - 1]?.value ?? ''));
}

/** Where the last ini of a command line is read: the index of its last word. */
const iniAt = (words: readonly ArgWord[]): number => words.findLastIndex((w, i) => INI.test(w.value) && (i > 0));

/** A flag of a command line, in either of its spellings, and whether it stands in front of the ini or behind it. */
export function flagsOf(words: readonly ArgWord[], name: string, ini = positional(words) ? Infinity : iniAt(words)): readonly { readonly value: string; readonly word: ArgWord; readonly behind: boolean }[] {
  return words.flatMap((word, i) => {
    const next = words[i + 1];
    if (word.value === `--${name}` && next && name !== 'chmod-socket') return [{ value: next.value, word: next, behind: i > ini }];
    return word.value.startsWith(`--${name}=`) ? [{ value: word.value.slice(name.length + 3), word, behind: i > ini }] : [];
  });
}

/** Some user or mode stands on the command line where the ini comes after it and overrules it. */
export const overruledFlags = (uwsgi: Uwsgi): readonly ArgWord[] =>
  uwsgi.ini ? (['uid', 'gid', 'chmod-socket', 'chown-socket'] as const).flatMap((name) => { const all = flagsOf(uwsgi.words, name); return all.some((f) => f.behind) ? [] : all.map((f) => f.word); }) : [];

/**
 * Flags on a command line so that the ini can't overrule them: behind it, and the user's number in front of it as well. A
 * name in the ini would stay in spite of a number behind it, and does not count once a number was said (measured).
 */
export function setFlags(uwsgi: Uwsgi, wanted: readonly Flag[]): EditFile | Refusal {
  const { words, program } = uwsgi;
  const { file, starter } = program;
  const [first, last] = [words[0], words.at(-1)];
  if (uwsgi.emperor) return refuse(text('an emperor starts it: its own file is all there is to write in', '它由 emperor 启动：只能写在它自己的文件里'));
  if (starter === 'container') return refuse(text('its command and its ini are in one image: the ini is the place', '命令和 ini 在同一个镜像里：写在 ini 里即可'));
  if (!file || !first?.at || !last?.at) return refuse(text('no file here says how it is started', '这里没有文件说明它是怎么启动的'));
  const edits: SpanEdit[] = [];
  const at = positional(words);
  if (at?.at) edits.push({ start: at.at.start, end: at.at.start, text: '--ini ' });
  const inFront: string[] = [];
  const behind: string[] = [];
  for (const flag of wanted) {
    // With its `--ini` the file is read where it stands.
    const there = flagsOf(words, flag.name, iniAt(words));
    for (const { word, value } of there) {
      if (value === flag.value || !word.at) continue;
      const from = file.text.slice(word.at.start, word.at.end).lastIndexOf(value);
      if (from < 0) return refuse(text(`--${flag.name} can't be edited by itself`, `无法单独编辑 --${flag.name}`));
      edits.push({ start: word.at.start + from, end: word.at.start + from + value.length, text: flag.value });
    }
    const user = flag.name === 'uid' || flag.name === 'gid';
    if (user && uwsgi.ini && there.every((f) => f.behind)) inFront.push(written(flag));
    if (!there.some((f) => f.behind && uwsgi.ini) && (uwsgi.ini || there.length === 0)) behind.push(written(flag));
  }
  if (inFront.length > 0) edits.push({ start: first.at.end, end: first.at.end, text: ` ${inFront.join(' ')}` });
  if (behind.length > 0) edits.push({ start: last.at.end, end: last.at.end, text: ` ${behind.join(' ')}` });
  return editOf(file, edits);
}
