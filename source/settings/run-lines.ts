import { posix } from 'node:path';
import { splitWords } from '../files/shellwords.ts';
import type { EditFile, SpanEdit } from '../model/change.ts';
import type { Machine, SourceFile } from '../model/machine.ts';
import type { Service } from '../model/service.ts';
import type { Place } from '../model/setting.ts';
import { editOf } from './edit.ts';
import { place } from './parsed.ts';

/** What is written for people. */
export const isNote = (path: string): boolean => /(?:^|\/)(?:README|INSTALL|DEPLOY(?:MENT)?|USAGE)(?:[._-][\w.-]*)?\.(?:md|rst|txt)$/i.test(path);
/** Files where people keep the commands that start a container. */
export const startsContainers = (path: string): boolean => isNote(path) || /\.(?:sh|mk|service)$|(?:^|\/)(?:(?:GNU)?[Mm]akefile|[Jj]ustfile)$/.test(path);

/** `docker run`, as a script, a Makefile or a README has it, with the lines that it goes on over. */
interface Call {
  readonly file: SourceFile;
  readonly verb: 'run' | 'build';
  readonly start: number;
  readonly text: string;
  readonly words: readonly string[];
}

const CALL = /\b(?:docker|podman)\s+(?:(?:container|image|buildx)\s+)?(run|create|build)\b/g;

/** Whoever writes more on one command is not read to its end. */
const LONGEST = 4000;

/** A command ends where the shell's next one begins. */
const alone = (text: string): string => /^(?:[^\n;&|`\\]|\\\r?\n|\\.)*/.exec(text)?.[0] ?? text;

function callsIn(file: SourceFile): readonly Call[] {
  return [...file.text.matchAll(CALL)].map((m) => {
    const text = alone(file.text.slice(m.index, m.index + LONGEST));
    return { file, verb: m[1] === 'build' ? 'build' : 'run', start: m.index, text, words: splitWords(text.replace(/\\\r?\n/g, '  ')).words.map((w) => w.value) };
  });
}

const untagged = (image: string): string => image.replace(/:[\w.-]+$/, '');

/** Names that a service's image is built under here. */
function namesOf(calls: readonly Call[], service: Service): ReadonlySet<string> {
  const { build, image } = service;
  const built = calls.filter((c) => c.verb === 'build').flatMap(({ file, words }) => {
    const folder = posix.dirname(file.path) === '.' ? '' : posix.dirname(file.path);
    const flag = (names: readonly string[]): readonly string[] => words.flatMap((w, i) => (names.includes(w) ? [words[i + 1] ?? ''] : names.some((n) => w.startsWith(`${n}=`)) ? [w.slice(w.indexOf('=') + 1)] : []));
    const context = words.at(-1) ?? '';
    const at = posix.normalize(posix.join(folder || '.', context.replace(/^"?\$\(.*\)"?\/?/, './'))).replace(/\/$/, '');
    const dockerfile = flag(['-f', '--file']).at(-1);
    const meant = dockerfile === undefined ? posix.join(at, 'Dockerfile') : posix.normalize(posix.join(folder || '.', dockerfile));
    return build && meant === build.dockerfile ? flag(['-t', '--tag']).map(untagged) : [];
  });
  return new Set([...built, ...(image === undefined ? [] : [untagged(image)])].filter((n) => n !== ''));
}

/** A mapping of a `docker run` line that points at an inside port. */
export interface RunLine {
  readonly file: SourceFile;
  readonly at: Place;
  /** `18083:80` as it is written, and as it is to be. */
  readonly words: string;
  readonly wanted: string;
  readonly edit: SpanEdit;
}

/** Lines of the project that start a service's image by hand and publish this port of it. */
export function runLines(machine: Machine, service: Service, from: number, to: number): readonly RunLine[] {
  if (!service.build) return [];
  const calls = [...machine.files.values()].filter((f) => startsContainers(f.path) && !f.path.startsWith('/')).flatMap(callsIn);
  const names = namesOf(calls, service);
  const runs = calls.filter((c) => c.verb === 'run' && c.words.slice(2).some((w) => names.has(untagged(w))));
  return runs.flatMap(({ file, start, text }) =>
    [...text.matchAll(/(?:\s-p|\s--publish)(?:\s+|=|(?=\S))(["']?)((?:[^\s"':]+:|\[[\da-f:]+\]:){1,2})(\d+)((?:\/tcp)?)\1(?=\s|$)/g)].filter((m) => m[3] === String(from)).map((m): RunLine => {
      const [whole, , outside = '', inside = '', protocol = ''] = m;
      const begins = start + m.index + whole.lastIndexOf(`${outside}${inside}`);
      const port = { start: begins + outside.length, end: begins + outside.length + inside.length };
      return { file, at: place(file, { start: begins, end: port.end }), words: `${outside}${inside}${protocol}`, wanted: `${outside}${to}${protocol}`, edit: { ...port, text: String(to) } };
    }));
}

/** Those lines with the new port. */
export const movedRunLines = (lines: readonly RunLine[]): readonly EditFile[] => lines.map(({ file, edit }) => editOf(file, [edit]));
