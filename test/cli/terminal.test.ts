import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { terminalOf } from '../../source/cli/terminal.ts';

const front = (env: NodeJS.ProcessEnv, flags = {}) => terminalOf(env, flags).front;

describe('what the environment says of the terminal', () => {
  it('lines where nothing can be drawn, sentences for a screen reader, else a screen', () => {
    assert.deepEqual([front({ TERM: 'xterm' }), front({ TERM: 'dumb' }), front({ TERM: '' }), front({ TERM: 'dumb' }, { 'screen-reader': true })], ['screen', 'lines', 'lines', 'lines']);
    assert.deepEqual([{ ACCESSIBLE: '1' }, { INK_SCREEN_READER: 'true' }, { ACCESSIBLE: '0' }, { ACCESSIBLE: '' }].map((env) => front({ TERM: 'xterm', ...env })), ['reader', 'reader', 'screen', 'screen']);
    assert.equal(front({ TERM: 'xterm' }, { 'screen-reader': true }), 'reader');
  });
  it('a bare console is drawn with letters, and is not asked what it would print', () => {
    const { ascii, ask } = terminalOf({ TERM: 'linux' }, {});
    assert.deepEqual([ascii, ask], [true, false]);
  });
  it('the wheel is left alone on request', () => assert.deepEqual([terminalOf({ TERM: 'xterm' }, {}).mouse, terminalOf({ TERM: 'xterm' }, { 'no-mouse': true }).mouse], [true, false]));
});
