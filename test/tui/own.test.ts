// `t` on the rehearsal: something of the person's own is asked in both copies, and stands in the table.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Rehearsal } from '../../source/model/rehearsal.ts';
import { LANGS, same, text } from '../../source/model/text.ts';
import { drive } from './drive.ts';
import { BREAKS, HOLDS } from './fake-rehearsal.ts';
import { faults, frame } from './frame.tsx';

const PLANNED = ['enter', 'f', 'f', 'f', 'f', 'j', 'f', 'p'] as const;
const letters = (typed: string): string[] => Array.from(typed).map((c) => (c === ' ' ? 'space' : c));
const own = (asked: readonly string[]): readonly unknown[] => asked.filter((one) => one.startsWith('own ')).map((one) => JSON.parse(one.slice(4)) as unknown);

const UPLOAD = 'web touch /app/media/x';
const WORSE: Rehearsal = {
  ...BREAKS, rows: [{ service: 'web', what: same('touch /app/media/x'), asIs: text('ended with 0', '以 0 结束'), asPlanned: text('ended with 1: Permission denied', '以 1 结束：Permission denied'), result: 'WORSE' }],
};

describe('something of one\'s own, tried in both copies', () => {
  it('is typed on the last row, then the copies are raised again with it, and it is a row of the table', async () => {
    const driven = await drive({ rehearsals: [HOLDS, WORSE] });
    await driven.keys(...PLANNED, 'enter');
    const open = frame(await driven.keys('t', ...letters(UPLOAD)));
    assert.deepEqual(faults(open), []);
    assert.equal(open[21]!.trimEnd(), ` Also try a URL, or a command and its arguments:  ${UPLOAD}█`);
    assert.match(open[23]!, /^ enter rehearse again +esc not yet$/);
    assert.equal(driven.session.asked.filter((one) => one.startsWith('rehearse')).length, 1, 'letters are text');
    const rows = frame(await driven.keys('enter'));
    assert.deepEqual(own(driven.session.asked), [[{ kind: 'command', words: UPLOAD }]]);
    assert.deepEqual(faults(rows), []);
    assert.match(rows.join('\n'), /web +touch \/app\/media\/x +ended with 0 +ended with 1: Permission +WORSE/);
    assert.ok(!driven.session.asked.includes('apply'));
  });

  it('stays in every rehearsal from then on, a URL beside a command, each once', async () => {
    const driven = await drive({ rehearsals: [HOLDS] });
    await driven.keys(...PLANNED, 'enter', 't', ...letters('id'), 'enter', 't', ...letters('https://localhost/x'), 'enter', 't', ...letters('id'), 'enter', 'r');
    const both = [{ kind: 'url', url: 'https://localhost/x' }, { kind: 'command', words: 'id' }];
    assert.deepEqual(own(driven.session.asked), [[both[1]], [both[1], both[0]], both, both]);
  });

  it('is left by esc and by an empty line, and refuses what is no URL', async () => {
    const driven = await drive({ rehearsals: [HOLDS] });
    await driven.keys(...PLANNED, 'enter', 't', 'x', 'esc');
    assert.doesNotMatch(frame(driven.store.get()).join('\n'), /Also try/);
    await driven.keys('t', 'enter');
    assert.doesNotMatch(frame(driven.store.get()).join('\n'), /Also try/);
    const said = frame(await driven.keys('t', ...letters('http://[x'), 'enter')).join('\n');
    assert.match(said, /http:\/\/\[x is not a URL that can be visited/);
    assert.deepEqual(own(driven.session.asked), []);
    assert.match(frame(await driven.keys('backspace')).join('\n'), /arguments: {2}http:\/\/\[█/, 'and can be mended');
  });

  it('is asked of the parts as well, where it is found out which fix it was', async () => {
    const driven = await drive({ rehearsals: [HOLDS, WORSE], guilty: 'F2' });
    await driven.keys(...PLANNED, 'enter', 't', ...letters('id'), 'enter', '3', 'enter');
    for (let i = 0; i < 200 && !driven.store.get().rehearsal?.doctor?.found; i++) await new Promise((resolve) => setTimeout(resolve, 10));
    assert.ok(own(driven.session.asked).length > 2, driven.session.asked.join('\n'));
  });

  for (const lang of LANGS) {
    it(`fills 80x24, also where what is typed is long (${lang})`, async () => {
      const driven = await drive({ rehearsals: [HOLDS, BREAKS] }, { lang });
      await driven.keys(...PLANNED, 'enter', 't', ...letters('a'.repeat(120)));
      const rows = frame(driven.store.get());
      assert.deepEqual(faults(rows), [], rows.join('\n'));
      await driven.keys('enter', 't', 'b');
      const over = frame(driven.store.get());
      assert.deepEqual(faults(over), [], over.join('\n'));
    });
  }
});
