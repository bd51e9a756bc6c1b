import assert from 'node:assert/strict';
import type { Walk } from './terminal.ts';

/** What a terminal must be after the wizard, however it was left. */
export async function leftClean(at: Walk, code: number): Promise<readonly string[]> {
  assert.equal(await at.exit, code);
  await at.settled();
  assert.equal(at.onAlternateScreen(), false);
  assert.doesNotMatch(at.written(), /\u001b\[3J/, 'the scrollback is the user\'s');
  assert.deepEqual(at.modes(), { raw: false, mouse: false, paste: false, cursor: true });
  const rows = at.rows().filter((row) => row !== '');
  assert.equal(rows[0], '$ harden-tui', 'what stood there before stands there again');
  assert.ok(rows.length >= 3 && rows.length <= 8, rows.join('\n'));
  return rows.slice(1);
}
