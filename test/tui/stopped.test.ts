import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { text } from '../../source/model/text.ts';
import { shown } from '../../source/tui/wizard.ts';
import { drive } from './drive.ts';

describe('what stands in the way', () => {
  const stop = { kind: 'stopped', what: text('Dockerfile was changed since it was read. Nothing was begun.', 'Dockerfile 在读取之后被改过。什么都没有开始。'), next: [] } as const;
  it('of a plan is shown, and nothing waits for ever below it', async () => {
    const driven = await drive();
    await driven.keys('enter', 'f');
    driven.store.tell({ kind: 'key', key: 'p' });
    assert.equal(shown(await driven.tell(stop)).name, 'trouble');
  });
  it('of applying leads back to the confirmation, with nothing begun', async () => {
    let open = (): void => undefined;
    const held = new Promise<void>((resolve) => { open = resolve; });
    let free = true;
    const driven = await drive({ gate: () => (free ? Promise.resolve() : held) });
    await driven.keys('enter', 'f', 'p', 'enter');
    free = false;
    await driven.keys('y', 'c');
    const wizard = await driven.tell(stop);
    assert.equal(wizard.applied, undefined);
    assert.deepEqual(wizard.stack.map((screen) => screen.name), ['looking', 'findings', 'plan', 'confirm', 'commands', 'trouble']);
    open();
  });
});
