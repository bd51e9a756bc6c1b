import type { Machine, SourceFile } from '../model/machine.ts';
import type { Program } from './program.ts';
import { fileOf } from './program-files.ts';

const PATH = /(?<![\w./:-])\/(?:[\w.-]+\/)*[\w.-]+/g;
/** Settings whose value is a folder or file that the program writes. */
const CONFIG = /\.(?:conf|cfg|ini|ya?ml|toml|py)$/;
const LONGEST = 65_536;

/** Configuration of the project that a program's words name. */
const configs = (machine: Machine, program: Program): readonly SourceFile[] =>
  program.words.map((w) => w.value.replace(/^--?[\w-]+=/, '')).filter((w) => CONFIG.test(w)).flatMap((w) => fileOf(machine, program, w) ?? []).filter((f) => f.text.length <= LONGEST);

/** Absolute paths that a program's configuration names: where it writes is mostly among them. */
export const namedPaths = (machine: Machine, program: Program): readonly string[] =>
  [...new Set(configs(machine, program).flatMap((f) => [...f.text.replace(/^[ \t]*[#;].*$/gm, '').matchAll(PATH)].map((m) => m[0])))];

/** The folder that a server of data keeps it in: `dir` of redis, `--dir`, `--dbpath`. */
export function stateFolder(machine: Machine, program: Program): string | undefined {
  const words = program.words.map((w) => w.value);
  const at = words.findIndex((w) => /^--(?:dir|dbpath|data-dir)$/.test(w));
  const said = at >= 0 ? words[at + 1] : words.map((w) => /^--(?:dir|dbpath|data-dir)=(.+)$/.exec(w)?.[1]).find((w) => w !== undefined);
  if (said !== undefined) return said;
  return configs(machine, program).flatMap((f) => /^[ \t]*(?:dir|dbPath:?)[ \t]+(\S+)/m.exec(f.text)?.[1] ?? []).at(-1);
}
