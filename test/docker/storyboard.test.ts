// The storyboard's frames at 80x24 on the scenario that it was drawn from, in a real terminal. Each frame has the rows that
// it must show, word for word; numbers, times and the day are the scenario's own. SHOTS=FOLDER keeps every screen.
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { longTest } from '../helpers/engine.ts';
import { root } from '../listing.ts';
import { withScenario } from '../helpers/scenario.ts';
import { terminal } from '../helpers/tmux.ts';
import { width } from '../../source/tui/width.ts';
import { FRAMES, lasting } from './storyboard-frames.ts';

longTest('every frame of the storyboard, on shop', (t) =>
  withScenario(t, 'shop', { asWritten: true }, async (project) => {
    const at = terminal(t, project.root, [process.execPath, path.join(root, 'bin/harden-tui.js')], { XDG_STATE_HOME: project.state, LC_ALL: 'C.UTF-8', TERM: 'xterm-256color' });
    const shots = process.env['SHOTS'];
    const frame = (name: keyof typeof FRAMES): void => {
      const rows = at.screen();
      if (shots !== undefined) {
        mkdirSync(shots, { recursive: true });
        writeFileSync(path.join(shots, `${name}.txt`), `${rows.join('\n')}\n`);
      }
      assert.equal(rows.length, 24, name);
      for (const row of rows) assert.ok(width(row) <= 80, `${name}: ${row}`);
      const shown = rows.map(lasting);
      const missing = FRAMES[name].filter((row) => !shown.includes(lasting(row)));
      assert.deepEqual(missing, [], `${name} lacks these rows:\n${missing.join('\n')}\n\n${rows.join('\n')}`);
    };

    await at.until(/enter goes on/, 60);
    frame('looking');
    await at.press('Enter');
    await at.until(/7 findings in 5 services/);
    await at.until(/JSON only: [^]*Looks fine/);
    frame('findings');
    for (const [down, name] of [[0, 'celery'], [1, 'root'], [5, 'port'], [2, 'socket']] as const) {
      await at.press('g', ...Array.from({ length: down }, () => 'j'), 'Enter');
      await at.until(/recommended[^]*It costs/);
      frame(name);
      await at.press('Escape');
      await at.until(/findings in 5/);
    }
    await at.press('g', 'f', 'f', 'f', 'f', 's', 'f', 's');
    await at.until(/5 chosen, 2 skipped/, 60);
    await at.press('p');
    await at.until(/Foreseen/, 60);
    frame('plan');
    // Without the step that hands the volume over: what follows is said, and the rehearsal shows it.
    await at.press('g', ...Array.from({ length: 6 }, () => 'j'), 'x', 'x');
    await at.until(/dropped: /, 60);
    frame('dropped');
    await at.press('Enter');
    await at.until(/Ways on/, 900);
    frame('breaks');
    // Put back, which is the first way on; then rehearsed again.
    await at.press('Enter');
    await at.until(/Foreseen/, 60);
    await at.press('Enter');
    await at.until(/Holds: /, 900);
    frame('rehearsal');
    await at.press('a');
    await at.until(/Type the name of the project/);
    frame('confirm');
    await at.type(project.name);
    await at.press('Enter');
    await at.until(/Kept for undo/, 120);
    frame('applying');
    await at.until(/seen on the processes/, 300);
    frame('done');
    await at.press('u');
    await at.until(/What comes back/);
    frame('undo');
    await at.press('y');
    await at.until(/is undone/, 300);
    await at.press('q');
    await at.until(/ended with 0/);
    await pause(300);
    assert.match(at.screen().join('\n'), /harden-tui: shop, run 1 is undone; 5 risks came back\./);
  }), { timeout: 40 * 60_000 });
