import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { allStand, lastWord, wordAfter } from '../../source/engine/patience.ts';
import { compareVitals } from '../../source/engine/vitals.ts';
import type { Machine } from '../../source/model/machine.ts';

type Look = readonly [seconds: number, answer: string, stand?: boolean];

/** Seconds at which waiting ends, by what a proxy says at which moment. */
function endsAt(looks: readonly Look[], wait: number): number | undefined {
  let now = 0;
  const isLastWord = lastWord({ now: () => new Date(now) }, wait);
  for (const [seconds, answer, stand = true] of looks) {
    now = seconds * 1000;
    if (isLastWord(compareVitals([{ service: 'proxy', what: 'GET / on 80', before: '200 html' }], [{ service: 'proxy', what: 'GET / on 80', before: answer }]), stand)) return seconds;
  }
  return undefined;
}
const each = (to: number, answer: (s: number) => string, stand: (s: number) => boolean = () => true): readonly Look[] => Array.from({ length: to + 1 }, (_, s) => [s, answer(s), stand(s)]);

describe('a definite other answer', () => {
  it('is the last word when it has stood for long enough', () => {
    assert.equal(endsAt(each(60, () => '502 html'), 15_000), 15);
    assert.equal(endsAt(each(60, (s) => (s < 5 ? 'nothing' : '403 html')), 15_000), 20, 'counted from its first time on');
  });
  it('is none while somebody of them is still on the way, however long that takes', () => {
    assert.equal(endsAt(each(59, () => '502 html', (s) => s > 50), 15_000), undefined, 'what is behind it connects after 50 s');
    assert.equal(endsAt(each(60, () => '502 html', (s) => s > 30), 15_000), 46, 'it stands after 30 s, and the answer stays');
  });
  it('is none that changes, and silence is no answer', () => {
    assert.equal(endsAt(each(60, (s) => (Math.floor(s / 10) % 2 ? '502 html' : '503 html')), 15_000), undefined);
    for (const silent of ['nothing', 'connects']) assert.equal(endsAt(each(60, () => silent), 15_000), undefined, silent);
    assert.equal(endsAt(each(60, () => '200 html'), 15_000), undefined, 'as before is not worse');
  });
});

describe('how long it has to stand', () => {
  it('is twice the slowest start that is known, neither less than 15 s nor more than a minute', () => {
    assert.deepEqual([[1_000], [3_000, 12_000], [45_000]].map(wordAfter), [15_000, 24_000, 60_000]);
  });
  it('is the whole patience where no start is known', () => assert.equal(wordAfter([]), 60_000));
});

describe('standing', () => {
  const listening = (n: number, source: Machine['processSource'] = 'proc'): Machine => ({
    processSource: source, services: [{ name: 'web', containers: ['c'] }],
    containers: [{ id: 'c', running: true, processes: [], sockets: [], listeners: Array.from({ length: n }, (_, i) => ({ port: 8000 + i })) }],
  } as unknown as Machine);
  it('is to hold as many doors open as before', () => {
    assert.deepEqual([0, 1, 2, 3].map((n) => allStand(listening(2), listening(n), ['web'])), [false, false, true, true]);
  });
  it('is never claimed where nobody can see ports', () => {
    for (const [a, b] of [['docker', 'proc'], ['proc', 'docker'], ['none', 'none']] as const) assert.equal(allStand(listening(0, a), listening(0, b), ['web']), false);
  });
});
