import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import test, { type TestContext } from 'node:test';

/** Runs the docker CLI and gives what it prints; throws, with its stderr, when it fails. */
export const docker = (...words: string[]): string =>
  execFileSync('docker', words, { encoding: 'utf8', maxBuffer: 64 * 2 ** 20, stdio: ['ignore', 'pipe', 'pipe'] }).trim();

/** A name that no other test uses, in a form that docker and compose both take. */
export const unique = (prefix = 'ht'): string => `${prefix}-${process.pid}-${(count += 1)}`;
let count = 0;

const works = (...words: string[]) => spawnSync('docker', words, { stdio: 'ignore', timeout: 20_000 }).status === 0;

function missing(): string | false {
  if (!works('version', '--format', '{{.Server.Version}}')) return 'no Docker engine answers';
  if (!works('image', 'inspect', 'debian:bookworm-slim')) return 'the engine has no image debian:bookworm-slim';
  return false;
}

/** Why the real engine can't be used here, or false. */
export const noEngine: string | false = missing();

/** First line of a test that needs the engine: skips it by name where there is none, and fails it in CI, where that is a fault. */
export function engine(t: TestContext): boolean {
  if (!noEngine) return true;
  assert.notEqual(process.env.CI, 'true', `${noEngine}, though CI sets one up`);
  t.skip(`${noEngine}: HARDEN_TUI_SETUP=1 npm test -- setup`);
  return false;
}

type Body = (t: TestContext) => Promise<void> | void;

/** A test on the real engine. */
export function engineTest(name: string, body: Body, options: { timeout?: number; concurrency?: number } = {}): void {
  void test(name, { timeout: 5 * 60_000, ...options }, async (t) => {
    if (engine(t)) await body(t);
  });
}

/** Another way of something that a shorter test shows already: with `npm run test:all` alone, skipped by name otherwise. */
export function longTest(name: string, body: Body, options: { timeout?: number } = {}): void {
  if (process.env.HARDEN_TUI_ALL === '1') engineTest(name, body, options);
  else test(name, { skip: 'long: npm run test:all' });
}
