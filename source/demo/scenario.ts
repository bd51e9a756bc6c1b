import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Bug, Stop } from '../model/errors.ts';
import { same, text } from '../model/text.ts';
import type { Files } from '../system/system.ts';

/** A request from outside, and what it answers before and after (scenarios/README.md). */
export interface Answer {
  readonly get?: string;
  readonly post?: string;
  readonly body?: string;
  readonly json?: unknown;
  readonly status: number;
  readonly type: string;
}

/** What the copier and the tests have to know of a scenario, as data only. */
export interface Scenario {
  readonly name: string;
  readonly services: readonly string[];
  /** Service: the port that its compose file publishes. */
  readonly ports: Readonly<Record<string, number>>;
  readonly make: readonly { readonly cert: string; readonly mode: string }[];
  readonly seed: readonly { readonly service: string; readonly command: readonly string[] }[];
  readonly answers: readonly Answer[];
  readonly shows: readonly { readonly risk: string; readonly services: readonly string[]; readonly file: string; readonly line: number }[];
}

const here = (): string => dirname(fileURLToPath(import.meta.url));

/** Chunks of the bundle lie flat in dist/, the sources two folders deep: both find the package by walking up. */
export async function scenariosFolder(files: Files, from = here()): Promise<string> {
  for (let folder = from; ; folder = dirname(folder)) {
    const at = join(folder, 'package.json');
    // There is a package.json in bin/, too, which only says how its files are to be read.
    if ((await files.stat(at)) && (JSON.parse((await files.read(at)).toString('utf8')) as { name?: string }).name === 'harden-tui') return join(folder, 'scenarios');
    if (folder === dirname(folder)) throw new Bug(`no package.json of harden-tui above ${from}`);
  }
}

/** Names of all scenarios, the smallest first: the menu begins with what is understood at once. */
export async function allScenarios(files: Files, folder: string): Promise<readonly Scenario[]> {
  const found: Scenario[] = [];
  for (const entry of await files.list(folder)) {
    const at = join(folder, entry.name, 'scenario.json');
    if (entry.kind !== 'directory' || !(await files.stat(at))) continue;
    const data = JSON.parse((await files.read(at)).toString('utf8')) as Partial<Scenario>;
    found.push({ services: [], ports: {}, make: [], seed: [], answers: [], shows: [], ...data, name: entry.name });
  }
  return found.sort((a, b) => a.services.length - b.services.length || a.name.localeCompare(b.name));
}

export async function scenarioNamed(files: Files, folder: string, name: string): Promise<Scenario> {
  const all = await allScenarios(files, folder);
  const found = all.find((s) => s.name === name);
  if (found) return found;
  throw new Stop(text(`There is no scenario "${name}".`, `没有名为“${name}”的场景。`), [
    text('Choose one of these:', '请从下面选择一个：'),
    ...all.map((s) => same(`harden-tui demo ${s.name}`)),
  ]);
}
