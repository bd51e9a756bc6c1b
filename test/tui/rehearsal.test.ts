import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Change } from '../../source/model/change.ts';
import { LANGS, text } from '../../source/model/text.ts';
import { farewell } from '../../source/tui/farewell.ts';
import { shown } from '../../source/tui/wizard.ts';
import { drive } from './drive.ts';
import { BREAKS, HOLDS, UNKNOWN } from './fake-rehearsal.ts';
import type { fakeMachine } from './fake-shop.ts';
import { faults, frame } from './frame.tsx';
import { held, PLANNED, settle } from './rehearsing.ts';


const mounts = [{ type: 'volume', source: 'shop_media', target: '/app/media', readOnly: false, anonymous: false }, { type: 'volume', source: 'shop_sock', target: '/run/admin', readOnly: false, anonymous: false }];
const withVolumes = { containers: [{ ...({} as (typeof fakeMachine.containers)[number]), id: 'web-id', mounts, processes: [] }] };

describe('the rehearsal of the storyboard', () => {
  it('stands there word for word: what was compared, what that comes to, and the last line', async () => {
    const driven = await drive({ rehearsals: [HOLDS], machine: withVolumes });
    await driven.keys(...PLANNED);
    assert.match(frame(driven.store.get())[23]!, /^ enter rehearse on copies {2}x drop {2}d diffs {2}c commands +\? keys {2}esc back$/);
    const rows = frame(await driven.keys('enter', 'a', 's', 'h', 'o', 'p'));
    assert.deepEqual(faults(rows), []);
    assert.deepEqual(rows, [
      'harden-tui > Rehearsal                               shop   docker: this machine',
      '─'.repeat(80),
      ' All 5 services, twice, as copies: own networks with no way out, no open ports,',
      ' copies of the volumes media and sock. Yours were not touched.',
      '',
      '                             as it is         as planned',
      ' web     runs as             root             10001, no capabilities    gone',
      '         listens on          443              8443                      gone',
      '         GET /               200 json         200 json                  same',
      '         writes /app/media   yes              yes                       same',
      ' worker  runs as             root             10001, no capabilities    gone',
      '         a pickled message   was read         refused                   gone',
      '         a JSON message      was read         was read                  same',
      ' admin   runs as             root             10002, no capabilities    gone',
      '         socket              666 root root    660 33 10002              gone',
      '         a stranger, 65534   got in           permission denied         gone',
      ' proxy   GET / by nginx      200 html         200 html                  same',
      ' redis   PING                PONG             PONG                      same',
      '',
      ' Holds: 7 gone, 5 same, 0 worse. 12 s, after 41 s of building.',
      ' Not tried: your tasks with real data, POST /upload, a log-in.',
      ' Apply it? Type the name of the project, shop, then enter:  shop█',
      '─'.repeat(80),
      ' enter apply                                                         esc not yet',
    ]);
    assert.ok(!driven.session.asked.includes('apply'));
    await driven.keys('enter');
    assert.ok(driven.session.asked.includes('apply'));
  });

  it('says what got worse, what the program said, what it means and the ways on, where it breaks', async () => {
    const driven = await drive({ rehearsals: [BREAKS] });
    const rows = frame(await driven.keys(...PLANNED, 'enter'));
    assert.deepEqual(faults(rows), []);
    assert.deepEqual(rows.slice(2, 22).map((row) => row.trimEnd()), [
      ' Breaks: one thing gets worse. Nothing of yours has changed.',
      '',
      '                             as it is         as planned',
      ' web     runs as             root             10001, no capabilities    gone',
      '         GET /               200 json         200 json                  same',
      '         writes /app/media   yes              no                        WORSE',
      '',
      ' web was asked to write a file there and answered',
      "   PermissionError: [Errno 13] Permission denied: 'media/8db2f567-1c2d.bin'",
      '',
      " What that means   the folder and its 23 files are root's. 10001 may read them,",
      '                   not write. Pages would look fine, every upload would fail.',
      '',
      ' Ways on',
      ' ❯ 1 Step down at start        the container mends the volume whenever it starts',
      '   2 Leave web and worker out  keeps the fixes of admin, 2 of 5',
      '   3 Find out which one it is  rehearses parts of the 5',
      '   4 Rehearse again            the same plan once more',
      '   5 Back to the plan          nothing is changed',
      '',
    ]);
    assert.match(rows[23]!, /^ enter choose {2}1-5 {2}b logs {2}c commands {2}e in full {2}t own check +\? keys {2}esc back$/);
  });

  for (const lang of LANGS) {
    it(`fills 80x24 at every moment (${lang})`, async () => {
      for (const result of [HOLDS, BREAKS, UNKNOWN]) {
        const gates = held();
        const driven = await drive({ rehearsals: [result], gate: gates.gate }, { lang });
        await driven.keys(...PLANNED);
        gates.close();
        await driven.keys('enter');
        for (let i = 0; i < 4; i++) {
          const rows = frame(driven.store.get());
          assert.deepEqual(faults(rows), [], rows.join('\n'));
          gates.next();
          await settle(driven);
        }
        const asks = result === BREAKS ? [] : [['a'], ['esc']];
        for (const keys of [['b'], ['b'], ...asks, ['?'], ['esc'], ['esc']]) {
          const rows = frame(await driven.keys(...keys));
          assert.deepEqual(faults(rows), [], rows.join('\n'));
        }
        assert.equal(driven.name(), 'plan');
      }
    });
  }
});

describe('a rehearsal', () => {
  it('shows its parts, the rows as they fill in, and what is run', async () => {
    const gates = held();
    const driven = await drive({ rehearsals: [HOLDS], gate: gates.gate });
    await driven.keys(...PLANNED);
    gates.close();
    const first = frame(await driven.keys('enter')).join('\n');
    assert.match(first, /Yours are not touched/);
    assert.match(first, /building both from a copy of the files +\d+[.:]\d/);
    assert.match(first, /\$ docker build -t harden-tui\/rehearsal:web/);
    gates.next();
    const second = frame(await settle(driven)).join('\n');
    assert.match(second, /✓ +building/);
    assert.match(second, /asking both the same things/);
    assert.match(second, /web +runs as +root +10001, no capabilities +gone/);
    assert.match(second, /esc stop it/);
    gates.open();
    assert.match(frame(await settle(driven)).join('\n'), /Holds: 7 gone/);
  });

  it('is stopped by esc: the copies go first, then the plan is there, and nothing was applied', async () => {
    const gates = held();
    const driven = await drive({ rehearsals: [HOLDS], gate: gates.gate });
    await driven.keys(...PLANNED);
    gates.close();
    await driven.keys('enter', 'q', 'esc');
    assert.equal(driven.name(), 'rehearsal');
    assert.match(frame(driven.store.get()).join('\n'), /Stopping: the copies are taken away/);
    gates.open();
    await settle(driven);
    assert.equal(driven.name(), 'plan');
    assert.equal(driven.store.get().rehearsal, undefined);
    assert.equal(driven.store.get().left, undefined, 'q was no key there');
    assert.deepEqual([driven.broken, driven.session.asked.includes('apply')], [[], false]);
  });

  it('is ended by ctrl-c: the copies go first, and the second one leaves at once', async () => {
    for (const twice of [false, true]) {
      const gates = held();
      const driven = await drive({ rehearsals: [HOLDS], gate: gates.gate });
      await driven.keys(...PLANNED);
      gates.close();
      assert.equal((await driven.keys('enter', 'ctrl-c')).left, undefined);
      if (twice) {
        assert.equal((await driven.keys('ctrl-c')).left, 130);
        assert.match(farewell(driven.store.get()).join(' '), /disposable copies were being taken away/);
      }
      gates.open();
      await settle(driven);
      assert.equal(driven.store.get().left, 130);
      if (!twice) assert.match(farewell(driven.store.get()).join(' '), /nothing applied/);
    }
  });

  it('is never the yes: enter does nothing when it holds, a opens the question, and y answers it', async () => {
    const driven = await drive({ rehearsals: [HOLDS] });
    await driven.keys('enter', 'f', 'p', 'enter', 'enter', 'y');
    assert.ok(!driven.session.asked.includes('apply'));
    await driven.keys('a', 'esc', 'a');
    assert.match(frame(driven.store.get()).join('\n'), /Apply it\? y applies/);
    await driven.keys('y');
    assert.ok(driven.session.asked.includes('apply'));
  });

  it('goes on where it cannot tell, and says so', async () => {
    const driven = await drive({ rehearsals: [UNKNOWN] });
    const rows = frame(await driven.keys('enter', 'f', 'p', 'enter')).join('\n').replace(/ *\n */g, ' ');
    assert.match(rows, /Cannot tell: redis did not start in the copy either\. 1 of 2 could not be compared\./);
    assert.match(rows, /a apply all the same/);
    await driven.keys('a', 'y');
    assert.ok(driven.session.asked.includes('apply'));
  });

  it('says what the rebuild brings beside the fix', async () => {
    const driven = await drive({ rehearsals: [{ ...HOLDS, drift: [{ service: 'web', brings: [text('curl 7.88.1-10 becomes 7.88.1-12', 'curl 7.88.1-10 变成 7.88.1-12')] }] }] });
    const rows = frame(await driven.keys('enter', 'f', 'p', 'enter', 'a'));
    assert.deepEqual(faults(rows), []);
    assert.match(rows.join(' ').replace(/\s+/g, ' '), /Building web brings more than the fix: curl 7\.88\.1-10 becomes/);
    assert.match(rows.join('\n'), /Apply it\? y applies/);
  });

  it('forbids to apply where it breaks, and the plan remembers', async () => {
    const driven = await drive({ rehearsals: [BREAKS] });
    await driven.keys(...PLANNED, 'enter', 'a', 'y');
    assert.ok(!driven.session.asked.includes('apply'));
    const rows = frame(await driven.keys('esc')).join('\n');
    assert.match(rows, /Rehearsal +Breaks: one thing gets worse/);
    assert.equal(shown(await driven.keys('enter')).name, 'rehearsal', 'it is shown again, not done again');
    assert.equal(driven.session.asked.filter((one) => one.startsWith('rehearse')).length, 1);
  });

  it('is not there for a plan without containers, and is said to be skipped where it was', async () => {
    const host = await drive({ rehearsals: [undefined] });
    assert.equal(shown(await host.keys('enter', 'f', 'p', 'enter')).name, 'confirm', 'the engine had nothing to rehearse');
    const driven = await drive({ rehearsals: [HOLDS] });
    const skipped = await driven.keys('enter', 'f', 'p', 'a');
    assert.equal(shown(skipped).name, 'confirm');
    assert.match(frame(skipped).join('\n'), /Not tried +on copies first: you go on without a rehearsal/);
    assert.equal(driven.session.asked.filter((one) => one.startsWith('rehearse')).length, 0);
  });

  it('asks for what lies outside the project on the page that says what it is', async () => {
    const unit: Change = { kind: 'edit-file', path: '/etc/systemd/system/shop.service', hash: 'h', edits: [] };
    const driven = await drive({ rehearsals: [HOLDS], besides: [unit] });
    const wizard = await driven.keys('enter', 'f', 'p', 'enter', 'a');
    assert.equal(shown(wizard).name, 'confirm');
    assert.match(frame(wizard).join('\n'), /Rehearsed +Holds: 7 gone/);
  });

  it('does not happen in a dry run', async () => {
    const driven = await drive({ rehearsals: [HOLDS] }, { dryRun: true });
    await driven.keys('enter', 'f', 'p', 'enter', 'a');
    assert.equal(driven.name(), 'plan');
    assert.ok(!driven.session.asked.some((one) => one.startsWith('rehearse')));
  });
});
