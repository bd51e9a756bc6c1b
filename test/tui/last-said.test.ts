// The command that runs, above the last it said.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lastSaid } from '../../source/tui/screens/applying/state.ts';
import { textOf } from '../../source/tui/lines.ts';
import { viewOf } from '../../source/tui/view.ts';
import { drive } from './drive.ts';

const UP = { kind: 'command', text: 'docker compose -p shop -f /home/me/shop/compose.yaml -f /home/me/shop/compose.override.yaml up -d --no-deps --no-build web worker admin' } as const;
const said = (n: number) => Array.from({ length: n }, (_, i) => ({ kind: 'line', text: `line ${i + 1}` }) as const);

test('the command is whole as long as there is room for it, what it said gives way', async () => {
  const view = viewOf((await drive()).store.get());
  const rows = (n: number, room: number) => lastSaid([...said(3), UP, ...said(n)], room, view).map((row) => textOf(row).trim());
  assert.equal(rows(0, 9).join(' '), `$ ${UP.text}`);
  assert.deepEqual([rows(9, 4).slice(0, 3).join(' '), rows(9, 4).at(-1)], [`$ ${UP.text}`, 'line 9']);
  assert.deepEqual(rows(9, 4).length, 4);
});

test('a command that has no room says that it goes on, and no row of its midst is left out', async () => {
  const view = viewOf((await drive()).store.get());
  for (const room of [1, 2]) {
    const rows = lastSaid([UP, ...said(9)], room, view).map((row) => textOf(row).trim());
    assert.match(rows[0]!, /^\$ docker compose -p shop -f \S+ ?…$/);
    assert.deepEqual(rows.slice(1), room === 1 ? [] : ['line 9']);
  }
  assert.deepEqual(lastSaid([UP], 0, view), []);
});
