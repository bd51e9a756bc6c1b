// What is built, on real terminals: tmux for a screen, and a pty that says of itself that it can do nothing.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { terminal } from '../helpers/tmux.ts';
import { root } from '../listing.ts';

const has = (program: string): boolean => {
  try {
    execFileSync('sh', ['-c', `command -v ${program}`]);
    return true;
  } catch {
    return false;
  }
};
const BIN = join(root, 'bin/harden-tui.js');

/** A copy of a scenario's files, and a state of its own. */
function place(t: TestContext): { readonly folder: string; readonly state: string } {
  const folder = mkdtempSync(join(tmpdir(), 'harden-tui-pty-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  cpSync(join(root, 'scenarios/root-container'), join(folder, 'project'), { recursive: true });
  return { folder, state: join(folder, 'state') };
}

describe('in tmux', { skip: has('tmux') ? false : 'there is no tmux' }, () => {
  it('the wheel moves, and kill -TERM leaves the terminal as it was', async (t) => {
    const { folder, state } = place(t);
    const run = join(folder, 'run');
    writeFileSync(run, `stty -g > ${folder}/before\n${process.execPath} ${BIN} ${folder}/project --no-docker &\necho $! > ${folder}/pid\nfg > /dev/null\ncode=$?\nstty -g > ${folder}/after\nexit $code\n`);
    const at = terminal(t, folder, ['sh', '-m', run], { XDG_STATE_HOME: state, LANG: 'C.UTF-8' });
    await at.until(/enter goes on/, 120);
    await at.press('Enter');
    await at.until(/1 of|findings? in/, 60);
    const row = async (pattern: RegExp): Promise<string> => (await at.until(pattern, 60));
    await row(/❯ 1 /);
    await at.press('l');
    await at.type('\u001b[<65;10;5M');
    await row(/❯ 2 /);
    await at.type('\u001b[<64;10;5M');
    await row(/❯ 1 /);
    process.kill(Number(readFileSync(join(folder, 'pid'), 'utf8')), 'SIGTERM');
    const last = await at.until(/ended with 143/, 60);
    assert.match(last, /No file, image or container was changed/);
    assert.doesNotMatch(last, /❯|──/);
    assert.equal(readFileSync(join(folder, 'after'), 'utf8'), readFileSync(join(folder, 'before'), 'utf8'), 'stty');
    // The wheel is the terminal's again: what tmux would send is not printed.
    await at.type('true');
    assert.doesNotMatch((await at.until(/true/)), /\[</);
  });
});

describe('on a terminal that can do nothing', { skip: has('script') ? false : 'there is no script' }, () => {
  it('TERM=dumb asks line by line, and writes not one escape', async (t) => {
    const { folder, state } = place(t);
    const child = spawn('script', ['-qec', `${process.execPath} ${BIN} ${folder}/project --no-docker`, '/dev/null'], { stdio: ['pipe', 'pipe', 'inherit'], env: { ...process.env, TERM: 'dumb', XDG_STATE_HOME: state, LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8' } });
    t.after(() => child.kill());
    let said = '';
    let from = 0;
    child.stdout.on('data', (data: Buffer) => { said += data.toString().replaceAll('\r', ''); });
    const until = async (words: RegExp): Promise<string> => {
      for (let i = 0; i < 1200; i++) {
        const now = said.slice(from);
        if (words.test(now)) {
          from = said.length;
          return now;
        }
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      throw new Error(`never ${words}:\n${said.slice(from)}`);
    };
    await until(/goes on[^]*\n> $/);
    child.stdin.write('\n');
    await until(/^> 1: \w+\. .*\. 1 of \d+\.$[^]*\n> $/m);
    child.stdin.write('1\n');
    await until(/^> 1 [^]*recommended[^]*\n> $/m);
    child.stdin.write('1\n');
    await until(/1 chosen[^]*\n> $/);
    child.stdin.write('p\n');
    await until(/Nothing done yet[^]*\n> $/);
    child.stdin.write('d\n');
    await until(/^\+.+$[^]*\n> $/m);
    child.stdin.write('q\n');
    await until(/nothing is applied[^]*\n> $/);
    child.stdin.write('q\n');
    await until(/No file, image or container was changed/);
    assert.doesNotMatch(said, /\u001b/);
  });
});
