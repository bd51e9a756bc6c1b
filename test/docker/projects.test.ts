// Two compose projects run in one folder, each with a service of the same name: one is chosen, the other is not touched.
import assert from 'node:assert/strict';
import path from 'node:path';
import { docker, longTest, unique } from '../helpers/engine.ts';
import { withMade } from '../helpers/made.ts';
import { must, ran } from '../helpers/program.ts';
import { inspect } from '../helpers/inspected.ts';
import { processesOf } from '../helpers/processes.ts';
import { said } from '../helpers/scan.ts';
import { terminal } from '../helpers/tmux.ts';
import { treeOf } from '../helpers/tree.ts';
import { root } from '../listing.ts';

const wizard = [process.execPath, path.join(root, 'bin/harden-tui.js')];
const APP = 'import http.server\n\nhttp.server.HTTPServer(("0.0.0.0", 8000), http.server.SimpleHTTPRequestHandler).serve_forever()\n';

/** One small project in a folder of its own: what it serves is different, or they would be one image. */
const project = (folder: string): Record<string, string> => ({
  [`${folder}/Dockerfile`]: 'FROM python:3.11-slim\nWORKDIR /app\nCOPY . .\nCMD ["python3", "serve.py"]\n',
  [`${folder}/serve.py`]: APP,
  [`${folder}/page.txt`]: `${folder}\n`,
  [`${folder}/compose.yaml`]: 'services:\n  web:\n    build: .\n    stop_grace_period: 1s\n    volumes:\n      - kept:/app/kept\n\nvolumes:\n  kept:\n',
});

longTest('of two projects that run in one folder the chosen one is fixed, and nothing of the other is touched', async (t) => {
  const [inn, mill] = [unique('inn'), unique('mill')];
  await withMade('two', { ...project(inn), ...project(mill) }, async ({ root: at, harden }) => {
    const id = (name: string): string => docker('ps', '-aq', '--no-trunc', '--filter', `label=com.docker.compose.project=${name}`);
    const uids = (name: string): readonly number[] => [...new Set(processesOf(id(name)).map((p) => p.uid))];
    const whole = (name: string): unknown => {
      const { Id, Image, State } = inspect(id(name)) as { Id: string; Image: string; State: { StartedAt: string } };
      const files = Object.entries(treeOf(at)).filter(([file]) => file.startsWith(`${name}/`));
      const volume = docker('run', '--rm', '-v', `${name}_kept:/v:nocopy`, '--entrypoint', 'stat', 'python:3.11-slim', '-c', '%u %g %a', '/v');
      return { Id, Image, started: State.StartedAt, files, volume };
    };
    try {
      for (const name of [inn, mill]) await must(['docker', 'compose', 'up', '-d', '--build'], { cwd: path.join(at, name) });
      const [ours, other] = [whole(mill), whole(inn)];
      const box = path.dirname(path.dirname(at));
      const seat = terminal(t, at, wizard, { XDG_STATE_HOME: path.join(box, 'state'), LC_ALL: 'C.UTF-8', TERM: 'xterm-256color' });
      await seat.until(/enter goes on/, 60);
      await seat.press('Enter');
      const asked = await seat.until(/Which one is it about/);
      for (const name of [inn, mill]) assert.match(asked, new RegExp(`${name} +${name}/ +1 service, 1 running`));
      await seat.press('2', 'Enter');
      const list = await seat.until(/runs as root/);
      assert.doesNotMatch(list, new RegExp(inn), 'the other project is in the list');
      assert.match(list.split('\n')[0] ?? '', new RegExp(mill), 'the head does not name the chosen one');
      await seat.press('Enter');
      await seat.until(/❯ \d A bare number|A bare number/);
      for (let i = 0; i < 8 && !seat.screen().some((row) => /❯ \d A bare number/.test(row)); i++) await seat.press('Down');
      await seat.press('Enter');
      await seat.until(/1 chosen/);
      await seat.press('p');
      const plan = await seat.until(/Foreseen +1 gone/);
      assert.match(plan, new RegExp(`edit +${mill}/Dockerfile`));
      assert.doesNotMatch(plan, new RegExp(inn));
      await seat.press('Enter');
      const held = await seat.until(/Holds:|Breaks|Cannot tell/, 240);
      assert.match(held, /Holds: 1 gone/);
      await seat.press('a');
      const last = await seat.until(/Type (?:the name of the project|\S+, then enter)/);
      assert.match(last, new RegExp(mill));
      await seat.type(mill);
      await seat.press('Enter');
      await seat.until(/gone, seen on the processes that run now/, 180);
      // The first number is the other's, should it be chosen one day.
      assert.deepEqual(uids(mill), [10002]);
      assert.deepEqual(whole(inn), other, 'the other project was touched');
      assert.deepEqual(uids(inn), [0]);
      // Back among the findings it is still the chosen one, and the other's are to be had.
      await seat.press('Enter');
      await seat.until(/findings|Nothing/i);
      await seat.press('q');
      await seat.until(/ended with \d/);

      const shown = await harden('verify');
      assert.equal(shown.code, 0, said(shown));
      // The run is the chosen project's, by its name; and looking at an empty volume does not give it back to root.
      assert.match(shown.stdout, new RegExp(`harden-tui: ${mill}, run 1`));
      assert.match((whole(mill) as { volume: string }).volume, /^10002 /);
      const back = await harden('undo', '--yes');
      assert.equal(back.code, 0, said(back));
      assert.deepEqual(uids(mill), [0]);
      const { files, volume } = whole(mill) as Record<string, unknown>;
      assert.deepEqual({ files, volume }, { files: (ours as Record<string, unknown>)['files'], volume: (ours as Record<string, unknown>)['volume'] });
      assert.deepEqual(whole(inn), other);
    } finally {
      for (const name of [inn, mill]) await ran(['docker', 'compose', '-p', name, 'down', '-v', '--rmi', 'local', '--remove-orphans', '-t', '1'], { cwd: path.join(at, name) });
    }
  }, { start: false });
}, { timeout: 12 * 60_000 });
