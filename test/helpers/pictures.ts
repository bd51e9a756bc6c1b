// The pictures of the docs are screens of real runs: a test that walks there holds its screen against the picture, and
// `UPDATE=1` draws it anew. So a picture can't show what the program no longer says.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { svg, wordsOf } from '../../scripts/svg.ts';
import { root } from '../listing.ts';
import type { Terminal } from './tmux.ts';

const FOLDER = 'docs/pictures';

/** Times, counts and ports are of the day; how far a row is cut hangs on the length of a name. */
const lasting = (row: string): string =>
  row.replace(/\d+:\d+|\d+(?:\.\d+)? (?:s|秒)\b/g, 'T').replace(/\d+(?:\.\d+)*/g, '#').replace(/^(.*?).{0,16}….*$/, '$1').replace(/\s+/g, ' ').trim();

/** Where one of two rows was cut earlier, the shorter says how much of both counts. */
const alike = (a: string, b: string): boolean => a === b || (Math.min(a.length, b.length) > 12 && (a.startsWith(b) || b.startsWith(a)));

/** A project's name of this run, as the docs call it; row 1 is set to the right, and stays so. */
function renamed(rows: readonly string[], name: string, called: string): readonly string[] {
  return rows.map((row) => row.replace(/\/tmp\/ht-\w+\/work\//, '~/').replace(/node \S*bin\/harden-tui\.js/, 'npx harden-tui')).map((row, i) => row.replaceAll(name, i === 0 ? ' '.repeat(name.length - called.length) + called : called));
}

/** Holds what the terminal shows against docs/pictures/NAME.svg; `title` is what is read out in its place. */
export async function picture(at: Terminal, name: string, title: string, project: { readonly name: string; readonly called: string }): Promise<void> {
  // With `npm run test:all`: a screen that is redrawn in the very moment is no reason to stop a whole run.
  if (process.env['UPDATE'] !== '1' && process.env['HARDEN_TUI_ALL'] !== '1') return;
  const file = path.join(root, FOLDER, `${name}.svg`);
  const draw = (): Promise<string> => svg(renamed(at.screen({ colours: true }), project.name, project.called), title, at.size);
  if (process.env['UPDATE'] === '1') {
    await pause(1500);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, await draw());
    return;
  }
  assert.ok(existsSync(file), `${FOLDER}/${name}.svg is missing: run this test with UPDATE=1`);
  const rowsOf = (drawn: string): readonly string[] => wordsOf(drawn).map(lasting).filter((row) => row !== '');
  const then = rowsOf(readFileSync(file, 'utf8'));
  let stale = '';
  // A screen fills in as answers come: it has a few seconds to look as it does in the docs.
  for (let i = 0; i < 16; i++) {
    const now = rowsOf(await draw());
    const differs = now.findIndex((row, n) => !alike(row, then[n] ?? ''));
    if (differs < 0 && now.length === then.length) return;
    stale = `- ${then[differs] ?? `${then.length} rows`}\n+ ${now[differs] ?? `${now.length} rows`}`;
    await pause(500);
  }
  assert.fail(`${FOLDER}/${name}.svg is stale (UPDATE=1 draws it anew):\n${stale}\n\n${at.screen().join('\n')}`);
}
