// What the storyboard says after the screen is closed: the scrollback, and `harden-tui undo` next week. Rows that differ say why.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { painter } from '../../source/report/paint.ts';
import { undoText } from '../../source/report/undo-text.ts';
import { farewell } from '../../source/tui/farewell.ts';
import { drive } from './drive.ts';

const said = (name: string): readonly string[] => readFileSync(path.join(import.meta.dirname, 'storyboard/frames', `${name}.txt`), 'utf8').trimEnd().split('\n');
/** Five of seven, as there: two are skipped. */
const APPLIED = ['enter', 'f', 'f', 'f', 'f', 's', 'f', 's', 'p', 'enter', ...'shop', 'enter'] as const;

describe('after step 10', () => {
  it('leaves the four lines of the storyboard in the scrollback, word for word', async () => {
    const driven = await drive({});
    assert.deepEqual(farewell(await driven.keys(...APPLIED, 'q')), said('scrollback'));
  });
  it('says the first lines of undo as the storyboard does', async () => {
    const driven = await drive({});
    await driven.keys(...APPLIED);
    const [run] = await driven.session.history();
    const shown = undoText(run!, { lang: 'en', paint: painter(false), columns: 80 }, { edited: [], owners: [{ source: 'media', were: 23, came: 2 }] }).trimEnd().split('\n');
    const there = said('undo');
    const rows = there.slice(1, there.indexOf('Take it back? [y/N] y') - 1);
    const different: readonly (readonly [there: string, here: readonly string[], why: string])[] = [
      ['Run 1 of 22 November, 14:32, in shop: 5 risks fixed.', ['Run 1 of 22 November, 14:32, in shop: 5 risks gone.', '/home/me/shop'], 'results have four words, and "fixed" is none of them; which folder it is about is said, too'],
      ['What comes back  web and worker as root, pickle, the open socket, 443 inside', [
        'What comes back  Celery takes pickle, redis has no password; web and worker run', '                 as root; uWSGI socket is open to every user (666); uWSGI runs', '                 as root; web listens on port 443 as root',
      ], 'the titles of the findings, as they stand everywhere else'],
      ['What stays       the 2 new files, and everything in redis', ['What stays       the 2 new files, and other new data in volumes: rows, messages'], 'what lies in a broker or a database is not looked into'],
    ];
    assert.deepEqual(shown, rows.flatMap((row) => different.find(([one]) => one === row)?.[1] ?? [row]));
  });
});
