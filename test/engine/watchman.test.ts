import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { life } from '../../source/system/real/life.ts';
import { realShell } from '../../source/system/real/shell.ts';
import { post } from '../../source/system/real/watchman.ts';
import { watchmenOf } from '../helpers/killed.ts';

const ROOT = join(import.meta.dirname, '../..');
const linux = process.platform === 'linux' ? {} : { skip: 'read from /proc' };

describe('a process by its name', () => {
  it('is itself, alive, and nobody else under the same number', linux, async () => {
    const me = await life.me();
    assert.equal(await life.lives(me), true);
    const [pid, start, ...rest] = me.split(':');
    assert.equal(await life.lives([pid, String(Number(start) + 1), ...rest].join(':')), false, 'the number was given again');
    assert.equal(await life.lives([pid, start, 'other', ...rest.slice(1)].join(':')), false, 'the machine was started again');
    assert.equal(await life.lives([pid, start, ...rest.slice(0, 2), 'elsewhere'].join(':')), undefined);
    assert.equal(await life.lives(String(process.pid)), true, 'a lock of an older version');
    assert.equal(await life.lives('no name'), undefined);
  });
  it('has ended as a zombie, too', linux, async () => {
    // A shell that starts something and never asks after it.
    const parent = spawn('sh', ['-c', 'sleep 0.3 & echo $!; exec sleep 30'], { stdio: ['ignore', 'pipe', 'ignore'] });
    const pid = await new Promise<number>((resolve) => parent.stdout.once('data', (chunk: Buffer) => resolve(Number(chunk.toString()))));
    const me = (await life.me()).split(':');
    let state = '';
    for (let i = 0; i < 50 && state !== 'Z'; i++) {
      await pause(50);
      state = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /, '')[0] ?? '';
    }
    const start = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /, '').split(' ')[19];
    assert.equal(await life.lives([String(pid), start, ...me.slice(2)].join(':')), false);
    parent.kill('SIGKILL');
  });
});

/** Stands in for the program: waits as a watchman waits, and says in a file what it was left with. */
const STANDING = `
import { appendFileSync } from 'node:fs';
import { standing } from ${JSON.stringify(join(ROOT, 'source/system/real/sentry.ts'))};
const say = (line) => appendFileSync(process.argv[2], line + '\\n');
const orders = await standing(async (wish) => say('stands for ' + wish.name));
if (!orders) { say('home'); process.exit(0); }
say('left with ' + orders.run);
await orders.over;
say('all is over');
process.exit(0);
`;

/** Posts one, runs a command that outlives it, and dies in the middle. */
const DYING = `
import { readFileSync } from 'node:fs';
import { post } from ${JSON.stringify(join(ROOT, 'source/system/real/watchman.ts'))};
import { realShell } from ${JSON.stringify(join(ROOT, 'source/system/real/shell.ts'))};
const [file, program] = process.argv.slice(2);
const watchman = await post([process.execPath, ...process.execArgv, program, file], { name: 'me' });
await watchman.guards('7');
void realShell.run(['sh', '-c', 'echo the command has begun >> ' + file + '; sleep 2; echo the command has ended >> ' + file]);
while (!readFileSync(file, 'utf8').includes('has begun')) await new Promise((resolve) => setTimeout(resolve, 20));
process.kill(process.pid, 'SIGKILL');
`;

describe('a watchman', linux, () => {
  const box = (t: { after(fn: () => void): void }): { at: string; said: () => string; file: string } => {
    const at = mkdtempSync(join(tmpdir(), 'harden-tui-watch-'));
    mkdirSync(at, { recursive: true });
    t.after(() => rmSync(at, { recursive: true, force: true }));
    writeFileSync(join(at, 'standing.mts'), STANDING);
    writeFileSync(join(at, 'dying.mts'), DYING);
    const file = join(at, 'said');
    return { at, file, said: () => (existsSync(file) ? readFileSync(file, 'utf8') : '') };
  };
  const until = async (done: () => boolean): Promise<void> => {
    for (let i = 0; i < 200 && !done(); i++) await pause(100);
  };

  it('goes home when it is dismissed, and nothing is left of it', async (t) => {
    const { at, said, file } = box(t);
    const watchman = await post([process.execPath, ...process.execArgv, join(at, 'standing.mts'), file], { name: 'me' });
    assert.ok(watchman);
    assert.equal(watchmenOf(process.pid).length, 1);
    await watchman.guards('7');
    await watchman.dismiss();
    assert.deepEqual(watchmenOf(process.pid), []);
    assert.equal(said(), 'stands for me\nhome\n');
    // Commands are started as before.
    assert.equal((await realShell.run(['echo', 'x'])).stdout, 'x\n');
  });

  it('is left with the run when its process is killed, and waits for the command that still runs', async (t) => {
    const { at, said, file } = box(t);
    const child = spawn(process.execPath, [...process.execArgv, join(at, 'dying.mts'), file, join(at, 'standing.mts')], { stdio: 'ignore' });
    await new Promise((resolve) => child.once('exit', resolve));
    assert.equal(child.signalCode, 'SIGKILL');
    await until(() => said().includes('all is over'));
    assert.deepEqual(said().trim().split('\n'), ['stands for me', 'the command has begun', 'left with 7', 'the command has ended', 'all is over']);
  });

  it('that does not come up is none', async () => {
    assert.equal(await post(['/nonexistent/program'], {}), undefined);
    assert.equal(await post([process.execPath, '-e', 'process.exit(1)'], {}), undefined);
  });
});
