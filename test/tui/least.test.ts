import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { LANGS, text } from '../../source/model/text.ts';
import { choicesOf, shown } from '../../source/tui/wizard.ts';
import { drive, type Driven } from './drive.ts';
import { fakeFindings } from './fake-shop.ts';
import { faults, frame } from './frame.tsx';

const findings = [{ ...fakeFindings[1]!, id: 'F9', risk: 'all-capabilities', title: text('web keeps all capabilities', 'web 保留着全部 capability'), detail: { service: 'web' } }];
const settle = (driven: Driven) => driven.tell({ kind: 'calls', calls: [] });

function held() {
  const waiting: (() => void)[] = [];
  let on = false;
  return { gate: (): Promise<void> => (on ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve()), close: () => { on = true; }, next: () => waiting.shift()?.(), open: () => { on = false; for (const go of waiting.splice(0)) go(); } };
}

describe('finding out by trial what a service can do without', () => {
  it('tries every service of a row, one after the other', async () => {
    const [one] = findings;
    const plural = text('keep all capabilities', '保留着全部 capability');
    const row = ['web', 'worker'].map((service, i) => ({ ...one!, id: `F${i}`, severity: 'low' as const, plural, detail: { service }, subjects: [{ kind: 'service' as const, name: service }] }));
    const driven = await drive({ findings: row, trials: true });
    const list = frame(await driven.keys('enter', 'l')).join('\n');
    assert.match(list, /1 low +running +web and worker keep all capabilities +web worker/);
    await driven.keys('enter', 't');
    assert.ok(driven.session.asked.includes('least web worker'), driven.session.asked.join(', '));
    // Numbers begin anew with each service, so a row says whose it is, and so does what was found.
    const rows = frame(await settle(driven)).map((row) => row.trimEnd());
    for (const service of ['web   ', 'worker']) {
      assert.ok(rows.some((row) => new RegExp(`✗ +${service} +1 +breaks +cap_drop: ALL `).test(row)), rows.join('\n'));
      assert.ok(rows.some((row) => row.endsWith(`${service.trim()}: capabilities: CHOWN`)), rows.join('\n'));
    }
  });
  it('says the limits, shows each trial, and ends in the way out with its diff', async () => {
    const gates = held();
    const driven = await drive({ findings, trials: true, gate: gates.gate });
    assert.match(frame(await driven.keys('enter')).join('\n'), /found out by trial: enter, then t/);
    const before = frame(await driven.keys('enter')).join('\n');
    assert.match(before, /to be found out by trial first: t/);
    assert.match(before, /t find out by trial/);
    gates.close();
    const first = frame(await driven.keys('t')).join('\n');
    assert.match(first.replace(/\s+/g, ' '), /What can web do without\?.* at most 16 trials, about 12 s each\. Yours are not touched/);
    assert.match(first, / 1 {2}cap_drop: ALL /);
    gates.next();
    const second = frame(await settle(driven)).join('\n');
    assert.match(second, /✗ +1 +breaks +cap_drop: ALL +11\.0 s/);
    assert.match(second, /chown: Operation not permitted/);
    gates.open();
    const last = frame(await settle(driven)).join('\n');
    assert.match(last, /✓ +2 +holds +cap_drop: ALL, cap_add: CHOWN/);
    assert.match(last, /Found +capabilities: CHOWN/);
    const found = frame(await driven.keys('enter')).join('\n');
    assert.match(found, /recommended/);
    assert.match(found, /\+ {4}cap_drop: \[ALL\]/);
    assert.deepEqual(choicesOf(await driven.keys('enter')).map((one) => one.fix), ['minimal-capabilities']);
  });

  it('is stopped by esc and by ctrl-c: the copies go first, and nothing was found', async () => {
    for (const key of ['esc', 'ctrl-c']) {
      const gates = held();
      const driven = await drive({ findings, trials: true, gate: gates.gate });
      await driven.keys('enter', 'enter');
      gates.close();
      await driven.keys('t', 'q', key);
      assert.match(frame(driven.store.get()).join('\n'), /Stopping: the copies are taken away/);
      assert.equal(driven.store.get().left, undefined);
      gates.open();
      const wizard = await settle(driven);
      if (key === 'esc') assert.equal(shown(wizard).name, 'finding');
      else assert.equal(wizard.left, 130);
      assert.deepEqual(driven.broken, []);
    }
  });

  it('is offered where a trial can tell, and nowhere else', async () => {
    const other = await drive({ trials: true });
    assert.equal(shown(await other.keys('enter', 'enter', 't')).name, 'finding');
    const dry = await drive({ findings, trials: true }, { dryRun: true });
    assert.equal(shown(await dry.keys('enter', 'enter', 't')).name, 'finding');
    const none = await drive({ findings });
    assert.equal(shown(await none.keys('enter', 'enter', 't')).name, 'finding');
  });

  it('fills 80x24 at every moment', async () => {
    for (const lang of LANGS) {
      const gates = held();
      const driven = await drive({ findings, trials: true, gate: gates.gate }, { lang });
      await driven.keys('enter', 'enter');
      gates.close();
      await driven.keys('t');
      for (let i = 0; i < 3; i++) {
        const rows = frame(driven.store.get());
        assert.deepEqual(faults(rows), [], rows.join('\n'));
        gates.next();
        await settle(driven);
      }
    }
  });
});
