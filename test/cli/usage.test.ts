import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { describe, it } from 'node:test';
import { doors } from '../../source/cli/doors.ts';
import { FLAGS, LATER, WORDS } from '../../source/cli/flags.ts';
import { langOf } from '../../source/cli/locale.ts';
import { nearest } from '../../source/cli/nearest.ts';
import { parse } from '../../source/cli/parse.ts';
import { call } from './helpers/call.ts';

/** Wrong usage: exit code 2, nothing on stdout, and these words on stderr. */
async function refused(argv: readonly string[], ...words: readonly RegExp[]): Promise<void> {
  const { code, stdout, stderr, opened } = await call(argv);
  assert.equal(code, 2, stderr);
  assert.equal(stdout, '');
  assert.equal(opened.length, 0, 'a session was opened all the same');
  for (const word of words) assert.match(stderr, word);
  assert.doesNotMatch(stderr, /mistake of ours|^\s+at /m);
}

describe('wrong usage is one clear sentence, what to try, and exit code 2', () => {
  it('names an unknown flag and the one that was meant', () => refused(['scan', '--sevrity', 'low'], /There is no flag --sevrity\./, /Did you mean --severity\?/));
  it('names an unknown short flag', () => refused(['scan', '-x'], /There is no flag -x\./));
  it('names an unknown word and the one that was meant', () => refused(['scna'], /no word and no folder "scna"/, /Did you mean scan\?/));
  it('names an unknown risk and the one that was meant', () => refused(['fix', '--risk', 'root-contaner'], /no risk "root-contaner"/, /Did you mean root-container\?/));
  it('names an unknown risk to explain', () => refused(['explain', 'nonsense'], /no risk "nonsense"/, /harden-tui risks/));
  it('names an unknown fix, and lists those of the risk', () => refused(['fix', '--fix', 'root-container=nmed-user'], /has no fix "nmed-user"/, /root-container=named-user/, /root-container=step-down/));
  it('says how --fix is written', () => refused(['fix', '--fix', 'root-container'], /RISK=FIX/));
  it('lists the severities', () => refused(['scan', '--fail-on', 'bad'], /critical, high, medium, low, info, none/));
  it('lists the formats of the word', () => refused(['scan', '--format', 'xml'], /pretty, json, sarif/));
  it('says which formats are still to come', () => refused(['scan', '--format', 'html'], /--format html is not built yet/));
  it('lists the languages', () => refused(['risks', '--lang', 'de'], /en, zh-CN/));
  for (const [tag, lang] of [['zh', 'zh-CN'], ['zh_CN', 'zh-CN'], ['zh-hans', 'zh-CN'], ['zh_CN.UTF-8', 'zh-CN'], ['en-GB', 'en']] as const) {
    it(`takes ${tag} for ${lang}`, () => assert.deepEqual([parse(['risks', '--lang', tag], {}).lang, parse(['risks', '--lang', tag], {}).flags.lang], [lang, lang]));
  }
  it('asks for the value of a flag, and does not take the next flag for it', () => refused(['scan', '--severity', '--all'], /--severity needs a value/));
  it('refuses a value where none is taken', () => refused(['fix', '--yes=now'], /--yes takes no value/));
  it('says which word a flag belongs to', () => refused(['scan', '--yes'], /harden-tui scan has no --yes/, /harden-tui fix \[PATH\]/));
  it('refuses a word too many', () => refused(['risks', 'all'], /"all" is too much/));
  it('refuses a second path', () => refused(['scan', 'a', 'b'], /"b" is one word too many/));
  it('asks which risk is to be explained', () => refused(['explain'], /needs the id of a risk/));
  it('wants a URL for --check-url', () => refused(['fix', '--check-url', 'localhost'], /http or https URL/));
  for (const word of LATER) it(`says that ${word} is not built yet`, () => refused([...(word.startsWith('--') ? ['fix'] : []), word], /is not built yet/));

  it('says it in Chinese where the locale is Chinese', async () => {
    const { stderr } = await call(['scan', '--bogus'], { env: { LANG: 'zh_CN.UTF-8' } });
    assert.match(stderr, /没有 --bogus 这个选项/);
  });
});

describe('help and version', () => {
  it('has every word and flag of the table, and none that is still to come', async () => {
    const { code, stdout, stderr } = await call(['--help']);
    assert.equal(code, 0);
    assert.equal(stderr, '');
    for (const word of WORDS.filter((w) => w !== 'wizard')) assert.match(stdout, new RegExp(`harden-tui ${word}\\b`));
    for (const flag of Object.keys(FLAGS)) assert.match(stdout, new RegExp(`--${flag}\\b`));
    for (const later of LATER) assert.doesNotMatch(stdout, new RegExp(`(harden-tui |\\s)${later}\\b`));
    assert.ok(stdout.split('\n').every((line) => line.length <= 80), 'a line is wider than 80 columns');
  });
  it('shows the flags of one word alone', async () => {
    const { stdout } = await call(['undo', '--help']);
    assert.match(stdout, /--yes/);
    assert.doesNotMatch(stdout, /--severity/);
  });
  it('names every scenario of the demo', async () => {
    const { code, stdout } = await call(['demo', '--help'], { doors: { demo: doors.demo, files: doors.files } });
    assert.equal(code, 0);
    for (const { name } of readdirSync('scenarios', { withFileTypes: true }).filter((d) => d.isDirectory())) assert.match(stdout, new RegExp(`^  ${name} +\\S`, 'm'));
    assert.doesNotMatch((await call(['scan', '--help'])).stdout, /Scenarios/);
  });
  it('speaks Chinese', async () => assert.match((await call(['--help', '--lang', 'zh-CN'])).stdout, /退出码/));
  it('prints the version alone', async () => assert.match((await call(['--version'])).stdout, /^\d+\.\d+\.\d+\n$/));
});

describe('the language comes from the locale', () => {
  it('takes LC_ALL before LC_MESSAGES before LANG', () => {
    assert.equal(langOf({ LANG: 'zh_CN.UTF-8' }), 'zh-CN');
    assert.equal(langOf({ LANG: 'zh_CN.UTF-8', LC_ALL: 'C.UTF-8' }), 'en');
    assert.equal(langOf({ LANG: 'de_DE', LC_MESSAGES: 'zh_TW' }), 'zh-CN');
    assert.equal(langOf({ LC_ALL: '', LANG: 'zh' }), 'zh-CN');
    assert.equal(langOf({}), 'en');
  });
});

describe('the word that was meant', () => {
  it('is near, or is not guessed at all', () => {
    assert.equal(nearest('scna', ['scan', 'fix']), 'scan');
    assert.equal(nearest('fox', ['scan', 'fix']), 'fix');
    assert.equal(nearest('kubernetes', ['scan', 'fix']), undefined);
  });
});
