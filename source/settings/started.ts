import { splitWords } from '../files/shellwords.ts';
import type { Machine, SourceFile } from '../model/machine.ts';
import type { Service } from '../model/service.ts';
import type { Place } from '../model/setting.ts';
import { written } from './compose-services.ts';
import { place } from './parsed.ts';
import { programFile, shipped } from './service-files.ts';
import { perService } from './once.ts';

/** One word of a command line and where it stands; `at` is absent where it can't be edited by itself. */
export interface ArgWord {
  readonly value: string;
  readonly at?: Place;
  /** The word is written between quotes (the place includes them). */
  readonly quoted: boolean;
}

/** What a service starts, by its files: the words, and the file that decides them. */
export interface Started {
  readonly words: readonly ArgWord[];
  readonly file: SourceFile;
  readonly owner: 'compose' | 'dockerfile';
  /** The whole command, for the chain. */
  readonly at: Place;
  /** Scripts of the project that are started first: the entrypoint's, the command's. */
  readonly scripts: readonly SourceFile[];
  readonly guess: boolean;
}

interface Part {
  readonly words: readonly ArgWord[];
  readonly file: SourceFile;
  readonly owner: Started['owner'];
  readonly at: Place;
  readonly guess: boolean;
}

function composePart(machine: Machine, service: Service, key: 'command' | 'entrypoint'): Part | undefined {
  for (const { file, service: s } of service.compose ? written(machine.files, service.compose) : []) {
    const found = s[key];
    if (!found) continue;
    const words = found.words.map((w) => ({ value: w.value, quoted: w.quoted, ...(found.exact && !found.shared ? { at: place(file, w) } : {}) }));
    return { words, file, owner: 'compose', at: place(file, found), guess: found.unresolved };
  }
  return undefined;
}

const SHELL = /^(?:ba|da|a|z)?sh$/;
const CARRIERS = /^(?:tini|dumb-init|docker-init|catatonit|exec|env)$/;
const base = (word: ArgWord | undefined): string => word?.value.split('/').at(-1) ?? '';

/** What a shell is given as one word (`sh -c "exec gunicorn …"`), taken apart; its words keep their places where nothing is escaped. */
function unwrapped(words: readonly ArgWord[], file: SourceFile): readonly ArgWord[] {
  const at = words.findIndex((w, i) => SHELL.test(base(w)) && /^-[a-z]*c$/.test(words[i + 1]?.value ?? '') && words[i + 2] !== undefined);
  const line = words[at + 2];
  const inner = at < 0 || !line ? words : [...words.slice(0, at), ...apart(line, file), ...words.slice(at + 3)];
  return inner[0]?.value === 'exec' ? inner.slice(1) : inner;
}

function apart({ value, at }: ArgWord, file: SourceFile): readonly ArgWord[] {
  const raw = at ? file.text.slice(at.start, at.end) : '';
  const from = raw.indexOf(value);
  return splitWords(value).words.map((w) => ({ value: w.value, quoted: w.quoted, ...(at && from >= 0 ? { at: place(file, { start: at.start + from + w.start, end: at.start + from + w.end }) } : {}) }));
}

/** The word that names what is really started: behind inits and shells, their flags and variables. */
const programName = (words: readonly ArgWord[]): string | undefined => words.find((w) => !CARRIERS.test(base(w)) && !SHELL.test(base(w)) && !w.value.startsWith('-') && !/^\w+=/.test(w.value))?.value;

/** Compose's entrypoint and command win over the Dockerfile's; a compose entrypoint takes the image's CMD away. */
export const started = perService((machine: Machine, service: Service): Started | undefined => {
  const image = shipped(machine, service);
  const ofImage = (part: 'entrypoint' | 'cmd'): Part | undefined => {
    const found = image?.command[part];
    if (!image || !found) return undefined;
    const words = found.words.map((w) => ({ value: w.value, quoted: w.quoted, at: place(image.file, w) }));
    return { words, file: image.file, owner: 'dockerfile', at: place(image.file, found.instruction.span), guess: false };
  };
  const composeEntry = composePart(machine, service, 'entrypoint');
  const parts = [composeEntry ?? ofImage('entrypoint'), composePart(machine, service, 'command') ?? (composeEntry ? undefined : ofImage('cmd'))].flatMap((p) => p ?? []);
  const main = parts.at(-1);
  if (!main) return undefined;
  const words = parts.map((p) => unwrapped(p.words, p.file));
  const names = words.flatMap((w) => programName(w) ?? []);
  const scripts = image ? names.flatMap((name) => programFile(machine, service, image, name) ?? []) : [];
  return { words: words.flat(), file: main.file, owner: main.owner, at: main.at, guess: parts.some((p) => p.guess), scripts };
});

/** The words that start from the program `name` on; undefined when it is not started here. */
export function programWords(words: readonly ArgWord[], name: RegExp): readonly ArgWord[] | undefined {
  const at = words.findIndex((w) => name.test(w.value.split('/').at(-1) ?? ''));
  return at < 0 ? undefined : words.slice(at);
}

/** Value of a flag in any of its spellings (`-b X`, `-bX`, `--bind X`, `--bind=X`), the last one that counts. */
export function flags(words: readonly ArgWord[], names: readonly string[]): readonly { readonly value: string; readonly word: ArgWord; readonly prefix: string }[] {
  return words.flatMap((word, i) => {
    for (const name of names) {
      const next = words[i + 1];
      if (word.value === name && next) return [{ value: next.value, word: next, prefix: '' }];
      const glued = name.startsWith('--') ? `${name}=` : name;
      if (word.value.startsWith(glued) && word.value.length > glued.length) return [{ value: word.value.slice(glued.length), word, prefix: glued }];
    }
    return [];
  });
}
