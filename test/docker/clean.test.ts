// What a dead process of ours left on the engine is removed by `history --clean`; what a living one made stays, whoever that is.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openSession } from '../../source/engine/open.ts';
import { BY, LABEL } from '../../source/system/deeds.ts';
import { realSystem } from '../../source/system/real/index.ts';
import { call } from '../cli/helpers/call.ts';
import { docker, longTest, unique } from '../helpers/engine.ts';
import { root } from '../listing.ts';

const IMAGE = 'debian:bookworm-slim';

/** How a process that has ended by now was called. */
const deadOne = (): string => execFileSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', `
import { realSystem } from './source/system/real/index.ts';
process.stdout.write(await realSystem.processes.me());
process.exit(0);
`], { cwd: root, encoding: 'utf8' });

/** One of each kind, as a rehearsal makes them; a container that still runs, with a volume whose upper folders lie in another. */
function made(name: string, by: string): void {
  const labels = ['--label', `${LABEL}=rehearsal-${name}`, '--label', `${BY}=${by}`];
  docker('network', 'create', ...labels, name);
  docker('volume', 'create', ...labels, name);
  docker('volume', 'create', ...labels, `${name}-scratch`);
  docker('run', '-d', '--name', name, '--network', name, '-v', `${name}:/data`, ...labels, IMAGE, 'sleep', '300');
  docker('tag', IMAGE, `harden-tui/rehearsal:0a1b2c3d-${by.split(':')[0]}-${name}`);
}

const there = (name: string): string[] => [
  ...docker('ps', '-a', '--format', 'container {{.Names}}').split('\n'), ...docker('network', 'ls', '--format', 'network {{.Name}}').split('\n'),
  ...docker('volume', 'ls', '--format', 'volume {{.Name}}').split('\n'), ...docker('images', '--format', 'image {{.Repository}}:{{.Tag}}').split('\n'),
].filter((line) => line.includes(name)).sort();

function remove(name: string): void {
  for (const words of [['rm', '-fv', name], ['network', 'rm', name], ['volume', 'rm', name], ['volume', 'rm', `${name}-scratch`], ...there(name).filter((l) => l.startsWith('image ')).map((l) => ['rmi', l.slice(6)])]) {
    try {
      docker(...words);
    } catch {
      // Gone already.
    }
  }
}

longTest('history --clean removes what a dead run left, and nothing of a living one', async (t) => {
  const [left, mine] = [unique('ht-left'), unique('ht-alive')];
  const state = mkdtempSync(path.join(tmpdir(), 'ht-clean-'));
  t.after(() => {
    for (const name of [left, mine]) remove(name);
    rmSync(state, { recursive: true, force: true });
  });
  const dead = deadOne();
  assert.equal(await realSystem.processes.lives(dead), false);
  made(left, dead);
  made(mine, await realSystem.processes.me());
  const before = there(mine);
  assert.deepEqual([there(left).length, before.length], [5, 5]);

  // On an engine that is shared: of what others' dead runs left, nothing is taken away by a test.
  const session = async (options: Parameters<typeof openSession>[0]): ReturnType<typeof openSession> => {
    const real = await openSession({ ...options, root: state, env: { XDG_STATE_HOME: state }, home: state });
    return { ...real, leftovers: async () => { const all = await real.leftovers(); return { ...all, left: all.left.filter((o) => o.name.includes(left) || o.name.includes(mine)) }; } };
  };
  const all = await (await openSession({ root: state, checks: [], env: { XDG_STATE_HOME: state }, home: state })).leftovers();
  assert.deepEqual(all.left.filter((o) => o.name.includes(mine)), [], 'a living process has left nothing');

  const shown = await call(['history'], { doors: { session } });
  assert.equal(shown.code, 0, shown.stderr);
  for (const kind of ['container', 'network', 'volume', 'image']) assert.match(shown.stdout, new RegExp(`${kind} +\\S*${left}`));
  assert.doesNotMatch(shown.stdout, new RegExp(mine));
  assert.match(shown.stdout, /harden-tui history --clean/);
  assert.equal(there(left).length, 5, 'showing removes nothing');

  const cleaned = await call(['history', '--clean', '--yes'], { doors: { session } });
  assert.equal(cleaned.code, 0, cleaned.stderr + cleaned.stdout);
  assert.deepEqual(there(left), []);
  assert.deepEqual(there(mine), before);
  assert.match((await call(['history', '--clean'], { doors: { session } })).stderr, /Nothing was left behind/);
});
