// Nobody reads any more: how a run that changes something ended is then told by its exit code alone.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import test from 'node:test';
import { pathToFileURL } from 'node:url';
import path from 'node:path';
import { root } from '../listing.ts';

const at = (file: string): string => JSON.stringify(pathToFileURL(path.join(root, file)).href);

/** The last lines of source/cli.tsx, around a word that ends with 143 or with 1. */
const program = (acts: boolean): string => `
import { interruptible } from ${at('source/cli/interrupt.ts')};
import { drained, realIo, unread } from ${at('source/cli/real-io.ts')};
process.stdout.on('error', unread);
process.stderr.on('error', unread);
const io = realIo();
const say = async () => { for (let i = 0; i < 20; i++) { io.stderr.write('still here\\n'); io.stdout.write('x'); await new Promise((r) => setTimeout(r, 20)); } };
process.stdin.resume();
process.stdout.write('up');
await new Promise((r) => process.stdin.once('data', r));
const code = ${acts ? "await interruptible(io, 'en', async () => { await say(); return 130; }) === 130 ? 143 : 9" : '(await say(), 1)'};
io.stderr.write('the end\\n');
await Promise.all([drained(process.stdout), drained(process.stderr)]);
process.exit(code);
`;

async function ended(acts: boolean): Promise<number | null> {
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program(acts)], { cwd: root, stdio: ['pipe', 'pipe', 'pipe'] });
  await new Promise((up) => child.stdout.once('data', up));
  // What execFile does at its time limit, and a shell when the other end of the pipe has left.
  child.stdout.destroy();
  child.stderr.destroy();
  child.stdin.write('go\n');
  return new Promise((resolve) => child.once('exit', resolve));
}

test('a run that nobody reads any more goes on to its end and gives its own exit code', async () => {
  assert.equal(await ended(true), 143);
});

test('what only shows something ends quietly', async () => {
  assert.equal(await ended(false), 0);
});
