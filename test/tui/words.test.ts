import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { words } from '../../source/words/index.ts';

/** Every sentence of a catalogue, functions called with names and numbers. */
function sentences(at: unknown, path: string): (readonly [string, string])[] {
  if (typeof at === 'string') return [[path, at]];
  if (typeof at === 'object' && at !== null) return Object.entries(at).flatMap(([name, value]) => sentences(value, `${path}.${name}`));
  if (typeof at !== 'function') return [];
  const call = at as (...all: unknown[]) => unknown;
  const all: (readonly [string, string])[] = [];
  for (const args of [[1, 1, 1, 1, 1], [2, 3, 4, true, 5], ['web', 'x', 'y', 'z'], ['web', 3, 4, '2750'], [['web', 'worker'], 'x'], [new Date(0)], [['web'], 2, 3], [[1, 2], 'x'], [2, 3, [{ service: 'web', time: '1 s' }]], [2, ['media', 'sock']], [2, 3, 0, ['web']], [[{ service: 'web', time: '1 s' }]], ['shop', '1', { gone: 2, left: 1, unknown: 1, same: 4, all: 5, gap: { service: 'web', time: '1 s' } }]]) {
    try {
      const said = call(...args);
      if (typeof said === 'string' && !/undefined|NaN|object/.test(said)) all.push([`${path}()`, said]);
    } catch {
      // These were not its arguments.
    }
  }
  assert.ok(all.length > 0, `${path} could be called with nothing`);
  return all;
}

const HAN = '\\u4e00-\\u9fff';

describe('the words of the interface', () => {
  const en = sentences(words('en'), 'en');
  const zh = sentences(words('zh-CN'), 'zh');

  it('are all there in both languages', () => {
    const names = (all: typeof en) => [...new Set(all.map(([name]) => name.replace(/^[^.]+/, '')))].sort();
    assert.deepEqual(names(zh), names(en));
    for (const [name, said] of [...en, ...zh]) assert.ok(said.trim() !== '' || /phases\.(steps|ended)$/.test(name), name);
  });
  it('speak calmly: no exclamation marks, no blame, none of the banned words', () => {
    for (const [name, said] of en) assert.doesNotMatch(said, /!|attack surface|best practice|oops|invalid|please/i, name);
  });
  it('are Chinese in Chinese: full-width punctuation, and a space between Han and Latin letters', () => {
    for (const [name, said] of zh) {
      assert.doesNotMatch(said, new RegExp(`[${HAN}][,;:?!](?!\\w)|[${HAN}]\\.(?:\\s|$)`), `${name}: ${said}`);
      assert.doesNotMatch(said, new RegExp(`[${HAN}][A-Za-z0-9]|[A-Za-z0-9][${HAN}]`), `${name}: ${said}`);
    }
  });
  it('are not left in English', () => {
    const same = zh.filter(([name, said]) => en.some(([other, text]) => other.replace('en', 'zh') === name && text === said && /[a-z]{4}/.test(text)));
    assert.deepEqual([...new Set(same.map(([name]) => name))].filter((name) => !/sources\.docker|undoCommand|find\.typing|labels\.files|keys\.names|looking\.sources/.test(name)), []);
  });
  it('count one as one', () => {
    assert.equal(words('en').findings.head(1, 1, 0, false), '1 finding in 1 service, worst first.');
    assert.equal(words('en').common.files(2), '2 files');
  });
});
