// The ways out of a finding are what the eye holds on to: no row of them moves while the highlight does.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { frame } from './frame.tsx';
import { drive, type Driven } from './drive.ts';
import type { Offer } from '../../source/engine/session.ts';
import { text } from '../../source/model/text.ts';
import { shown } from '../../source/tui/wizard.ts';
import { shop } from './storyboard/shop.ts';

const SEATS = [['en', { columns: 80, rows: 24 }], ['zh-CN', { columns: 80, rows: 24 }], ['en', { columns: 110, rows: 30 }]] as const;

/** The rows of the ways, each by its place, without the pointer. */
function waysIn(rows: readonly string[]): readonly string[] {
  const first = rows.findIndex((row) => /^ [❯ ] 1 \S/.test(row));
  const end = rows.findIndex((row, i) => i > first && row.trim() === '');
  return rows.slice(first, end).map((row, i) => `${first + i} ${row.replace('❯', ' ')}`);
}

describe('the ways out of a finding', () => {
  for (const [lang, size] of SEATS) {
    it(`keep their rows at ${size.columns}x${size.rows} ${lang}`, async (t) => {
      const seat = await shop(t, lang, size);
      await seat.keys('enter', 'l');
      for (let n = 0; n < 10; n++) {
        const opened = await seat.keys('g', ...Array.from({ length: n }, () => 'j'), 'enter');
        const kept = waysIn(opened);
        const count = opened.filter((row) => /^ [❯ ] \d \S/.test(row)).length;
        assert.ok(count > 0, opened.join('\n'));
        for (let i = 0; i < count; i++) {
          const now = await seat.keys('j');
          assert.deepEqual(waysIn(now), kept, now.join('\n'));
        }
        await seat.keys('esc');
      }
    });
  }

  const way = (id: string, title: string, more: Partial<Offer> = {}): Offer => ({ fix: id, title: text(title, title), recommended: false, safety: 'review', price: text('what it costs', '代价'), words: text('', ''), diffs: [], ...more });
  async function withWays(offers: readonly Offer[]): Promise<Driven> {
    const driven = await drive();
    await driven.keys('enter', 'enter');
    const screen = shown(driven.store.get());
    assert.ok(screen.name === 'finding');
    await driven.tell({ kind: 'offers', machine: driven.store.get().looking.machine!, finding: screen.finding, offers });
    return driven;
  }
  const REASON = 'recommended because the file that is read at the start is the one place that all of the three programs of this container look into before they do anything else';
  it('have their whole name in sight, and the highlighted one its whole reason', async () => {
    const names = ['A user and a group in its configuration', 'A user and a group on its command line', 'Started as its user by systemd', 'Started as its user by supervisord'];
    const offers = [
      way('a', names[0]!, { recommended: true, because: text(REASON, REASON) }),
      way('b', names[1]!), way('c', names[2]!, { refused: text(REASON, REASON) }), way('d', names[3]!, { refused: text('nothing starts it', '没有') }),
    ];
    const driven = await withWays(offers);
    const rows = frame(driven.store.get());
    for (const name of names) assert.ok(rows.some((row) => row.includes(name)), `${name}\n${rows.join('\n')}`);
    const said = (all: readonly string[]): string => all.map((row) => row.trim()).join(' ');
    assert.ok(said(rows).includes(`Recommended here: ${REASON}.`), rows.join('\n'));
    const barred = frame(await driven.keys('j', 'j'));
    assert.ok(said(barred).includes(`This way cannot be taken here: ${REASON}`), barred.join('\n'));
  });
  it('differ where there is no room, and the highlighted one is named whole', async () => {
    const names = ['Everything that this program reads at its start, belongs to root', 'Everything that this program reads at its start, belongs to app'];
    const driven = await withWays(names.map((name, i) => way(String(i), name)));
    const rows = frame(driven.store.get());
    const shown = rows.filter((row) => /^ [❯ ] \d /.test(row)).map((row) => row.slice(5, 58));
    assert.equal(new Set(shown).size, 2, rows.join('\n'));
    assert.ok(rows.some((row) => row.trim() === names[0]), rows.join('\n'));
  });
});
