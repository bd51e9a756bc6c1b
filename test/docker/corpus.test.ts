// Small services as people write them: each gets the recommended fix and holds, or is left as it was with the right reason.
// A sample of three in `npm test`; all of them, rehearsed first and undone in the end, with the table of RESULTS.md, in
// `npm run test:all`. CORPUS=a,b: these alone; then HARDEN_TUI_REHEARSE=1 rehearses, and CORPUS_UNDO=1 undoes each.
import assert from 'node:assert/strict';
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { TestContext } from 'node:test';
import { fixOf, type Ended } from '../helpers/corpus-loop.ts';
import { services, shownOf, withService, type Outcome } from '../helpers/corpus.ts';
import { drawn } from '../helpers/drawn.ts';
import { engineTest } from '../helpers/engine.ts';
import { table, writeResults, type Row } from '../helpers/results.ts';

const all = process.env.HARDEN_TUI_ALL === '1';
const named = process.env.CORPUS?.split(',').filter(Boolean);
/** Where everything that was said is kept, when asked for. */
const notes = process.env.CORPUS_NOTES;

const rehearse = all || process.env.HARDEN_TUI_REHEARSE === '1';

const AT_ONCE = all || named ? 4 : 3;

/** What a rehearsal shows is not begun, so that nothing has to be taken back. */
const expected = (outcome: Outcome): Outcome => (rehearse && outcome === 'rolled back' ? 'refused' : outcome);

function chosen(t: TestContext): readonly string[] {
  if (named) return named;
  if (all) return services();
  const seed = Number(process.env.SEED) || Math.floor(Math.random() * 1_000_000);
  const sample = drawn(services().filter((name) => shownOf(name).slow === undefined), 3, seed);
  t.diagnostic(`corpus: a sample of 3 by SEED=${seed}: ${sample.join(', ')}`);
  return sample;
}

async function one(name: string, undo: boolean): Promise<Ended> {
  let ended: Ended | undefined;
  if (notes) mkdirSync(notes, { recursive: true });
  await withService(name, async (service) => {
    ended = await fixOf(service, { undo, rehearse }, (text) => { if (notes) writeFileSync(path.join(notes, `${name}.txt`), text); });
  });
  if (notes) appendFileSync(path.join(notes, `${name}.txt`), `\n=== ${ended!.outcome} after ${ended!.seconds} s\n${ended!.why}\n`);
  return ended!;
}

engineTest('the corpus: each service holds, or stays as it was', async (t) => {
  const rows: Row[] = [];
  const waiting = chosen(t).map((name, i) => ({ name, undo: all || i === 0 || process.env.CORPUS_UNDO === '1' }));
  const worker = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const { name, undo } = next;
      await t.test(name, async () => {
        const shown = shownOf(name);
        const ended = await one(name, undo);
        rows.push({ name, shown, ended });
        assert.equal(ended.outcome, expected(shown.expect), `${shown.shows}\n${ended.why}`);
        if (shown.because !== undefined) assert.match(ended.why, new RegExp(shown.because));
      });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  if (named) t.diagnostic(table(rows));
  if (!all || named) return;
  writeResults(rows);
  const counted = rows.filter((r) => r.ended.outcome !== 'nothing to do');
  assert.deepEqual(rows.filter((r) => r.ended.outcome === 'broke').map((r) => r.name), []);
  assert.ok(counted.filter((r) => r.ended.outcome === 'held').length >= counted.length * 0.8, table(rows));
}, { timeout: 85 * 60_000, concurrency: AT_ONCE });
