import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdtempSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { doors } from '../../source/cli/doors.ts';
import { preferencesAt } from '../../source/cli/preferences.ts';
import { readPreferences } from '../../source/cli/read-preferences.ts';
import { terminalOf } from '../../source/cli/terminal.ts';
import { call } from './helpers/call.ts';

const at = '/home/me/.config/harden-tui/config.yaml';
const said = (yaml: string) => ({ doors: { readOwn: async (path: string) => Buffer.from(path === at ? yaml : 'lang: zh-CN') } });

describe('what one person wants of every call', () => {
  it('is read from that person\'s own folder', () => {
    assert.equal(preferencesAt({ env: {}, home: '/home/me' }), at);
    assert.equal(preferencesAt({ env: { XDG_CONFIG_HOME: '/x' }, home: '/home/me' }), '/x/harden-tui/config.yaml');
    assert.deepEqual(readPreferences('lang: zh\nscreen-reader: true\nascii: false\nmouse: false\ncolor: false\n'), { own: { lang: 'zh-CN', screenReader: true, ascii: false, mouse: false, colour: false }, faults: [] });
    assert.deepEqual(readPreferences('# nothing yet\n'), { own: {}, faults: [] });
  });
  it('names what it can\'t take, and takes the rest', () => {
    const { own, faults } = readPreferences('lang: fr\nscreen_reader: true\nascii: yes please\nmouse: false\n');
    assert.deepEqual(own, { mouse: false });
    assert.deepEqual(faults.map((f) => f.en), ['lang is one of en, zh-CN', 'there is no setting "screen_reader"; did you mean screen-reader?', 'ascii is true or false']);
    assert.equal(readPreferences('lang: [').faults.length, 1);
    assert.equal(readPreferences('- lang').faults.length, 1);
  });
  it('stands above the locale and below the flag', async () => {
    const risks = async (...more: string[]) => (await call(['risks', ...more], { ...said('lang: zh-CN\n'), env: { LANG: 'en_US.UTF-8' } })).stdout;
    assert.match(await risks(), /[一-龥]/);
    assert.doesNotMatch(await risks('--lang', 'en'), /[一-龥]/);
    // Also where the call itself was wrong.
    assert.match((await call(['risks', 'too', 'much'], said('lang: zh-CN\n'))).stderr, /多余/);
  });
  it('never keeps a call from going on', async () => {
    const { code, stderr } = await call(['risks'], said('lang: [\n'));
    assert.equal(code, 0);
    assert.match(stderr, /^\/home\/me\/\.config\/harden-tui\/config\.yaml: /);
    assert.equal((await call(['risks'])).stderr, '', 'no file, no word');
  });
  it('chooses the front, below a flag and the environment', () => {
    const front = (env: NodeJS.ProcessEnv, flags = {}) => terminalOf({ TERM: 'xterm', ...env }, flags, { screenReader: true, ascii: true, mouse: false }).front;
    assert.deepEqual([front({}), front({ ACCESSIBLE: '0' }), front({ TERM: 'dumb' })], ['reader', 'screen', 'lines']);
    const { ascii, mouse } = terminalOf({ TERM: 'xterm' }, {}, { ascii: true, mouse: false });
    assert.deepEqual([ascii, mouse], [true, false]);
    assert.equal(terminalOf({ TERM: 'xterm' }, { 'screen-reader': true }, { screenReader: false }).front, 'reader');
  });
  it('has a schema that says the same', () => {
    const schema = JSON.parse(readFileSync(join(import.meta.dirname, '../../schema/config.schema.json'), 'utf8')) as { properties: Record<string, { type?: string; enum?: string[] }> };
    for (const [name, of] of Object.entries(schema.properties)) {
      const value = of.enum?.[0] ?? 'true';
      assert.deepEqual(readPreferences(`${name}: ${value}\n`).faults, [], name);
    }
    assert.deepEqual(Object.keys(schema.properties), ['lang', 'screen-reader', 'ascii', 'mouse', 'color']);
  });
});

describe('the greeting of a newcomer', () => {
  it('is given once, and kept beside the journals', async (t) => {
    const home = mkdtempSync(join(tmpdir(), 'harden-tui-greeted-'));
    t.after(() => rmSync(home, { recursive: true, force: true }));
    assert.equal(await doors.firstTime!({}, home), true);
    assert.equal(await doors.firstTime!({}, home), false);
    const folder = join(home, '.local/state/harden-tui');
    assert.equal(statSync(folder).mode & 0o777, 0o700);
    assert.ok(existsSync(join(folder, 'greeted')));
    const other = join(home, 'xdg');
    assert.equal(await doors.firstTime!({ XDG_STATE_HOME: other }, home), true);
    assert.equal(await doors.firstTime!({ XDG_STATE_HOME: other }, home), false);
  });
  it('breaks nothing where nothing can be kept', async (t) => {
    const home = mkdtempSync(join(tmpdir(), 'harden-tui-greeted-'));
    t.after(() => rmSync(home, { recursive: true, force: true }));
    // A file where the folder should be: nobody, root neither, makes a folder there.
    writeFileSync(join(home, '.local'), '');
    assert.equal(await doors.firstTime!({}, home), true);
    mkdirSync(join(home, 'ro'));
    chmodSync(join(home, 'ro'), 0o500);
    assert.equal(typeof await doors.firstTime!({ XDG_STATE_HOME: join(home, 'ro') }, home), 'boolean');
  });
});
