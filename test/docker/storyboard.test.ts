// The storyboard's frames at 80x24 on the scenario that it was drawn from, in a real terminal, held against the storyboard row for
// row (test/tui/storyboard). What moves while it is looked at has the rows that it must show. SHOTS=FOLDER keeps every screen.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { docker, longTest, unique } from '../helpers/engine.ts';
import { makeRepository } from '../helpers/loop.ts';
import { root } from '../listing.ts';
import { withScenario } from '../helpers/scenario.ts';
import { terminal } from '../helpers/tmux.ts';
import { width } from '../../source/tui/width.ts';
import { differences } from '../tui/storyboard/compare.ts';
import type { FrameName } from '../tui/storyboard/different.ts';
import { FRAMES, lasting } from './storyboard-frames.ts';

const holds = (name: FrameName, rows: readonly string[]): void => {
  const told = differences(name, rows);
  assert.ok(told.length === 0, `${name}\n${told.join('\n')}\n\n${rows.join('\n')}`);
};

longTest('every frame of the storyboard, on shop', (t) =>
  withScenario(t, 'shop', { asWritten: true, before: ({ root: copy }) => makeRepository('here', copy) }, async (project) => {
    // Somebody else's, so that there is something to leave out.
    const other = docker('run', '-d', '--name', unique('somebody'), 'debian:bookworm-slim', 'sleep', '3600').trim();
    t.after(() => docker('rm', '-f', other));
    // As it is installed: what it suggests is said as it was called.
    const program = path.join(project.box, 'harden-tui');
    symlinkSync(path.join(root, 'bin/harden-tui.js'), program);
    const at = terminal(t, project.root, [process.execPath, program], { XDG_STATE_HOME: project.state, LC_ALL: 'C.UTF-8', TERM: 'xterm-256color' });
    const shots = process.env['SHOTS'];
    const kept = (name: string): readonly string[] => {
      const rows = at.screen();
      if (shots !== undefined) {
        mkdirSync(shots, { recursive: true });
        writeFileSync(path.join(shots, `${name}.txt`), `${rows.join('\n')}\n`);
      }
      assert.equal(rows.length, 24, name);
      for (const row of rows) assert.ok(width(row) <= 80, `${name}: ${row}`);
      return rows;
    };
    const stands = (name: FrameName): void => {
      // Where harden-tui is not on the PATH, it is said as it was called.
      holds(name, kept(name).map((row) => row.replace(/\bnode \S+harden-tui\.js/, 'harden-tui')));
    };
    const frame = (name: keyof typeof FRAMES): void => {
      const rows = kept(name);
      const shown = rows.map(lasting);
      const missing = FRAMES[name].filter((row) => !shown.includes(lasting(row)));
      assert.deepEqual(missing, [], `${name} lacks these rows:\n${missing.join('\n')}\n\n${rows.join('\n')}`);
    };

    await at.until(/enter goes on/, 60);
    // Programs of this machine have a row of their own, and a key: where some run, the frame is not the storyboard's.
    if (!at.screen().some((row) => /p {2}look at them too/.test(row))) stands('looking');
    await at.press('Enter');
    await at.until(/7 findings in 5 services/);
    await at.until(/JSON only: [^]*Looks fine/);
    stands('findings');
    for (const [down, name, drawn] of [[0, 'celery', /It leaves/], [1, 'root', /docker exec/], [5, 'port', /together with finding 2[^]*findings 1, 2, 5 and 7/], [2, 'socket', /same edit/]] as const) {
      await at.press('g', ...Array.from({ length: down }, () => 'j'), 'Enter');
      await at.until(drawn);
      stands(name);
      await at.press('Escape');
      await at.until(/findings in 5/);
    }
    await at.press('g', 'f', 'f', 'f', 'f', 's', 'f', 's');
    await at.until(/5 chosen, 2 skipped/, 60);
    await at.press('p');
    await at.until(/Foreseen/, 60);
    stands('plan');
    // Without the step that hands the volume over: what follows is said, and the rehearsal shows it.
    await at.press('g', ...Array.from({ length: 6 }, () => 'j'), 'x', 'x');
    await at.until(/dropped: /, 60);
    frame('dropped');
    await at.press('Enter');
    await at.until(/Ways on/, 900);
    stands('breaks');
    // Put back, which is the first way on: rehearsed again at once.
    await at.press('Enter');
    await at.until(/Holds: /, 900);
    await at.press('a');
    await at.until(/Type the name of the project/);
    await at.type(project.name);
    await at.until(/enter: +shop/);
    stands('rehearsal');
    await at.press('Enter');
    // Step 9 goes by: it is taken while the services start, and its log is of the day.
    const starting = await at.until(/: starting/, 200);
    frame('applying');
    for (const row of [
      /^ ✓ 1-4 {2}4 files written; docker compose config accepts them +\d/m, /^ ✓ 5-7 {2}3 images built +\d/m, /^ ✓ 8 {4}\S+, \S+ and \S+ stopped +\d/m, /^ ✓ 9 {4}volume media: \d+ files from root to 10001 +\d/m,
      /^ \S 10 {3}\S+, \S+ and \S+: starting +\d/m, /^ {3}11 {3}check 5 risks and every answer, on the new processes$/m,
      /^ Kept for undo {3}run 1: 4 files, the owner of \d+ files, and the old images as\n {17}harden-tui\/keep:1-\S+ {2}1-\S+ {2}1-\S+$/m,
    ]) assert.match(starting.replace(/ +$/gm, ''), row);
    await at.until(/seen on the processes/, 300);
    stands('done');
    await at.press('u');
    await at.until(/What comes back/);
    frame('undo');
    await at.press('Escape');
    await at.until(/5 risks are gone/);
    await at.press('q');
    await at.until(/ended with 0/);
    await pause(300);
    const plain = (rows: readonly string[]): readonly string[] => rows.map((row) => row.replace(/\bnode \S+harden-tui\.js/, 'harden-tui').trimEnd());
    const between = (rows: readonly string[], first: RegExp, last: RegExp): readonly string[] => rows.slice(rows.findIndex((row) => first.test(row)), rows.findLastIndex((row) => last.test(row)) + 1);
    // The first of them is 81 columns wide there, too: its end stands on a row of its own.
    holds('scrollback', between(plain(at.screen()), /^harden-tui: shop/, /^Take it back/).join('\n').replace(/\n(?=(?:[\d.]+ )?s\.$)/m, ' ').split('\n'));
    // Next week, in another terminal; two files came since.
    await project.exec('web', ['sh', '-c', 'echo a > /app/media/one.bin; echo b > /app/media/two.bin']);
    const next = terminal(t, project.root, [process.execPath, program, 'undo'], { XDG_STATE_HOME: project.state, LC_ALL: 'C.UTF-8', TERM: 'xterm-256color' }, { columns: 80, rows: 120 });
    await next.until(/Take it back\? \[y\/N\]/, 60);
    await next.type('y');
    await next.press('Enter');
    await next.until(/ended with 0/, 300);
    // Every command is shown before it runs, which the storyboard has for plans alone: above the question, and of any length.
    const undone = between(plain(next.screen()), /^Run 1 of/, /^Run 1 is undone/);
    const from = undone.indexOf('Commands that run, in this order');
    assert.ok(from > 0, undone.join('\n'));
    holds('undo', ['$ harden-tui undo', ...undone.slice(0, from), ...undone.slice(undone.indexOf('', from) + 1)]);
  }), { timeout: 40 * 60_000 });

// Step 9b: the image of proxy is built anew between the rehearsal and the last word, with another user for nginx.
longTest('a check that fails, on shop', (t) =>
  withScenario(t, 'shop', { asWritten: true }, async (project) => {
    const at = terminal(t, project.root, [process.execPath, path.join(root, 'bin/harden-tui.js')], { XDG_STATE_HOME: project.state, LC_ALL: 'C.UTF-8', TERM: 'xterm-256color' });
    await at.until(/enter goes on/, 60);
    await at.press('Enter');
    await at.until(/7 findings in 5 services/);
    await at.press('g', 'f', 'f', 'f', 'f', 's', 'f', 's');
    await at.until(/5 chosen, 2 skipped/, 60);
    await at.press('p');
    await at.until(/Foreseen/, 60);
    await at.press('Enter');
    await at.until(/Holds: /, 900);
    const edit = (file: string, from: string, to: string): void => writeFileSync(path.join(project.root, file), readFileSync(path.join(project.root, file), 'utf8').replace(from, to));
    edit('proxy/nginx.conf', 'user www-data;', 'user nginx;');
    edit('proxy/Dockerfile', 'COPY nginx.conf', 'RUN useradd -r -u 101 nginx\nCOPY nginx.conf');
    await project.compose('build', 'proxy');
    await project.compose('up', '-d', '--no-deps', 'proxy');
    await project.answersAsBefore();
    await at.press('a');
    await at.until(/Type the name of the project/);
    await at.type(project.name);
    await at.press('Enter');
    await at.until(/Ways on/, 300);
    holds('taken-back', at.screen());
    await project.answersAsBefore();
    await at.press('q');
    await at.until(/ended with 3/);
  }), { timeout: 20 * 60_000 });
