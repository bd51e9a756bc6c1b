import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { listed, type FindingsScreen } from '../../source/tui/screens/findings/state.ts';
import { shown, type Wizard } from '../../source/tui/wizard.ts';
import { drive } from './drive.ts';
import { frame } from './frame.tsx';

const list = (wizard: Wizard): readonly string[] => listed(shown(wizard) as FindingsScreen, wizard).map((one) => `${one.id} ${one.severity}`);

describe('the one question about a project', () => {
  it('is asked before the list, where a severity hangs on it, and says which', async () => {
    const driven = await drive({ hangs: true });
    const rows = frame(await driven.keys('enter')).join('\n');
    assert.match(rows, /Is whoever can edit the app's files trusted with root of this machine\?/);
    assert.match(rows, /root reads admin's gunicorn\.conf\.py, and the app can write it: high if not,\s+low if so/);
    assert.match(rows, /trust: \{app-editors: app\}/);
    assert.match(frame(await driven.keys('j')).join('\n'), /trust: \{app-editors: root\}/);
    await driven.keys('y');
    assert.deepEqual(driven.copied, ['trust: {app-editors: root}']);
    assert.ok(!driven.session.asked.some((one) => one.startsWith('answer')));
  });

  it('is answered once: the severity follows, and it is not asked again', async () => {
    const driven = await drive({ hangs: true });
    const wizard = await driven.keys('enter', '2', 'enter');
    assert.equal(shown(wizard).name, 'findings');
    assert.ok(driven.session.asked.includes('answer root'));
    assert.equal(wizard.looking.machine?.appEditors, 'root');
    assert.ok(!list(wizard).some((one) => one.startsWith('F8')), 'it is low now, and folded');
    assert.ok(list(await driven.keys('l')).includes('F8 low'));
    assert.equal(shown(await driven.keys('esc', 'enter')).name, 'findings');
  });

  it('answered with no leaves it as severe as it was', async () => {
    const driven = await drive({ hangs: true });
    const wizard = await driven.keys('enter', 'enter');
    assert.ok(driven.session.asked.includes('answer app'));
    assert.ok(list(wizard).includes('F8 high'));
  });

  it('can be left for later: nothing is kept', async () => {
    for (const keys of [['esc'], ['3', 'enter']]) {
      const driven = await drive({ hangs: true });
      const wizard = await driven.keys('enter', ...keys);
      assert.equal(shown(wizard).name, 'findings');
      assert.ok(!driven.session.asked.some((one) => one.startsWith('answer')));
      assert.ok(list(wizard).includes('F8 high'));
    }
  });

  it('is not asked where nothing hangs on it', async () => {
    const driven = await drive();
    assert.equal(shown(await driven.keys('enter')).name, 'findings');
  });
});
