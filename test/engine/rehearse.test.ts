// What a rehearsal is made of, without an engine: what a copy gets and what it never gets, what counts as worse, and what that is called.
import assert from 'node:assert/strict';
import test from 'node:test';
import { brings } from '../../source/engine/baseline.ts';
import { expectedOf } from '../../source/engine/rehearse/beside.ts';
import { inOrder, type Part } from '../../source/engine/rehearse/cast.ts';
import { compared, NOTHING_EXPECTED, outcomeOf, type Expected } from '../../source/engine/rehearse/compare.ts';
import { folded, inServices, resultOf } from '../../source/engine/rehearse/proven.ts';
import { whatBecame } from '../../source/engine/rehearse/became.ts';
import { breakageOf } from '../../source/engine/rehearse/breakage.ts';
import type { Machine } from '../../source/model/machine.ts';
import type { Plan } from '../../source/model/plan.ts';
import type { Compared, Shown } from '../../source/model/rehearsal.ts';
import { same, text } from '../../source/model/text.ts';
import { drafted } from '../../source/engine/rehearse/copy.ts';
import { beyond, deltaOf, nanoseconds, resolved, withDelta, type Resolved, type Spec } from '../../source/engine/rehearse/delta.ts';
import type { Facts } from '../../source/engine/rehearse/facts.ts';
import { meansOf } from '../../source/engine/rehearse/means.ts';
import { isMachines, mountedIn, plannedMounts } from '../../source/engine/rehearse/mounts.ts';
import { readAnswers } from '../../source/engine/rehearse/probe.ts';
import { below } from '../../source/engine/rehearse/stage.ts';
import { ofRehearsal } from '../../source/engine/rehearse/sweep.ts';
import { lentTo } from '../../source/engine/rehearse/trials.ts';
import { withOptions, type Role } from '../../source/engine/rehearse/world.ts';
import { LABEL } from '../../source/system/deeds.ts';
import { memoryFiles } from '../../source/system/memory.ts';
import { rehearsalText } from '../../source/report/rehearsal-text.ts';
import type { Looks } from '../../source/report/pretty-finding.ts';
import type { RawContainer, RawImage } from '../../source/system/raw.ts';

const project = (services: Resolved['services'], more: Partial<Resolved> = {}): Resolved => ({ services, volumes: {}, networks: {}, secrets: {}, configs: {}, ...more });

const raw = (more: { config?: object; host?: object; mounts?: RawContainer['Mounts']; networks?: object } = {}): RawContainer => ({
  Id: 'a'.repeat(64), Name: '/shop-web-1', Image: 'sha256:old', RestartCount: 0,
  State: { Running: true, Restarting: false, Status: 'running', Pid: 1, StartedAt: '', ExitCode: 0 },
  Config: { Hostname: 'a'.repeat(12), User: '', Image: 'shop-web', Entrypoint: null, Cmd: ['app'], WorkingDir: '/app', Env: ['PATH=/bin', 'KEY=secret'], Labels: { 'com.docker.compose.project': 'shop', 'traefik.enable': 'true' }, ...more.config },
  HostConfig: { NetworkMode: 'shop_default', UsernsMode: '', CapAdd: null, CapDrop: null, SecurityOpt: null, ReadonlyRootfs: false, Privileged: false, RestartPolicy: { Name: 'always' }, Binds: ['/var/run/docker.sock:/s'], AutoRemove: true, PortBindings: { '80/tcp': [{ HostIp: '', HostPort: '80' }] }, LogConfig: { Type: 'syslog' }, ...more.host },
  Mounts: more.mounts ?? [],
  NetworkSettings: { Ports: { '80/tcp': [{ HostIp: '0.0.0.0', HostPort: '80' }] }, Networks: (more.networks ?? { shop_default: { Aliases: ['web', 'a'.repeat(12)], IPAMConfig: { IPv4Address: '10.0.0.9' }, Links: null, DriverOpts: null, NetworkID: 'n' } }) as RawContainer['NetworkSettings']['Networks'] },
});
const image: RawImage = { Id: 'sha256:old', RepoTags: [], Config: { User: '', Entrypoint: null, Cmd: ['app'], WorkingDir: '/app', Env: ['PATH=/bin'] }, RootFS: { Layers: ['1', '2'] } };
const part = (more?: Parameters<typeof raw>[0]): Part => ({ name: 'web', raw: raw(more), image });

test('a copy is published nowhere, restarts never, is nobody else\'s, and logs to nobody', () => {
  const { spec, wires, untried } = drafted(part({ host: { Privileged: true, Devices: [{}], PidMode: 'host', IpcMode: 'host' } }), 'harden-tui/rehearsal:1-web-before', 'rehearsal-1');
  assert.deepEqual(spec.HostConfig['PortBindings'], {});
  assert.deepEqual(spec.HostConfig['RestartPolicy'], { Name: '' });
  assert.deepEqual(spec.HostConfig['Binds'], []);
  assert.deepEqual(spec.HostConfig['LogConfig'], { Type: 'json-file', Config: {} });
  for (const [key, value] of Object.entries({ AutoRemove: false, Privileged: false, PidMode: '', IpcMode: 'private' })) assert.equal(spec.HostConfig[key], value, key);
  const labels = spec['Labels'] as Record<string, string>;
  assert.equal(labels[LABEL], 'rehearsal-1');
  assert.equal(labels['com.docker.compose.project'], '', 'compose would take it for its own, by the label of the image');
  assert.equal('traefik.enable' in labels, false);
  assert.deepEqual(wires, [{ network: 'shop_default', aliases: ['web', 'shop-web-1'] }], 'found by its names, without the address');
  assert.deepEqual(spec['Env'], ['KEY=secret'], "the image's own variables must not mask those of the next");
  assert.equal(untried.length, 4);
});

test('the network of another is that of its copy; none stays none', () => {
  assert.equal(drafted(part({ host: { NetworkMode: `container:${'b'.repeat(64)}` }, networks: {} }), 'x', 'l').guestOf, 'b'.repeat(64));
  assert.equal(drafted(part({ host: { NetworkMode: 'none' }, networks: { none: {} } }), 'x', 'l').alone, true);
});

const spec: Spec = { Image: 'x', Env: ['KEY=secret', 'OLD=1'], HostConfig: { CapDrop: null } };

test('only keys that changed are brought into a copy, each as the API calls it', () => {
  const before = { user: '0', image: 'a', ports: [1], environment: { OLD: '1', KEY: 'secret' }, labels: { a: 'b' } };
  const after = { user: '10001:10001', image: 'b', ports: [2], environment: { KEY: 'other', NEW: '2' }, cap_drop: ['ALL'], read_only: true, tmpfs: ['/tmp', '/run:size=1m'], ulimits: { nofile: { soft: 1, hard: 2 }, nproc: 3 }, mem_limit: '1048576', healthcheck: { test: ['CMD', 'true'], interval: '1m30s' } };
  const delta = deltaOf(before, after);
  assert.deepEqual(beyond(delta), []);
  const now = withDelta(spec, delta, before);
  assert.equal(now['User'], '10001:10001');
  assert.deepEqual(now['Env'], ['KEY=other', 'NEW=2']);
  assert.deepEqual(now['Healthcheck'], { Test: ['CMD', 'true'], Interval: 90e9 });
  assert.deepEqual(now.HostConfig, { CapDrop: ['ALL'], ReadonlyRootfs: true, Tmpfs: { '/tmp': '', '/run': 'size=1m' }, Ulimits: [{ Name: 'nofile', Soft: 1, Hard: 2 }, { Name: 'nproc', Soft: 3, Hard: 3 }], Memory: 1048576 });
  assert.equal(now['Image'], 'x');
});

test('a key that goes is the image\'s again, and one that nobody knows is named', () => {
  assert.equal(withDelta({ ...spec, User: '5' }, deltaOf({ user: '5' }, {}), { user: '5' })['User'], undefined);
  assert.deepEqual(beyond(deltaOf({}, { network_mode: 'host', dns: ['1.1.1.1'], cap_drop: ['ALL'], security_opt: ['seccomp:./profile.json'] })), ['network_mode', 'dns', 'security_opt']);
  assert.deepEqual(beyond(deltaOf({}, { security_opt: ['no-new-privileges:true', 'seccomp:unconfined'] })), []);
});

test('a stage reads as the project, and two dollars as one', () => {
  const json = JSON.stringify({ services: { web: { command: ['sh', '-c', 'echo $$HOME'], volumes: [{ source: '/state/1/after/d' }] } } });
  assert.deepEqual(resolved(json, '/state/1/after', '/work/shop').services['web'], { command: ['sh', '-c', 'echo $HOME'], volumes: [{ source: '/work/shop/d' }] });
  assert.equal(nanoseconds('1h0m0.5s'), 3600.5e9);
});

test('what is the machine\'s own is never mounted', () => {
  for (const source of ['/', '/proc', '/sys/fs/cgroup', '/dev/dri', '/run', '/var/run/docker.sock', '/run/mysqld', '/var/lib/docker/volumes']) assert.equal(isMachines(source), true, source);
  for (const source of ['/srv/run', '/home/me/dev', '/etc/localtime', '/var/lib/shop', '/running']) assert.equal(isMachines(source), false, source);
});

test('mounts as planned: those that the engine has, with what the file changes', () => {
  const now = mountedIn(raw({ mounts: [{ Type: 'volume', Name: 'shop_data', Source: '/x', Destination: '/data', RW: true }, { Type: 'bind', Source: '/work/shop/conf', Destination: '/conf', RW: true }], host: { Mounts: [{ Type: 'tmpfs', Target: '/cache', TmpfsOptions: { Mode: 448 } }] } }));
  assert.deepEqual(now.map((m) => [m.type, m.source, m.target, m.readOnly]), [['volume', 'shop_data', '/data', false], ['bind', '/work/shop/conf', '/conf', false], ['tmpfs', '', '/cache', false]]);
  const data = { type: 'volume', source: 'data', target: '/data' };
  const conf = { type: 'bind', source: '/work/shop/conf', target: '/conf' };
  const before = project({ web: { volumes: [data, conf] } }, { volumes: { data: { name: 'shop_data' } } });
  const after = project({ web: { volumes: [data, { ...conf, read_only: true }], secrets: [{ source: 'key' }, { source: 'from_env' }] } }, { volumes: { data: { name: 'shop_data' } }, secrets: { key: { file: '/work/shop/key.txt' }, from_env: {} } });
  const planned = plannedMounts(now, before, after, 'web');
  assert.deepEqual(planned.lost, ['/run/secrets/from_env']);
  assert.deepEqual(planned.mounts.map((m) => [m.source, m.target, m.readOnly]), [['shop_data', '/data', false], ['', '/cache', false], ['/work/shop/conf', '/conf', true], ['/work/shop/key.txt', '/run/secrets/key', true]]);
});

const facts = (more: { uid?: number; ports?: readonly number[]; answers?: readonly (readonly [number, string])[]; writes?: readonly (readonly [string, boolean])[]; log?: string; state?: Facts['state']; health?: string } = {}): Facts => ({
  state: more.state ?? 'running', ...(more.health ? { health: more.health } : {}), ...(more.state === 'ended' ? { ended: '1' } : {}),
  live: {
    processes: [{ pid: 9, ppid: 0, argv: ['app'], uid: { real: more.uid ?? 0, effective: more.uid ?? 0 }, gid: { real: 0, effective: 0 }, groups: [], capEff: more.uid ? 0n : 5n }],
    listeners: (more.ports ?? [8000]).map((port) => ({ protocol: 'tcp' as const, address: '0.0.0.0', port, pids: [9], uid: 0 })), sockets: [],
  },
  answers: new Map(more.answers ?? [[8000, '200 html']]), writes: new Map(more.writes ?? []), complaints: new Map(), log: more.log ?? '',
});
const results = (a: Facts, b: Facts, expected: Expected = NOTHING_EXPECTED): Record<string, string> => Object.fromEntries(compared('web', a, b, expected).map((r) => [r.what.en, r.result]));

test('a page that looks fine, and an upload that would fail', () => {
  const rows = compared('web', facts({ writes: [['/data', true], ['/etc', false]] }), facts({ uid: 10001, writes: [['/data', false], ['/etc', false]] }), NOTHING_EXPECTED);
  assert.deepEqual(rows.map((r) => [r.what.en, r.asPlanned.en, r.result]), [['runs as', '10001, no capabilities', 'gone'], ['listens on', '8000', 'same'], ['GET / on 8000', '200 html', 'same'], ['writes /data', 'no', 'WORSE']]);
  assert.equal(outcomeOf(rows, ['web']).outcome, 'breaks');
});

test('a port that moves on purpose is asked where it is now; one that is lost is worse', () => {
  const [old, now] = [facts({ ports: [443, 40123], answers: [[443, '200 json']] }), facts({ uid: 5, ports: [8443], answers: [[8443, '200 json']] })];
  const moved = { ...NOTHING_EXPECTED, moved: new Map([[443, 8443]]) };
  assert.deepEqual(results(old, now, moved), { 'runs as': 'gone', 'listens on': 'same', 'GET / on 443, then 8443': 'same' }, 'of a port that only moved nothing is gone');
  assert.deepEqual(compared('web', old, now, moved)[1]?.asPlanned, text('8443, as planned', '8443（方案如此）'));
  const [, promised] = compared('web', old, now, { ...moved, promised: (port) => port === 443 });
  assert.deepEqual([promised?.asPlanned, promised?.result], [text('8443', '8443（不再监听 443）'), 'gone'], 'a finding is about it');
  assert.deepEqual(results(old, facts({ uid: 5, ports: [8443], answers: [] })), { 'runs as': 'gone', 'listens on': 'WORSE', 'GET / on 443': 'WORSE' });
  assert.deepEqual(results(facts({ ports: [5555], answers: [[5555, 'connects']] }), facts({ ports: [], answers: [] }), { ...NOTHING_EXPECTED, closed: new Set([5555]), promised: (port) => port === 5555 }), { 'runs as': 'same', 'listens on': 'gone' });
});

test('a port that stays, and that only root gives up, is asked as before', () => {
  const kept = { owed: [{ finding: 'F', proofs: [{ kind: 'no-root-port', service: 'web', port: 80, anybody: true }] }], steps: [] } as unknown as Plan;
  const expected = expectedOf(part(), kept, []);
  const [old, now] = [facts({ ports: [80], answers: [[80, '200 json']] }), facts({ uid: 5, ports: [80], answers: [[80, '200 json']] })];
  assert.equal(results(old, now, expected)['GET / on 80'], 'same');
  assert.equal(results(old, facts({ uid: 5, ports: [], answers: [[80, 'nothing']] }), expected)['listens on'], 'WORSE', 'and missed where it is lost');
});

test('root that is still there is not gone, whoever else steps down; each finding then has a row of its own', () => {
  const process = (uid: number) => ({ ...facts({ uid }).live.processes[0]!, capEff: 5n });
  const some = (...all: readonly number[]): Facts => ({ ...facts(), live: { ...facts().live, processes: all.map(process) } });
  const [row] = compared('app', some(0), some(0, 10001), NOTHING_EXPECTED);
  assert.deepEqual([row?.asPlanned, row?.result], [text('root, 10001, as planned', 'root、10001（方案如此）'), 'same'], '"same" beside others than before says that they are meant');
  assert.equal(compared('app', some(0, 33), some(0, 33), NOTHING_EXPECTED)[0]?.asPlanned.en, 'root, 33', 'nothing to be said of those that stay');
  const proof = (finding: string, result: Compared['result'], who: readonly string[] = ['app']) => ({ row: { service: 'app', what: same(finding), asIs: same(''), asPlanned: same(''), result, findings: [finding] }, who });
  assert.deepEqual(folded([row!], [proof('F1', 'gone'), proof('F2', 'gone')], () => false).fixes.map((one) => one.what.en), ['F1', 'F2']);
  const gone = compared('app', some(0), some(10001), NOTHING_EXPECTED);
  const { rows, fixes } = folded(gone, [proof('F1', 'gone'), proof('F2', 'left'), proof('F3', 'gone', ['app', 'worker'])], () => true);
  assert.deepEqual([rows[0]?.findings, fixes.map((one) => one.what.en)], [['F1'], ['F2', 'F3']], 'a row names the findings that it tells');
});

test('rows stand by service, in the order of the project; what is replaced first', () => {
  const at = (service: string, what: string): Compared => ({ service, what: same(what), asIs: same(''), asPlanned: same(''), result: 'same' });
  const rows = inServices([at('app', 'a'), at('proxy', 'b'), at('app', 'c'), at('', 'own'), at('db', 'd')], ['db', 'proxy', 'app'], ['app', 'proxy']);
  assert.deepEqual(rows.map((one) => one.what.en), ['b', 'a', 'c', 'd', 'own']);
});

test('what became of the findings is one sentence, and nothing unseen is counted as gone', () => {
  const found = (...outcomes: readonly Shown['outcome'][]): readonly Shown[] => outcomes.map((outcome, i) => ({ finding: `F${i}`, title: same(`F${i}, and more`), outcome }));
  assert.equal(whatBecame(undefined), undefined);
  assert.equal(whatBecame(found('gone'))?.en, 'The finding of the plan is gone on the copies.');
  assert.equal(whatBecame(found('gone', 'gone'))?.en, 'Both findings of the plan are gone on the copies.');
  assert.equal(whatBecame(found('gone', 'left', 'later', 'cannot-tell', 'not-here'))?.en, '1 of 5 findings of the plan is gone on the copies; left: F1, and more; left for its second step, as planned: F2, and more; cannot tell of: F3, and more; seen only where it really runs: F4, and more.');
  assert.equal(whatBecame(found('not-here'))?.['zh-CN'], '方案里的 1 个问题，在副本上消除了 0 个；要到真正运行时才看得到：F0, and more。');
});

test('a refused write says whose the folder is, where that was counted and nobody hands it over', () => {
  const worse: Compared = { service: 'web', what: text('writes /data', '可写 /data'), asIs: text('yes', '可以'), asPlanned: text('no', '不可以'), result: 'WORSE' };
  const now: Facts = { ...facts({ uid: 10001 }), complaints: new Map([['/data', 'cannot create /data/…: Permission denied']]) };
  const machine = (rootEntries?: number) => ({ containers: [{ service: 'web', mounts: [{ source: 'v', target: '/data', ...(rootEntries === undefined ? {} : { rootEntries }) }] }] }) as unknown as Machine;
  const plan = (steps: readonly unknown[]) => ({ steps }) as unknown as Plan;
  const means = (n: number | undefined, steps: readonly unknown[] = []): string => breakageOf(worse, now, undefined, machine(n), plan(steps)).means?.en ?? '';
  assert.match(means(23), /^the folder and its 23 files are root's\. 10001 may not write there\./);
  assert.match(means(undefined), /^Its user may not write \/data: the folder belongs to another user/);
  assert.match(means(23, [{ change: { kind: 'own-mount', mount: { source: 'v' } } }]), /^Its user may not write/, 'handed over, and refused all the same: whose it is by now was not asked');
  assert.deepEqual(breakageOf(worse, now, undefined, machine(23), plan([])).log, ['cannot create /data/…: Permission denied']);
  assert.deepEqual(breakageOf({ ...worse, what: same('touch /x'), own: true }, now, undefined, machine(), plan([])).log, [], "an answer to one's own question is its own");
});

test('what nobody could ask, and what is bad in both, is not told as a pass', () => {
  assert.equal(results(facts(), facts({ answers: [] }))['GET / on 8000'], 'cannot-tell');
  assert.equal(results(facts({ answers: [[8000, '502 html']] }), facts({ answers: [[8000, '502 html']] }))['GET / on 8000'], 'cannot-tell');
  const dead = compared('web', facts({ state: 'ended' }), facts({ state: 'ended' }), NOTHING_EXPECTED);
  const { outcome, why } = outcomeOf([...dead, ...compared('db', facts(), facts(), NOTHING_EXPECTED)], ['web']);
  assert.equal(outcome, 'cannot-tell');
  assert.match(why?.en ?? '', /^web as it is: runs: ended \(1\)/);
  assert.equal(outcomeOf(compared('web', facts(), facts({ state: 'ended' }), NOTHING_EXPECTED), ['web']).outcome, 'breaks');
  assert.match(outcomeOf([], ['web'], ['web']).why?.en ?? '', /^web does not run, so there is nothing to compare it with\. Start it/);
  assert.match(outcomeOf([], ['web'], ['db']).why?.en ?? '', /^Nothing of web could be compared/);
  assert.deepEqual([results(facts({ health: 'healthy' }), facts({ health: 'unhealthy' }))['health'], results(facts({ health: 'starting' }), facts({ health: 'unhealthy' }))['health']], ['WORSE', 'cannot-tell']);
});

test('the first of two steps leaves what it leaves as foreseen', () => {
  assert.equal(resultOf({ outcome: 'left', due: true }, { outcome: 'left' }), 'same');
  assert.equal(resultOf({ outcome: 'left' }, { outcome: 'left' }), 'left');
  assert.equal(resultOf({ outcome: 'left' }, { outcome: 'gone' }), 'WORSE');
});

test('a finding that is there in both copies is still there, and nothing that got worse', () => {
  const left: Compared = { service: 'portal', what: same('workers are root'), asIs: same('2 of 2'), asPlanned: same('2 of 2 are root'), result: 'left' };
  const breakage = breakageOf(left, facts(), undefined, {} as Machine, { steps: [] } as unknown as Plan);
  assert.equal(breakage.what.en, 'portal: workers are root: still so in the copy as planned: 2 of 2 are root.');
  const said = (rows: readonly Compared[]): string => rehearsalText({ outcome: 'breaks', rows, breakage, untried: [], buildMs: 0, ms: 0 }, { lang: 'en', columns: 200, paint: (_role, words) => words } as Looks);
  assert.match(said([left]), /^Breaks: what it is to mend is still there in the copy as planned\. Nothing of yours/m);
  assert.match(said([left, { ...left, result: 'WORSE' }]), /^Breaks: one thing gets worse\./m);
});

test('a program that died of what it may not do is worse; a tool that complains and is ignored is not', () => {
  const log = (line: string): string | undefined => results(facts(), facts({ log: `starting\n${line}\n` }))['log'];
  assert.equal(log("PermissionError: [Errno 13] Permission denied: '/data/x'"), 'WORSE');
  assert.equal(log("chown: changing ownership of '/data': Operation not permitted"), 'cannot-tell');
  assert.equal(log("1:M 22 Nov 2026 22:46:26.888 # == CRITICAL == This server is sending an error to its AOF-loading-client: '-NOPERM ACLs rules changed'"), 'WORSE', 'data that is not read any more');
  assert.equal(log('listening on 8000'), undefined);
  assert.equal(results(facts({ log: '1:M 22 Nov 2026 22:46:26.888 # WARNING overcommit may fail\n' }), facts({ log: '9:M 22 Nov 2026 22:46:31.012 # WARNING overcommit may fail\n' }))['log'], undefined, 'a banner of both');
  assert.equal(results(facts({ log: '[1] error: no route 17\n' }), facts({ log: '[2] error: no route 23\n' }))['log'], undefined, 'the old one says the same');
});

test('lines of a log in plain words', () => {
  const means = (line: string): string => meansOf(['first line', line])?.en ?? '';
  assert.match(means('unable to find user app: no matching entries in passwd file'), /no account app in the image/);
  assert.match(means("PermissionError: [Errno 13] Permission denied: '/app/data/x.db'"), /\/app\/data\/x\.db: it belongs to another user/);
  assert.match(means("OSError: [Errno 30] Read-only file system: '/app/x'"), /read-only where it wants to write \/app\/x/);
  assert.match(means("chown: changing ownership of '/x': Operation not permitted"), /calls chown/);
  assert.match(means('OSError: [Errno 98] Address already in use'), /same port/);
  assert.match(means('nginx: [emerg] bind() to 0.0.0.0:80 failed (13: Permission denied)'), /below 1024/);
  assert.equal(meansOf(['all is well']), undefined);
});

test('answers of a helper, in the words of vitals', () => {
  assert.deepEqual([...readAnswers('8000 200 text/html\n6379 connects\n443 404 application/json; charset=utf-8\n81 unknown\nnoise\n82 nothing\n')], [[8000, '200 html'], [6379, 'connects'], [443, '404 json'], [82, 'nothing']]);
});

test('options of a trial stand in the place of the container\'s own', () => {
  const now = withOptions({ Image: 'x', HostConfig: { CapAdd: ['NET_RAW'], Tmpfs: { '/old': '' }, SecurityOpt: ['seccomp=unconfined'] } }, { capDrop: ['ALL'], capAdd: ['CHOWN'], readOnly: true, noNewPrivileges: true, tmpfs: [{ path: '/run', uid: 5, mode: 0o755 }] });
  assert.deepEqual(now.HostConfig, { CapAdd: ['CHOWN'], CapDrop: ['ALL'], ReadonlyRootfs: true, Tmpfs: { '/old': '', '/run': 'uid=5,mode=755' }, SecurityOpt: ['seccomp=unconfined', 'no-new-privileges:true'] });
});

test('what a rebuild brings is told by instruction, and a variable by its name alone', () => {
  const history = [{ Id: '', CreatedBy: 'CMD ["app"]', Size: 0 }, { Id: '', CreatedBy: 'RUN /bin/sh -c pip install flask # buildkit', Size: 5 }, { Id: '', CreatedBy: '/bin/sh -c #(nop) ADD file:x in /', Size: 9 }];
  assert.deepEqual(brings(image, { ...image, Id: 'sha256:new' }, history), []);
  const other = { ...image, Config: { ...image.Config, Env: ['PATH=/bin', 'TOKEN=secret'], User: 'app' }, RootFS: { Layers: ['1', '3'] } };
  assert.deepEqual(brings(image, other, history).map((b) => b.en), ['another result of RUN pip install flask', 'User is another', 'the variable TOKEN']);
});

test('dependencies first, and a ring is no end', () => {
  const parts = ['web', 'db', 'cache'].map((name) => ({ ...part(), name }));
  const needs: Record<string, string[]> = { web: ['db'], db: ['cache'], cache: ['web'] };
  assert.deepEqual(inOrder(parts, (n) => needs[n] ?? []).map((p) => p.name), ['cache', 'db', 'web']);
});

test('nothing is written beside a stage, through no link', async () => {
  const files = below({ ...memoryFiles({ '/s/after/a': '1', '/work/a': '2' }), realpath: async (path) => (path === '/s/after/link' ? '/work/a' : path) }, '/s/after');
  await files.write('/s/after/a', Buffer.from('x'));
  await assert.rejects(files.write('/s/after/link', Buffer.from('x')), /leads out/);
  await assert.rejects(files.write('/work/a', Buffer.from('x')), /leads out/);
  await assert.rejects(files.makeFolder('/s/after/../b', 0o755), /leads out/);
});

test('what a rehearsal made is known by its label, an image by its tag', () => {
  const thing = (kind: 'container' | 'image', name: string, label: string) => ({ kind, id: name, name, labels: { [LABEL]: label } });
  assert.equal(ofRehearsal(thing('container', 'x', 'rehearsal-1234')), true);
  assert.equal(ofRehearsal(thing('container', 'x', 'rehearsal-1234'), '99'), false);
  assert.equal(ofRehearsal(thing('container', 'x', 'helper')), false);
  assert.equal(ofRehearsal(thing('image', 'harden-tui/rehearsal:1234-web-after', ''), '1234'), true);
  assert.equal(ofRehearsal(thing('image', 'harden-tui/keep:1-web', '')), false);
});

void test('a trial finds the socket that a neighbour serves, and has everything else to itself', () => {
  const role = (name: string, ...targets: [string, string][]): Role =>
    ({ part: { name } as Part, image: name, needs: [], mounts: targets.map(([source, target]) => ({ type: 'volume', source, target, readOnly: false })) });
  const [proxy, app, other] = [role('proxy', ['sock', '/sockets'], ['logs', '/logs']), role('app', ['sock', '/run/app'], ['data', '/data']), role('other', ['data', '/data'])];
  const roles = [proxy, app, other];
  const sockets = (one: Role): readonly string[] => (one === app ? ['/run/app/app.sock', '/tmp/own.sock'] : []);
  assert.deepEqual([...lentTo(proxy, roles, sockets)], ['volume:sock']);
  assert.deepEqual([...lentTo(app, roles, sockets)], []);
  const second = role('second', ['sock', '/run/second']);
  const both = (one: Role): readonly string[] => (one === second ? ['/run/second/second.sock'] : sockets(one));
  assert.deepEqual([...lentTo(app, [...roles, second], both)], [], 'whoever serves one there would take it from its own copy');
  assert.deepEqual([...lentTo(other, roles, sockets)], []);
});
