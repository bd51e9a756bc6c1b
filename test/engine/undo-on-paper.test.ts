// What an undo would run, told before it runs: the same walk on a system that does nothing, held against the walk in earnest.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { RestartHost } from '../../source/model/change.ts';
import { partWith } from '../../source/engine/part.ts';
import { undoOnPaper } from '../../source/engine/undo-on-paper.ts';
import { benchOf, goingOf, openRun, walkBack } from '../../source/engine/walk-back.ts';
import { keptName } from '../../source/changes/stop-services.ts';
import { quote } from '../../source/files/shellwords.ts';
import type { Change } from '../../source/model/change.ts';
import { Stop } from '../../source/model/errors.ts';
import type { Plan } from '../../source/model/plan.ts';
import { frozen } from '../../source/system/frozen.ts';
import { logged } from '../../source/system/logged.ts';
import { memoryFiles, memorySystem } from '../../source/system/memory.ts';
import type { RawContainer } from '../../source/system/raw.ts';
import type { Docker, System } from '../../source/system/system.ts';

const ROOT = '/work/shop';
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const compose = (service: string) => ({ project: 'shop', service, files: ['compose.yaml'], envFiles: [], directory: '.' });
const DONE = { code: 0, stdout: '', stderr: '' };

const container = (Id: string, Name: string, Image: string, service?: string): RawContainer => ({
  Id, Name: `/${Name}`, Image, State: { Running: true, Restarting: false, Status: 'running', Pid: 1, StartedAt: '', ExitCode: 0 },
  NetworkSettings: { Ports: null, Networks: {} },
  Config: { Labels: service === undefined ? {} : { 'com.docker.compose.project': 'shop', 'com.docker.compose.service': service } },
} as unknown as RawContainer);

/** An engine and a machine that do what they are told. */
function machine() {
  const memory = memoryFiles({
    [`${ROOT}/Dockerfile`]: 'FROM x\nUSER 10001\n', [`${ROOT}/conf/new.conf`]: 'made\n', '/run/shop/shop.sock': '', '/etc/passwd': 'root:x:0:0::/root:/bin/sh\nshop:x:997:997::/nonexistent:/usr/sbin/nologin\n',
  });
  // Owners, and a socket that a stopped program left behind.
  const owners = new Map<string, { uid?: number; gid?: number }>();
  const isSocket = (path: string): boolean => path.endsWith('.sock');
  const files: typeof memory = {
    ...memory,
    stat: async (path) => { const stat = await memory.stat(path); return stat && { ...stat, ...owners.get(path), ...(isSocket(path) ? { kind: 'socket' as const } : {}) }; },
    list: async (folder) => (await memory.list(folder)).map((e) => (isSocket(e.name) ? { ...e, kind: 'socket' as const } : e)),
    read: async (path) => (isSocket(path) ? Promise.reject(new Error('ENXIO')) : memory.read(path)),
    set: async (path, { mode, uid, gid }) => { owners.set(path, { uid: Number(uid), gid: Number(gid) }); await memory.set(path, { mode }); },
  };
  const images = new Map([['shop-web:latest', 'sha256:new'], ['harden-tui/keep:1-web', 'sha256:old'], ['harden-tui/keep:1-worker', 'sha256:stray'], ['harden-tui/keep:1-hut', 'sha256:hut'], ['hut:latest', 'sha256:hut-new']]);
  // A helper of another one of us, which looks what came since.
  const helper = container('looks', 'looks', 'sha256:new');
  helper.Config.Labels = { 'io.harden-tui.run': 'look' };
  let all: RawContainer[] = [helper, container('web2', 'shop-web-1', 'sha256:new', 'web'), container('hut1', keptName('1', 'hut'), 'sha256:hut'), container('hut2', 'hut', 'sha256:hut-new'), container('jobs9', 'jobs-1', 'sha256:jobs')];
  const ran: (readonly string[])[] = [];
  let waited = 0;
  let hups = 0;
  const idOf = (name: string): string | undefined => all.find((c) => c.Id === name || c.Name === `/${name}`)?.Id;
  const stop = (id: string | undefined): void => void (all = all.map((c) => (c.Id === id ? { ...c, State: { ...c.State, Running: false } } : c)));
  const docker: Docker = {
    endpoint: 'unix:///var/run/docker.sock',
    look: {
      facts: async () => ({ id: 'D1' }),
      image: async (name: string) => {
        const Id = images.get(name) ?? images.get(`${name}:latest`) ?? ([...images.values()].includes(name) ? name : undefined);
        return Id === undefined ? undefined : { Id };
      },
      containers: async () => all, container: async (name: string) => all.find((c) => c.Id === idOf(name)),
      volume: async () => ({}), ours: async () => [],
    } as unknown as Docker['look'],
    ask: async () => { throw new Error('asked'); },
    async act(deed) {
      if (deed.deed === 'tag') images.set(deed.tag.includes(':') ? deed.tag : `${deed.tag}:latest`, deed.image);
      if (deed.deed === 'untag') images.delete(deed.tag);
      if (deed.deed === 'stop') stop(idOf(deed.container));
      if (deed.deed === 'start') all = all.map((c) => (c.Id === idOf(deed.container) ? { ...c, State: { ...c.State, Running: true } } : c));
      if (deed.deed === 'remove') all = all.filter((c) => c.Id !== idOf(deed.container));
      if (deed.deed === 'rename') all = all.map((c) => (c.Id === idOf(deed.container) ? { ...c, Name: `/${deed.name}` } : c));
      return DONE;
    },
  };
  const base = memorySystem(files);
  const system: System = {
    ...base, docker,
    pause: async () => void (waited += 1),
    // A supervisord whose programs are others once it has read all again.
    processes: { ...base.processes, list: async () => [{ pid: 40, status: 'Pid:\t40\nPPid:\t1\n', cmdline: '/usr/bin/python3\0/usr/bin/supervisord\0-c\0/etc/supervisor/supervisord.conf\0', cgroup: '' }, { pid: 41 + hups, status: `Pid:\t${41 + hups}\nPPid:\t40\n`, cmdline: 'sh\0', cgroup: '' }] },
    shell: {
      ...base.shell,
      ask: async () => DONE,
      async run(argv) {
        ran.push(argv);
        if (argv[0] === 'userdel') await files.write('/etc/passwd', Buffer.from('root:x:0:0::/root:/bin/sh\n'));
        if (argv[0] === 'kill') hups += 1;
        if (argv.includes('stop') && argv.includes('compose')) stop('web2');
        if (argv.includes('up')) all = [...all.filter((c) => c.Id !== 'web2'), container('web3', 'shop-web-1', images.get('shop-web:latest')!, 'web')];
        return DONE;
      },
    },
  };
  return { system, files, ran, waited: () => waited, engine: () => JSON.stringify([[...images], all]) };
}

const supervised = { kind: 'restart-host', service: 'shop', by: 'supervisord', name: '/etc/supervisor/supervisord.conf', how: 'reload', supervisor: { config: '/etc/supervisor/supervisord.conf' }, services: ['shop'] } as unknown as RestartHost;
const plainHut = { service: 'hut', container: { id: 'hut1', name: 'hut' } };

/** A worker that hut is the broker of; its container was made anew since. */
const again = [{ service: 'jobs', containers: [{ id: 'jobs1', name: 'jobs-1' }], of: ['hut'], when: 'always', seconds: 60 }] as const;

/** One of every kind that can go back, with what was kept for it. */
const STEPS: readonly (readonly [change: Change, undo: unknown, finding: string])[] = [
  [{ kind: 'edit-file', path: 'Dockerfile', hash: '', edits: [] }, { before: base64('FROM x\n'), after: base64('FROM x\nUSER 10001\n'), mode: 0o644, uid: 0, gid: 0 }, 'a'],
  [{ kind: 'create-file', path: 'conf/new.conf', text: 'made\n', mode: 0o644 }, { absent: true, folder: 'conf' }, 'b'],
  [{ kind: 'build-image', service: 'web', image: 'shop-web', compose: compose('web'), build: { context: '.', dockerfile: 'Dockerfile', args: {} } }, { image: 'sha256:old', kept: 'harden-tui/keep:1-web' }, 'a'],
  [{ kind: 'build-image', service: 'hut', image: 'hut', build: { context: '.', dockerfile: 'Dockerfile', args: {} } }, { image: 'sha256:hut', kept: 'harden-tui/keep:1-hut' }, 'b'],
  [{ kind: 'make-account', name: 'shop' }, { made: true }, 'c'],
  [{ kind: 'make-folder', path: '/run/shop', uid: 997, gid: 997, mode: 0o755 }, { made: true }, 'c'],
  [{ kind: 'set-path', path: '/etc/passwd', uid: 0, gid: 0, mode: 0o640 } as unknown as Change, { entries: [{ path: '/etc/passwd', uid: 0, gid: 4, mode: 0o640 }] }, 'c'],
  [{ kind: 'set-path', path: '/etc/passwd', uid: 0, gid: 0, mode: 0o644 } as unknown as Change, { entries: [{ path: '/etc/passwd', uid: 0, gid: 4, mode: 0o640 }] }, 'c'],
  [{ kind: 'stop-services', services: [{ service: 'web', compose: compose('web') }, plainHut], again }, { containers: [{ service: 'web', raw: container('web1', 'shop-web-1', 'sha256:old', 'web') }, { service: 'hut', raw: container('hut1', 'hut', 'sha256:hut'), keptAs: keptName('1', 'hut') }] }, 'a b'],
  [{ kind: 'own-mount', service: 'web', image: 'shop-web', mount: { type: 'volume', source: 'media' }, uid: 10001, gid: 10001 }, { entries: [{ path: 'a', gid: 0, mode: 0o644 }, { path: 'b', gid: 7, mode: 0o4755 }], already: 0 }, 'a'],
  [{ kind: 'set-folder', service: 'web', image: 'shop-web', mount: { type: 'volume', source: 'sock' }, uid: 33, gid: 33, mode: 0o2750, stale: 'x.sock' }, { uid: 0, gid: 0, mode: 0o755 }, 'a'],
  [{ kind: 'start-services', services: [{ service: 'web', compose: compose('web') }, plainHut], again }, { plain: [{ name: 'hut', old: 'hut1' }] }, 'a b'],
  [supervised, { name: supervised.name, children: [] }, 'c'],
  [{ kind: 'restart-host', service: 'api', by: 'systemd', name: 'api.service', how: 'restart', services: ['api'] } as unknown as Change, { name: 'api.service' }, 'c'],
];

const plan = {
  version: 1, root: ROOT, name: 'shop', daemon: 'D1', owed: [], findings: [], joins: [], refused: [], foreseen: { gone: [], left: [], fresh: [] },
  choices: ['a', 'b', 'c'].map((finding) => ({ finding, risk: 'r', fix: 'f' })), ties: [{ finding: 'a', services: ['web'], needs: [] }, { finding: 'b', services: ['hut'], needs: [] }, { finding: 'c', services: ['shop', 'api'], needs: [] }],
  steps: STEPS.map(([change, , because], i) => ({ number: i + 1, change, because: because.split(' ') })),
} as unknown as Plan;

async function recorded(ending: 'applied' | undefined = 'applied') {
  const one = machine();
  const lines = [
    { t: 'run', run: '1', root: ROOT, name: 'shop', daemon: 'D1', at: '2026-11-22T14:32:00.000Z', by: 'dead', plan }, { t: 'keeps', tag: 'harden-tui/keep:1-worker' },
    ...STEPS.flatMap(([, undo], i) => [{ t: 'step', step: i + 1, undo }, { t: 'done', step: i + 1 }]),
    ...(ending ? [{ t: 'proven', at: '', running: [{ service: 'web', id: 'web2', name: 'shop-web-1', imageId: 'sha256:new', startedAt: '' }, { service: 'hut', id: 'hut2', name: 'hut', imageId: 'sha256:hut-new', startedAt: '' }] }, { t: 'end', ending, at: '' }] : []),
  ];
  await one.files.write('/state/runs/1/journal.jsonl', Buffer.from(`${lines.map((l) => JSON.stringify(l)).join('\n')}\n`));
  return one;
}

/** The same walk in earnest, as engine/undo.ts has it. */
async function inEarnest({ system }: ReturnType<typeof machine>, step?: number): Promise<readonly string[]> {
  const said: string[] = [];
  const run = await openRun('1', { system, state: '/state' });
  const going = goingOf(run, step);
  const back = await walkBack(run, going, benchOf(run, going, logged(system, (argv) => said.push(quote(argv))), () => undefined), '/state', { run: '1', write: async () => undefined }, () => undefined);
  assert.deepEqual(back.remarks.map((r) => r.en), []);
  return said;
}

describe('the commands of an undo, before it begins', () => {
  it('are those that run then, in their order', async () => {
    const one = await recorded();
    const paper = (await undoOnPaper('1', { system: one.system, state: '/state' })).map(quote);
    assert.deepEqual(paper, await inEarnest(one));
    // What was built has no name by then, and no container of this run has it any more.
    for (const command of ['docker rmi --no-prune sha256:new', 'docker rmi --no-prune sha256:hut-new', 'userdel shop', 'docker rmi --no-prune harden-tui/keep:1-worker', 'docker rename hut1 hut', 'docker start hut1', 'kill -HUP 40', 'chmod 640 /etc/passwd']) assert.equal(paper.filter((said) => said === command).length, 1, `${command}\n${paper.join('\n')}`);
  });

  it('are those of a part alone, where a part is asked for', async () => {
    for (const step of [2, 5]) {
      const one = await recorded();
      const paper = (await undoOnPaper('1', { system: one.system, state: '/state' }, step)).map(quote);
      assert.deepEqual(paper, await inEarnest(one, step));
      assert.ok(partWith(plan, step, new Set()), 'it is a part');
      assert.doesNotMatch(paper.join('\n'), /chown -h 0:0|shop-web/, 'none of the others');
    }
  });

  it('stop a worker before its broker goes, and start it once that is back; where its broker stays, it runs on', async () => {
    const one = await recorded();
    for (const step of [undefined, 2]) {
      const paper = (await undoOnPaper('1', { system: one.system, state: '/state' }, step)).map(quote);
      const order = ['docker stop -t 60 jobs-1', 'docker rm -f hut2', 'docker start hut1', 'docker start jobs-1'];
      assert.deepEqual(paper.filter((said) => order.includes(said)), order, paper.join('\n'));
    }
    for (const step of [1, 5]) assert.doesNotMatch((await undoOnPaper('1', { system: one.system, state: '/state' }, step)).map(quote).join('\n'), /jobs-1/);
  });

  it('are those of a run that was cut off, whose end nobody wrote down', async () => {
    const one = await recorded(undefined);
    const paper = (await undoOnPaper('1', { system: one.system, state: '/state' })).map(quote);
    assert.deepEqual(paper, await inEarnest(one));
  });

  it('do nothing: no file, no engine, no command, no journal, no waiting', async () => {
    const one = await recorded();
    const before = [one.engine(), JSON.stringify([...one.files.all])];
    // Whatever is not a look throws.
    const paper = await undoOnPaper('1', { system: frozen(one.system, { asks: false }), state: '/state' });
    assert.ok(paper.length > 15);
    assert.deepEqual([one.engine(), JSON.stringify([...one.files.all])], before);
    assert.deepEqual([one.ran, one.waited()], [[], 0]);
  });

  it('are not told where the undo itself would be refused, and why is', async () => {
    const one = await recorded();
    const refusal = async (run: string, system: System, step?: number): Promise<string> => undoOnPaper(run, { system, state: '/state' }, step).then(() => '', (error: unknown) => (error instanceof Stop ? error.what.en : String(error)));
    assert.match(await refusal('2', one.system), /There is no run 2/);
    assert.match(await refusal('1', { ...one.system, docker: undefined } as unknown as System), /another Docker daemon/);
    assert.match(await refusal('1', one.system, 99), /has no step 99/);
  });
});
