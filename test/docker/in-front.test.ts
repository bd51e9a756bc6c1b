// `docker compose up` in a terminal of its own: whoever sits there sees the containers stop and start, and is told before.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { docker, longTest } from '../helpers/engine.ts';
import { withMade } from '../helpers/made.ts';
import { terminal } from '../helpers/tmux.ts';
import { root } from '../listing.ts';

const wizard = [process.execPath, path.join(root, 'bin/harden-tui.js')];
const FILES = {
  'Dockerfile': 'FROM python:3.11-slim\nWORKDIR /app\nCMD ["python3", "-m", "http.server", "8000"]\n',
  'compose.yaml': 'services:\n  web:\n    build: .\n    init: true\n',
};

longTest('a plan that stops what somebody watches in another terminal says so', (t) => withMade('in-front', FILES, async ({ root: at, name, compose }) => {
  await compose('build');
  const watching = spawn('docker', ['compose', 'up'], { cwd: at, stdio: 'ignore' });
  try {
    for (let i = 0; i < 60 && docker('ps', '-q', '--filter', `label=com.docker.compose.project=${name}`) === ''; i++) await pause(500);
    const seat = terminal(t, at, wizard, { XDG_STATE_HOME: path.join(path.dirname(path.dirname(at)), 'state'), LC_ALL: 'C.UTF-8', TERM: 'xterm-256color' }, { columns: 160, rows: 48 });
    await seat.until(/enter goes on/, 60);
    await seat.press('Enter');
    await seat.until(/web runs as root/);
    await seat.press('f', 'p');
    const plan = await seat.until(/Foreseen/);
    assert.match(plan, /stop +web/);
    assert.match(plan.replace(/\s+/g, ' '), /a terminal follows these containers; it will show them stop and start/);
    await seat.press('C-c');
    await seat.until(/ended with \d/);
  } finally {
    watching.kill('SIGINT');
    if (watching.exitCode === null) await once(watching, 'exit');
  }
}, { start: false }), { timeout: 5 * 60_000 });
