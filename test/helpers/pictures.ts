// The pictures of the docs are screens of real runs: a test that walks there holds its screen against the picture, and
// `UPDATE=1` draws it anew. So a picture can't show what the program no longer says.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
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
  const file = path.join(root, FOLDER, `${name}.svg`);
  const drawn = await svg(renamed(at.screen({ colours: true }), project.name, project.called), title, at.size);
  if (process.env['UPDATE'] === '1') {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, drawn);
    return;
  }
  assert.ok(existsSync(file), `${FOLDER}/${name}.svg is missing: run this test with UPDATE=1`);
  const [now, then] = [drawn, readFileSync(file, 'utf8')].map((one) => wordsOf(one).map(lasting).filter((row) => row !== ''));
  const differs = now!.findIndex((row, i) => !alike(row, then![i] ?? ''));
  assert.ok(differs < 0 && now!.length === then!.length, `${FOLDER}/${name}.svg is stale (UPDATE=1 draws it anew):\n- ${then![differs] ?? `${then!.length} rows`}\n+ ${now![differs] ?? `${now!.length} rows`}`);
}
