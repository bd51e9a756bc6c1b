import assert from 'node:assert/strict';
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { filesPlan, project } from '../helpers/project.ts';

const FILES = {
  'compose.yaml': 'services:\n  web:\n    build: .\n    ports:\n      - "443:443"\n',
  'Dockerfile': 'FROM debian:bookworm-slim\nCOPY . .\nEXPOSE 443\nCMD ["gunicorn", "-b", "0.0.0.0:443", "shop:app"]\n',
};
const WAYS = { 'root-container': 'numeric-user', 'privileged-port': 'high-port' };

// The journal of a run that ended well, cut where a crash would have cut it.
describe('a run that was cut off', () => {
  for (const [words, keep] of [['before a step ran', /"t":"step","step":2/], ['behind its first step', /"t":"done","step":1/]] as const) {
    it(`${words} is unfinished in the history, and undo takes back what was begun`, async (t) => {
      const p = project(t, FILES);
      const before = p.all();
      const session = await p.open();
      const { run } = await session.apply(await filesPlan(session, WAYS), () => undefined);
      const after = p.all();
      const journal = join(p.state, 'harden-tui/runs', run, 'journal.jsonl');
      const lines = readFileSync(journal, 'utf8').trim().split('\n');
      const cut = lines.findIndex((l) => keep.test(l));
      assert.ok(cut > 0);
      writeFileSync(journal, `${lines.slice(0, cut + 1).join('\n')}\n`);
      // A line that did not reach the disk whole.
      appendFileSync(journal, '{"t":"do');
      const second = Object.keys(after).filter((f) => after[f] !== before[f])[1];
      if (second) writeFileSync(join(p.root, second), before[second] ?? '');
      const again = await p.open();
      assert.equal((await again.history()).at(-1)?.ending, 'unfinished');
      const undone = await again.undo(run, () => undefined);
      assert.equal(undone.exitCode, 0);
      assert.deepEqual(p.all(), before);
      assert.equal((await again.history()).at(-1)?.ending, 'undone');
    });
  }
});
