// Where a rehearsal has more to show than there is room for: nothing is drawn over anything else, and what is left out is said.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Compared } from '../../source/model/rehearsal.ts';
import { LANGS, same, text } from '../../source/model/text.ts';
import { takenBackScreen } from '../../source/tui/screens/taken-back/state.ts';
import { shown } from '../../source/tui/wizard.ts';
import { drive } from './drive.ts';
import { BREAKS, HOLDS } from './fake-rehearsal.ts';
import { faults, frame } from './frame.tsx';

const PLANNED = ['enter', 'f', 'f', 'f', 'f', 'j', 'f', 'p'] as const;
const more = (n: number): readonly Compared[] => Array.from({ length: n }, (_, i) => ({ service: 'web', what: same(`writes /app/${i}`), asIs: text('yes', '可以'), asPlanned: text('yes', '可以'), result: 'same' }));
const CROWDED = { ...BREAKS, rows: [...BREAKS.rows, ...more(4)] };

describe('a rehearsal that breaks, with much to show', () => {
  it('says how many rows of the table are left out, and that a key shows them', async () => {
    for (const lang of LANGS) {
      const driven = await drive({ rehearsals: [CROWDED] }, { lang });
      const rows = frame(await driven.keys(...PLANNED, 'enter'));
      assert.deepEqual(faults(rows), []);
      const table = rows.filter((row) => /^ (?:web| {3}) .*(?:gone|same|WORSE|已消除|不变|变差) *$/.test(row)).length;
      const said = /(?:(\d+) more: e|另有 (\d+) 行，按 e)\s*$/.exec(rows[4]!);
      assert.equal(Number(said?.[1] ?? said?.[2]), 7 - table, rows.join('\n'));
      assert.ok(rows.some((row) => /WORSE|变差/.test(row)));
    }
    // Where all have room nothing is said.
    const whole = await drive({ rehearsals: [BREAKS] });
    assert.doesNotMatch(frame(await whole.keys(...PLANNED, 'enter')).join('\n'), /more: e/);
  });

  it('keeps every way on in its own row while a check of one\'s own is typed', async () => {
    for (const lang of LANGS) {
      const driven = await drive({ rehearsals: [CROWDED] }, { lang });
      const before = await driven.keys(...PLANNED, 'enter');
      const typing = await driven.keys('t', 'i', 'd');
      // A price may have less room; a name never gives way.
      const ways = (rows: readonly string[]): readonly string[] => rows.filter((row) => /^ [❯ ] \d /.test(row)).map((row) => row.slice(0, 18));
      // At some of these heights the page is full to its last row.
      for (let rows = 24; rows < 32; rows++) {
        const at = { columns: 80, rows };
        const shown = frame({ ...typing, size: at });
        assert.deepEqual(faults(shown, at), []);
        assert.match(shown[rows - 3]!, /id█/);
        assert.deepEqual(ways(shown), ways(frame({ ...before, size: at })), shown.join('\n'));
        assert.equal(ways(shown).length, 5);
      }
    }
  });
});

describe('the log of a rehearsal', () => {
  it('is read from its beginning where it held, from its end where it broke, and says where one is', async () => {
    const at = async (result: typeof HOLDS) => {
      const driven = await drive({ rehearsals: [result] });
      const wizard = await driven.keys(...PLANNED, 'enter', 'b');
      const log = Array.from({ length: 100 }, (_, i) => ({ kind: 'line' as const, text: `line ${i + 1}` }));
      return frame({ ...wizard, rehearsal: { ...wizard.rehearsal!, said: { ...wizard.rehearsal!.said, log } } });
    };
    const held = await at(HOLDS);
    assert.match(held[2]!, /^ Log, 100 lines +1-19 of 100\s*$/);
    assert.match(held[3]!, /line 1\s*$/);
    const broke = await at(BREAKS);
    assert.match(broke[2]!, /^ Log, 100 lines in 10\d rows +\d+-\d+ of 10\d\s*$/);
    assert.match(broke.join('\n'), /Permission denied/);
  });
});

describe('the way out of what was opened', () => {
  it('stands first in the footer of the rows in full', async () => {
    const driven = await drive({ rehearsals: [HOLDS] });
    assert.match(frame(await driven.keys(...PLANNED, 'enter', 'e'))[23]!, /^ e back to the table /);
    assert.match(frame(await driven.keys('e'))[23]!, / e in full /);
  });

  it('is named by the head of the diff: the rehearsal, where it was opened there', async () => {
    const driven = await drive({ rehearsals: [HOLDS] });
    assert.match(frame(await driven.keys(...PLANNED, 'd'))[0]!, /Plan > diff/i);
    assert.match(frame(await driven.keys('esc', 'enter', 'd'))[0]!, /Rehearsal > diff/i);
    assert.equal(shown(await driven.keys('esc')).name, 'rehearsal');
  });
});

describe('a run that was stopped before its first step', () => {
  it('names no step that failed, and nothing that was taken back', async () => {
    const driven = await drive();
    const wizard = await driven.keys(...PLANNED, 'enter', ...'shop', 'enter');
    const result = { ...wizard.applied!.result!, ending: 'nothing-started' as const, exitCode: 130 as const, verdicts: [], failure: { what: text('You stopped it.', '你中止了它。'), log: [] } };
    const rows = frame({ ...wizard, applied: { ...wizard.applied!, result }, stack: [takenBackScreen] });
    assert.match(rows[0]!, /Not started/);
    assert.match(rows.join('\n'), / ✗ You stopped it\./);
  });
});
