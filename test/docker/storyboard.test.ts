// The wizard on the real scenario shop, at 80x24: each of its pictures.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { longTest } from '../helpers/engine.ts';
import { root } from '../listing.ts';
import { withScenario } from '../helpers/scenario.ts';
import { terminal } from '../helpers/tmux.ts';

const out = process.env['SHOTS'] ?? '/tmp/shots';
longTest('shots', (t) =>
  withScenario(t, 'shop', { asWritten: true }, async (project) => {
    const at = terminal(t, project.root, [process.execPath, path.join(root, 'bin/harden-tui.js')], { XDG_STATE_HOME: project.state, LC_ALL: 'C.UTF-8', TERM: 'xterm-256color' });
    mkdirSync(out, { recursive: true });
    const shot = (name: string): void => writeFileSync(path.join(out, `${name}.txt`), `${at.screen().join('\n')}\n`);
    await at.until(/enter goes on/, 60);
    shot('1-looking');
    await at.press('Enter');
    await at.until(/7 findings in 5 services/);
    await at.until(/JSON only/);
    shot('2-findings');
    for (const [n, name] of [[0, '3-celery'], [1, '4-root'], [5, '5-port'], [2, '6-socket']] as const) {
      await at.press('g', ...Array.from({ length: n }, () => 'j'), 'Enter');
      await at.until(/recommended/);
      await new Promise((resolve) => setTimeout(resolve, 1500));
      shot(name);
      await at.press('Escape');
      await at.until(/findings in 5/);
    }
    await at.press('g', 'f', 'f', 'f', 'f', 'j', 'f');
    await at.until(/5 chosen/, 60);
    await at.press('p');
    await at.until(/Foreseen/, 60);
    shot('7-plan');
    await at.press('Enter');
    await new Promise((resolve) => setTimeout(resolve, 20_000));
    shot('8-rehearsing');
    await at.until(/Holds|Breaks|Cannot tell/, 900);
    shot('8-rehearsal');
    await at.press('a');
    await new Promise((resolve) => setTimeout(resolve, 1500));
    shot('8-confirm');
    await at.type(project.name);
    await at.press('Enter');
    for (let i = 0; i < 10; i++) {
      await new Promise((resolve) => setTimeout(resolve, 1500));
      shot(`9-applying-${i}`);
    }
    await at.until(/seen on the processes/, 300);
    shot('10-done');
    await at.press('u');
    await at.until(/What comes back/);
    shot('11-undo');
    await at.press('y');
    await at.until(/is undone/, 300);
    shot('12-undone');
    await at.press('q');
    await at.until(/ended with/);
    shot('13-left');
  }), { timeout: 40 * 60_000 });
