import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { drive } from './drive.ts';
import { frame } from './frame.tsx';

const last = (rows: readonly string[]): string => rows.find((row) => / open/.test(row) && /^ \d+ chosen/.test(row)) ?? '';

describe('low findings in the last row of the list', () => {
  it('are counted while they are shown and undecided, and not before', async () => {
    const driven = await drive();
    assert.doesNotMatch(last(frame(await driven.keys('enter'))), /low/);
    assert.match(last(frame(await driven.keys('l'))), /^ 0 chosen, 7 open, 8 low/);
    assert.match(last(frame(await driven.keys('G', 's'))), /^ 0 chosen, [1-9] skipped, 7 open, [1-7] low/);
  });
});
