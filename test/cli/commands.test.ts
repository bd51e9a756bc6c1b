// Every command that anybody is told to type: it must be one that is understood as it stands.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, it } from 'node:test';
import { FLAGS, WORDS, type FlagName, type Word } from '../../source/cli/flags.ts';
import { suggester } from '../../source/cli/suggest.ts';
import { TABLE } from '../../source/cli/table.ts';
import { root } from '../listing.ts';

const filesIn = (folder: string, pattern: RegExp): string[] =>
  readdirSync(join(root, folder), { withFileTypes: true, recursive: true }).filter((e) => e.isFile() && pattern.test(e.name) && !/\/(?:cases|project)\//.test(`${e.parentPath}/`)).map((e) => relative(root, join(e.parentPath, e.name)));

const FILES = [...filesIn('source', /\.(?:tsx?|md)$/), ...filesIn('docs', /\.md$/), ...filesIn('scenarios', /\.md$/), 'README.md', 'README.zh-CN.md', 'CONTRIBUTING.md'];

interface Told {
  readonly at: string;
  readonly command: string;
  readonly word: Word;
  readonly flags: readonly string[];
}

const isWord = (word: string): word is Word => (WORDS as readonly string[]).includes(word);

/** The words behind `harden-tui`, up to where the sentence goes on. */
function toldIn(file: string): Told[] {
  const lines = readFileSync(join(root, file), 'utf8').split('\n');
  return lines.flatMap((line, i) => [...line.matchAll(/\bharden-tui ([a-z-][^`"'\\|：；，。、,;（）()]*)/g)].flatMap((m): Told[] => {
    // `harden-tui fix` in a row of a table, in a flag's own help, in a regular expression: words only, never prose.
    const words = (m[1] ?? '').trim().split(/\s+/);
    const word = isWord(words[0] ?? '') ? (words[0] as Word) : words[0]?.startsWith('--') ? 'wizard' : undefined;
    if (word === undefined) return [];
    const flags = words.filter((w) => /^--[a-z][a-z-]*/.test(w)).map((w) => /^--([a-z][a-z-]*)/.exec(w)![1]!);
    return [{ at: `${file}:${i + 1}`, command: m[0].trim(), word, flags }];
  }));
}

const ALL = FILES.flatMap(toldIn);
const FREE = new Set(['help', 'version']);

describe('commands that are told', () => {
  it('are found where they are written', () => assert.ok(ALL.length > 100 && new Set(ALL.map((one) => one.word)).size === WORDS.length, String(ALL.length)));
  it('have only flags that their word takes', () => {
    const wrong = ALL.flatMap(({ at, command, word, flags }) => flags.filter((f) => !FREE.has(f) && !(f in FLAGS && (FLAGS[f as FlagName].words as readonly Word[]).includes(word))).map((f) => `${at}: ${command}: --${f}`));
    assert.deepEqual(wrong, []);
  });
  it('have what must stand behind their word', () => {
    const wrong = ALL.filter(({ at, word, command }) => /^source\/.*\.tsx?:/.test(at) && (TABLE[word].takes === 'plan' || TABLE[word].takes === 'risk') && command.split(/\s+/).slice(2).every((w) => w.startsWith('--')))
      // Words about the word itself, and a command that is put together from pieces.
      .filter(({ at }) => !/source\/cli\/(?:flags|parse|suggest)\.ts:/.test(at));
    assert.deepEqual(wrong.map(({ at, command }) => `${at}: ${command}`), []);
  });
  it('name another project\'s folder without what was said of this one', () => {
    const suggest = suggester('npx harden-tui', { word: 'wizard', rest: 'here', lang: 'en', flags: { 'no-processes': true } });
    assert.equal(suggest('to fix it: harden-tui /srv/blog'), 'to fix it: npx harden-tui /srv/blog');
    assert.equal(suggest("to fix it: harden-tui '/srv/my blog'"), "to fix it: npx harden-tui '/srv/my blog'");
  });
  it('say no flag twice', () => {
    const suggest = suggester('harden-tui', { word: 'fix', rest: 'p', lang: 'en', flags: { rehearse: true, 'files-only': true, 'no-docker': true } });
    assert.equal(suggest('first: harden-tui fix --risk a --rehearse'), 'first: harden-tui fix p --files-only --no-docker --risk a --rehearse');
    assert.equal(suggest('a: harden-tui fix --no-docker    b: harden-tui scan'), 'a: harden-tui fix p --rehearse --files-only --no-docker    b: harden-tui scan p --no-docker');
  });
});
