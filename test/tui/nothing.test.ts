import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { text } from '../../source/model/text.ts';
import { drive } from './drive.ts';
import { pictured } from './kitchen/made.tsx';

const checked = Array.from({ length: 40 }, (_, i) => text(`Thing number ${i + 1}.`, `第 ${i + 1} 项。`));

describe('nothing to fix', () => {
  it('names all that was looked for, also where it is longer than the screen', async () => {
    const driven = await drive({ findings: [] }, { checked });
    const seen = new Set<string>();
    let picture = pictured(await driven.keys('enter')).join('\n');
    assert.match(picture, /Nothing to fix\./);
    assert.match(picture, /more lines/);
    for (let i = 0; i < 60; i++) {
      for (const one of picture.match(/Thing number \d+\./g) ?? []) seen.add(one);
      picture = pictured(await driven.keys('j')).join('\n');
    }
    assert.equal(seen.size, checked.length);
    assert.doesNotMatch(picture, /more lines/);
    assert.match(pictured(await driven.keys('g')).join('\n'), /Nothing to fix\./);
  });
});
