import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Stop } from '../../source/model/errors.ts';
import { same, text } from '../../source/model/text.ts';
import { bindingFor } from '../../source/tui/keys.ts';
import { kindOf } from '../../source/tui/screens/index.ts';
import { shown, type Wizard } from '../../source/tui/wizard.ts';
import { drive } from './drive.ts';
import { fakeFindings, fakeMachine } from './fake-shop.ts';
import { pictured } from './kitchen/made.tsx';

const works = (wizard: Wizard, key: string): boolean => bindingFor(kindOf(shown(wizard)).keys, shown(wizard), wizard, key) !== undefined;
const screen = (wizard: Wizard): string => pictured(wizard).join('\n');

describe('what is not this project\'s', () => {
  it('is looked at when a asks for it, once, and its names are folded by the next one', async () => {
    const driven = await drive();
    assert.match(screen(driven.store.get()), /7 containers of other projects +a {2}look at them too/);
    assert.deepEqual(driven.session.asked, ['inspect'], 'not before');
    assert.match(screen(await driven.keys('a')), /1 finding {3}a {2}fold them[\s\S]*c0 +blog/);
    assert.match(screen(await driven.keys('a')), /1 finding {3}a {2}list them/);
    assert.deepEqual(driven.session.asked.filter((one) => one !== 'inspect'), ['beyond container']);
  });
  it('stands behind the project\'s own findings, and is counted apart', async () => {
    const driven = await drive();
    const wizard = await driven.keys('a', 'enter', 'G');
    assert.match(screen(wizard), /7 findings in 5 services, worst first\. 8 more are low/);
    assert.match(screen(wizard), /❯ 8 high +running +blog\/web runs as root/);
    assert.match(screen(wizard), /Shown only: it belongs to the project blog; to fix it: harden-tui\s+\/srv\/blog\b/);
    assert.match(screen(wizard), /0 chosen, 7 open {3}1 not this project's/);
  });
  it('is never offered: not by f, not by enter on a way, not by i', async () => {
    const driven = await drive();
    const list = await driven.keys('a', 'enter', 'G', 'f');
    assert.equal(list.decisions.size, 0);
    assert.match(list.notice ?? '', /Shown only/);
    assert.ok(!works(list, 'i'));
    for (const key of ['1', '2', '3']) {
      const finding = await driven.keys('enter', key, 'enter');
      assert.equal(finding.decisions.size, 0, key);
      assert.ok(!works(finding, 'i'));
      await driven.keys('esc', 'esc');
      if (driven.name() === 'looking') await driven.keys('enter');
    }
  });
  it('is none of those that are like a finding', async () => {
    const driven = await drive();
    const wizard = await driven.keys('a', 'enter', 'j', 'enter');
    assert.equal(driven.name(), 'finding');
    // The other project's web runs as root, too.
    assert.ok(!works(wizard, 'A'));
  });
  it('is looked at again with the next look, and does not hold it up', async () => {
    const driven = await drive();
    await driven.keys('a', 'enter');
    const again = await driven.tell({ kind: 'edited' });
    assert.equal(driven.session.asked.filter((one) => one === 'beyond container').length, 2);
    assert.ok(again.looking.findings.some((one) => one.foreign));
  });
  it('where nothing of the project is found, that is said all the same', async () => {
    const driven = await drive({ findings: [] });
    assert.match(screen(await driven.keys('a', 'enter')), /Nothing to fix\.[\s\S]*blog\/web/);
  });
  it('that can\'t be looked at is said, and waited for no longer', async () => {
    const driven = await drive({ unreachable: new Stop(text('Docker stopped answering.', 'Docker 停止响应。'), [same('docker info')]) });
    await driven.keys('a');
    assert.equal(driven.name(), 'trouble');
    assert.match(screen(await driven.keys('esc')), /a {2}(?:fold|look)/);
  });
  it('has processes, too, where there are any', async () => {
    const driven = await drive({ machine: { elsewhere: [...fakeMachine.elsewhere, { kind: 'process', name: 'gunicorn (pid 812)', owner: '/srv/app' }] }, findings: fakeFindings });
    assert.match(screen(await driven.keys('p')), /1 process of this machine outside containers +0 findings {3}p {2}fold them[\s\S]*gunicorn \(pid 812\) +\/srv\/app/);
    assert.ok(driven.session.asked.includes('beyond process'));
  });
});
