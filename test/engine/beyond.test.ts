import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { foreignFindings, foreignOffers } from '../../source/engine/beyond.ts';
import type { Machine } from '../../source/model/machine.ts';
import { RISKS } from '../../source/risks/index.ts';
import { memoryFiles, memorySystem } from '../../source/system/memory.ts';
import type { RawContainer } from '../../source/system/raw.ts';
import type { Docker, ProcTexts, System } from '../../source/system/system.ts';

const raw = (name: string, labels: Readonly<Record<string, string>>): RawContainer => ({
  Id: name.padEnd(64, '0'), Name: `/${name}`, Image: 'sha256:1', RestartCount: 0,
  State: { Running: true, Restarting: false, Status: 'running', Pid: 0, StartedAt: '2026-01-01T00:00:00Z', ExitCode: 0 },
  Config: { Hostname: name, User: '', Image: 'app', Entrypoint: null, Cmd: ['sleep', 'infinity'], WorkingDir: '', Env: ['TOKEN=s3cret-of-others'], Labels: { ...labels } },
  HostConfig: { NetworkMode: 'bridge', UsernsMode: '', CapAdd: null, CapDrop: null, SecurityOpt: null, ReadonlyRootfs: false, Privileged: true, RestartPolicy: { Name: '' }, Binds: null, AutoRemove: false },
  Mounts: [], NetworkSettings: { Ports: null, Networks: {} },
});

const compose = (project: string, service: string) => ({ 'com.docker.compose.project': project, 'com.docker.compose.service': service, 'com.docker.compose.project.working_dir': `/srv/${project}` });

const called: string[] = [];
const docker = (all: readonly RawContainer[]): Docker => {
  const no = (what: string) => async (): Promise<never> => {
    called.push(what);
    throw new Error(what);
  };
  const look = {
    containers: async () => all, image: async () => undefined, history: async () => [], changes: async () => [],
    top: async () => ({ Titles: ['UID', 'PID', 'PPID', 'CMD'], Processes: [['root', '41', '1', 'sleep infinity']] }),
  };
  return { endpoint: 'unix:///x', look: look as unknown as Docker['look'], ask: no('ask'), act: no('act') } as unknown as Docker;
};

const own = { root: '/work/shop', name: 'shop', files: new Map(), services: [], containers: [{ id: 'mine'.padEnd(64, '0'), labels: new Map(Object.entries(compose('shop', 'web'))) }], images: [], host: { processes: [], listeners: [], sockets: [] }, processSource: 'docker', elsewhere: [], blind: [] } as unknown as Machine;

const base = memorySystem(memoryFiles({}));
const containers = (...all: readonly RawContainer[]): System => ({ ...base, docker: docker([raw('mine', {}), ...all]) });

describe('what is not this project\'s', () => {
  it('is diagnosed with whose it is, and where it would be fixed', async () => {
    const found = await foreignFindings(containers(raw('blog-web-1', compose('blog', 'web')), raw('pod', { 'io.kubernetes.pod.name': 'x', ...compose('k', 'y') }), raw('once', { ...compose('blog', 'job'), 'com.docker.compose.oneoff': 'True' }), raw('lone', {})), own, 'container', RISKS, false);
    const whose = new Map(found.flatMap((f) => f.subjects.filter((s) => s.kind === 'service').map((s) => [s.name, f.foreign!.en] as const)));
    assert.deepEqual([...whose].sort(), [
      ['blog/web', 'it belongs to the project blog; to fix it: harden-tui /srv/blog'],
      ['lone', 'it was started by itself, from no file of this project; harden-tui in the folder of its Dockerfile can fix it'],
      ['once', 'it belongs to a one-off compose run, and is changed there'],
      ['pod', 'it belongs to Kubernetes, and is changed there'],
    ]);
    assert.ok(found.some((f) => f.risk === 'no-new-privileges'));
    assert.ok(found.every((f) => !f.subjects.some((s) => s.name === 'mine')), 'what is ours is not looked at twice');
    assert.deepEqual(called, [], 'nothing in them is executed');
    assert.doesNotMatch(JSON.stringify(found), /s3cret-of-others/);
  });
  it('is not a container of this project that was replaced since, but one that somebody runs once', async () => {
    const once = raw('shop-web-run-1', { ...compose('shop', 'web'), 'com.docker.compose.oneoff': 'True' });
    const found = await foreignFindings(containers(raw('shop-web-1', compose('shop', 'web')), once, raw('other', { ...compose('shop', 'web'), 'com.docker.compose.project.working_dir': '/srv/a-copy' })), own, 'container', RISKS, false);
    assert.deepEqual([...new Set(found.flatMap((f) => f.subjects.filter((s) => s.kind === 'service').map((s) => s.name)))].sort(), ['shop-web-run-1', 'shop/web']);
    assert.match(found.find((f) => f.subjects.some((s) => s.name === 'shop/web'))!.foreign!.en, /a-copy/);
  });
  it('has ways out to read, none to take', () => {
    for (const risk of RISKS) {
      const offers = foreignOffers(risk, { en: 'x', 'zh-CN': 'y' });
      assert.deepEqual(offers.filter((o) => !o.refused && o.safety !== 'by-hand'), []);
      assert.ok(offers.every((o) => o.title.en !== '' && o.words.en !== '' && o.diffs.length === 0 && o.proposal === undefined), risk.id);
    }
  });
  it('of the machine itself is what we know as programs, without ourselves', async () => {
    const proc = (pid: number, ppid: number, cmd: string, cwd: string): ProcTexts => ({ pid, cmdline: cmd.replaceAll(' ', '\0'), cgroup: '0::/\n', cwd, status: `Name:\tx\nPPid:\t${ppid}\nUid:\t0\t0\t0\t0\nGid:\t0\t0\t0\t0\nGroups:\t\n` });
    const processes: System['processes'] = { ...base.processes, available: true, list: async () => [proc(50, 1, 'gunicorn shop:app', '/srv/app'), proc(51, 50, 'gunicorn shop:app', '/srv/app'), proc(60, 1, 'sshd', '/'), proc(process.pid, 1, 'redis-server', '/')] };
    const found = await foreignFindings({ ...base, processes }, own, 'process', RISKS, true);
    assert.ok(found.length > 0);
    assert.deepEqual([...new Set(found.map((f) => f.foreign!.en))], ['it runs outside this project; to fix it: harden-tui /srv/app']);
    assert.deepEqual(await foreignFindings({ ...base, processes }, own, 'process', RISKS, false), [], '--no-processes');
  });
  it('is nothing without Docker', async () => {
    assert.deepEqual(await foreignFindings(base, own, 'container', RISKS, true), []);
  });
});
