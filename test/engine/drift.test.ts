// A rebuild that brings more than the fix: named whole, refused unless it was accepted.
import assert from 'node:assert/strict';
import test from 'node:test';
import { mustBeAccepted, NotAccepted, type Drift } from '../../source/engine/baseline.ts';
import { text } from '../../source/model/text.ts';

const drift = (service: string, ...brings: readonly string[]): Drift => ({ service, brings: brings.map((b) => text(b, b)) });
const refused = (drifts: readonly Drift[]): NotAccepted => {
  try {
    mustBeAccepted(drifts, false);
  } catch (error) {
    assert.ok(error instanceof NotAccepted);
    return error;
  }
  throw new Error('it was not refused');
};

test('every service is named with all that its rebuild brings, in both languages, and what to do', () => {
  const { what, next, exitCode } = refused([drift('web', 'another result of COPY . .', 'the variable LANG'), drift('worker', 'User is another')]);
  assert.equal(exitCode, 2);
  assert.equal(what.en, 'Building web and worker as they are gives other images than those that run: a rebuild would bring more than the fix. Nothing was begun.');
  assert.deepEqual(next.map((n) => n.en), ['web: another result of COPY . .; the variable LANG', 'worker: User is another', 'Bring the services up anew from these files first, or add --accept-drift.']);
  assert.match(what['zh-CN'], /用现在的文件构建 web 和 worker，.*什么都没有开始。/);
});

test('one is one', () => {
  const { what, next } = refused([drift('web', 'x')]);
  assert.match(what.en, /^Building web as it is gives another image than the one that runs:/);
  assert.match(next.at(-1)?.en ?? '', /^Bring the service up anew/);
});

test('accepted, or where there is none, it goes on', () => {
  mustBeAccepted([drift('web', 'x')], true);
  mustBeAccepted([], false);
});
