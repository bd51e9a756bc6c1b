import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { drive } from './drive.ts';
import { frame } from './frame.tsx';

describe('what stands below the list', () => {
  it('is the way that was chosen, once one was, and not the recommended one', async () => {
    const driven = await drive();
    const before = frame(await driven.keys('enter', '/', ...'socket', 'enter')).join('\n');
    assert.match(before, /660, nginx owns it: /);
    await driven.keys('enter', '2', 'enter');
    const after = frame(await driven.keys('g')).join('\n');
    assert.match(after, /660, the app owns it: /);
    assert.doesNotMatch(after, /660, nginx owns it: /);
  });
});
