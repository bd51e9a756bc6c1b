import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { programOf, suggester } from '../../source/cli/suggest.ts';
import { call } from './helpers/call.ts';
import { machine } from './helpers/world.ts';

describe('commands that are suggested', () => {
  it('name the program as it was started', () => {
    const clone = { npm_lifecycle_event: 'start', npm_package_name: 'harden-tui' };
    assert.equal(programOf('/clone/bin/harden-tui.js', clone, '/clone'), 'npm start --');
    assert.equal(programOf('/clone/bin/harden-tui.js', {}, '/clone'), 'node /clone/bin/harden-tui.js', 'true from any folder');
    assert.equal(programOf('/clone/bin/harden-tui.js', {}, '/p'), 'node /clone/bin/harden-tui.js');
    assert.equal(programOf('/p/node_modules/.bin/harden-tui', {}, '/p'), 'npx harden-tui');
    assert.equal(programOf('/home/me/.npm/_npx/1a/node_modules/.bin/harden-tui', { npm_command: 'exec' }, '/p'), 'npx harden-tui');
    assert.equal(programOf('/usr/local/bin/harden-tui', {}, '/p'), 'harden-tui');
    // npm start of a project that has harden-tui installed is that project's own.
    assert.equal(programOf('/p/node_modules/.bin/harden-tui', { npm_lifecycle_event: 'start', npm_package_name: 'shop' }, '/p'), 'npx harden-tui');
    assert.equal(programOf(undefined, {}, '/p'), 'harden-tui');
  });

  it('repeat the PATH and the flags that the other word takes, quoted for a shell', () => {
    const suggest = suggester('npm start --', {
      word: 'scan', rest: './my shop', lang: 'en',
      flags: { 'no-docker': true, context: 'desktop', format: 'json', 'fail-on': 'low', verbose: true, lang: 'en' },
    });
    assert.equal(suggest('The diff: harden-tui fix'), "The diff: npm start -- fix './my shop' --no-docker --context desktop --lang en");
    assert.equal(suggest('harden-tui undo 3, or harden-tui history'), 'npm start -- undo --context desktop --lang en 3, or npm start -- history --context desktop --lang en');
    assert.equal(suggest('harden-tui did nothing; harden-tui: shop; the harden-tui-1 of fix'), 'harden-tui did nothing; harden-tui: shop; the harden-tui-1 of fix');
  });

  it('repeat every value of a flag that stands several times', () => {
    const suggest = suggester('harden-tui', { word: 'fix', lang: 'en', flags: { fix: ['a=b', 'c=d'], check: ["curl 'x'"], yes: true } });
    assert.equal(suggest('harden-tui fix --yes'), `harden-tui fix --fix a=b --fix c=d --check 'curl '"'"'x'"'"'' --yes`);
  });

  it('name their own risk once', () => {
    const suggest = suggester('harden-tui', { word: 'fix', lang: 'en', flags: { risk: ['a', 'b'], fix: ['c=d'] } });
    assert.equal(suggest('first: harden-tui fix --risk a --rehearse'), 'first: harden-tui fix --fix c=d --risk a --rehearse');
  });

  it('stand so in what a word says, and in what stops it', async () => {
    const dry = await call(['fix', 'my shop', '--no-processes', '--risk', 'root-container'], { io: { program: 'npx harden-tui' } });
    assert.match(dry.stderr, /^Dry run: nothing is changed\. To apply this: npx harden-tui fix 'my shop' --no-processes --risk root-container --yes\n/);
    const { docker: _, ...rest } = machine();
    const stopped = await call(['fix', 'x', '--yes', '--no-docker'], { world: { machine: rest } });
    assert.match(stopped.stderr, /not verified: harden-tui fix x --no-docker --yes --files-only\n/);
    assert.match((await call(['scan', 'x'], { io: { program: 'npm start --' } })).stdout, /ways: npm start -- fix x\n/);
    assert.match((await call(['explian'], { io: { program: 'npm start --' }, cwd: '/scna', terminal: true })).stderr, /npm start -- --help/);
  });
});
