import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { farewell } from '../../source/tui/farewell.ts';
import { textOf } from '../../source/tui/lines.ts';
import { doneContent } from '../../source/tui/screens/done/content.ts';
import { viewOf } from '../../source/tui/view.ts';
import type { Wizard } from '../../source/tui/wizard.ts';
import { drive } from './drive.ts';

describe('where it was started', () => {
  const rows = (wizard: Wizard): string => doneContent(wizard, viewOf(wizard)).map(textOf).join('\n');

  it('commands can be pasted there', async () => {
    const driven = await drive({}, { suggest: (sentence) => sentence.replace('harden-tui undo', 'npx harden-tui undo') });
    const wizard = await driven.keys('enter', 'f', 'p', 'enter', 'y');
    assert.match(rows(wizard), /npx harden-tui undo/);
    assert.equal(farewell(wizard).at(-1), 'Take it back: npx harden-tui undo');
  });
  it('a demo offers no way back that goes with it', async () => {
    const driven = await drive({}, { demo: true });
    const wizard = await driven.keys('enter', 'f', 'p', 'enter', 'y');
    assert.doesNotMatch(rows(wizard), /next week|harden-tui undo/);
    assert.match(rows(wizard), /u, now\. When the wizard is left, the demo is removed/);
    assert.equal(farewell(wizard).at(-1), 'It was a demo: it is removed now, and there is nothing to take back.');
  });
});
