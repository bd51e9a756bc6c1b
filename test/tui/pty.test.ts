// What is built, on real terminals: tmux for a screen, and a pty that says of itself that it can do nothing.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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

/** Two compose projects below one folder. */
function several(folder: string): string {
  const at = join(folder, 'several');
  cpSync(join(root, 'scenarios/root-container/project'), join(at, 'hut'), { recursive: true });
  mkdirSync(join(at, 'board'));
  writeFileSync(join(at, 'board/compose.yaml'), 'services:\n  store:\n    image: redis:7\n    ports: ["6379:6379"]\n');
  return at;
}

describe('the first minutes, in tmux', { skip: has('tmux') ? false : 'there is no tmux' }, () => {
  it('of several projects one is chosen first; the greeting comes once in a lifetime', async (t) => {
    const { folder, state } = place(t);
    const words = [process.execPath, BIN, several(folder), '--no-docker'];
    const env = { XDG_STATE_HOME: state, XDG_CONFIG_HOME: join(folder, 'config'), LANG: 'C.UTF-8' };
    const at = terminal(t, folder, words, env);
    // Nothing is asked of Docker, and the head never says that it were.
    assert.match(await at.until(/Looking\./, 60), /docker: not asked/);
    assert.match(await at.until(/enter goes on/, 60), /First time here\?/);
    await at.press('Enter');
    assert.match(await at.until(/Which one is it about\?/), /❯ 1 board +board\/ +1 service, 0 running[^]*2 hut +hut\/[^]*3 all of them/);
    await at.press('2', 'Enter');
    assert.match(await at.until(/findings? in/), /hut +docker: not asked[^]*hut\/web/);
    assert.doesNotMatch(at.screen().join('\n'), /board\/store/);
    await at.press('Escape');
    await at.until(/Which one is it about\?/);
    await at.press('k', 'Enter');
    assert.match(await at.until(/findings? in/), /board +docker: not asked[^]*board\/store/);
    await at.press('q');
    await at.until(/ended with 0/);
    const again = terminal(t, folder, words, env);
    assert.doesNotMatch(await again.until(/enter goes on/, 60), /First time here/);
    await again.press('q');
    await again.until(/ended with 0/);
  });
  it('a name that is typed where a yes is asked for begins nothing; a y by itself does', async (t) => {
    const { folder, state } = place(t);
    const dockerfile = join(folder, 'project/project/Dockerfile');
    const before = readFileSync(dockerfile, 'utf8');
    const at = terminal(t, folder, [process.execPath, BIN, join(folder, 'project/project'), '--no-docker'], { XDG_STATE_HOME: state, LANG: 'C.UTF-8' });
    await at.until(/enter goes on/, 120);
    await at.press('Enter');
    await at.until(/findings? in/, 60);
    await at.press('f', 'p');
    await at.until(/Nothing done yet/, 60);
    await at.press('Enter');
    await at.until(/y applies/);
    // A terminal sends it as keys: it is no paste that says so.
    await at.type('yard');
    await at.until(/More than a y was typed/);
    assert.equal(readFileSync(dockerfile, 'utf8'), before);
    await new Promise((resolve) => setTimeout(resolve, 500));
    await at.press('y');
    await at.until(/harden-tui > Done/, 60);
    assert.notEqual(readFileSync(dockerfile, 'utf8'), before);
    await at.press('u');
    await at.until(/y takes it back/);
    await at.press('c');
    await at.until(/To come, if the run is taken back\n +No command runs: only files are written/);
    await at.press('q');
    await at.until(/ended with 3/);
  });
  it('a window that is too small says so and can be left, and own settings choose the front', async (t) => {
    const { folder, state } = place(t);
    const config = join(folder, 'config');
    const env = { XDG_STATE_HOME: state, XDG_CONFIG_HOME: config, LANG: 'C.UTF-8' };
    const words = [process.execPath, BIN, join(folder, 'project'), '--no-docker'];
    const small = terminal(t, folder, words, env, { columns: 40, rows: 10 });
    await small.until(/80 by 24 is needed and this window is 40/, 60);
    await small.press('C-c');
    await small.until(/ended with 130/, 60);
    mkdirSync(join(config, 'harden-tui'), { recursive: true });
    writeFileSync(join(config, 'harden-tui/config.yaml'), 'lang: zh-CN\nscreen-reader: true\n');
    const reader = terminal(t, folder, words, env);
    const said = await reader.until(/按回车继续/, 60);
    assert.doesNotMatch(said, /──|✓/);
    await reader.press('q');
    await reader.until(/ended with 0/);
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
    await until(/^> \d [^]*recommended[^]*\n> $/m);
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
