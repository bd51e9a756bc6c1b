import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { tracked } from '../../source/cli/under-way.ts';
import type { Plan } from '../../source/model/plan.ts';
import { result, session } from './helpers/world.ts';

describe('a wizard that is left in the middle of a step', () => {
  it('leaves the step under way: who cleans up behind it waits for its end, however that is', async () => {
    for (const fails of [false, true]) {
      let end = (): void => undefined;
      const held = new Promise<void>((resolve) => { end = resolve; });
      const at = tracked({ ...session(), apply: async () => {
        await held;
        if (fails) throw new Error('the disk is full');
        return result();
      } });
      assert.equal(at.busy(), false);
      const applied = at.session.apply({} as Plan, () => undefined).catch(() => undefined);
      assert.equal(at.busy(), true);
      let over = false;
      const ended = at.ended().then(() => { over = true; });
      await new Promise((resolve) => setTimeout(resolve, 20));
      assert.equal(over, false);
      end();
      await Promise.all([ended, applied]);
      assert.equal(at.busy(), false);
    }
  });
});
