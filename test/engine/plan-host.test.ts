import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { draftHost } from '../../source/engine/draft-host.ts';
import { outsideOf } from '../../source/engine/on-host.ts';
import { onPaper } from '../../source/engine/preview.ts';
import type { Taken } from '../../source/engine/taken.ts';
import type { ByHand, Change, RestartHost } from '../../source/model/change.ts';
import type { Machine } from '../../source/model/machine.ts';
import { same } from '../../source/model/text.ts';
import { memoryFiles, memorySystem } from '../../source/system/memory.ts';
import { machineOf, type Recorded } from '../helpers/case.ts';

const CONF = `[supervisord]
nodaemon=true

[unix_http_server]
file=%(here)s/supervisor.sock

[supervisorctl]
serverurl=unix:///case/supervisor.sock

[program:web]
command=gunicorn -c gunicorn.conf.py app:app

[program:cron]
command=python3 cron.py
`;
const RUNNING: NonNullable<Recorded['host']> = {
  processes: [
    { pid: 10, uid: 0, argv: ['/usr/bin/python3', '/usr/bin/supervisord', '-c', '/case/supervisord.conf'], cwd: '/case' },
    { pid: 11, ppid: 10, uid: 0, argv: ['gunicorn', '-c', 'gunicorn.conf.py', 'app:app'], cwd: '/case' },
    { pid: 12, ppid: 10, uid: 0, argv: ['python3', 'cron.py'], cwd: '/case' },
  ],
};
const UNIT = '[Service]\nWorkingDirectory=/case\nExecStart=/usr/bin/gunicorn app:app\n';
const UNIT_RUNNING: NonNullable<Recorded['host']> = { processes: [{ pid: 20, uid: 0, argv: ['gunicorn', 'app:app'], cwd: '/case', unit: 'shop.service' }] };

const edit = (machine: Machine, path: string, from: string, to: string): Change => {
  const file = machine.files.get(path)!;
  const start = file.text.indexOf(from);
  assert.ok(start >= 0, from);
  return { kind: 'edit-file', path, hash: file.hash, edits: [{ start, end: start + from.length, text: to }] };
};

/** The steps for one finding that wants these changes and these services started anew. */
function drafted(machine: Machine, changes: readonly Change[], replace: readonly string[], uid?: number) {
  const taken = [{ choice: { finding: 'F', risk: 'r', fix: 'x' }, finding: { id: 'F', title: same('F') }, proposal: { changes, rebuild: [], replace, proofs: [] } }] as unknown as readonly Taken[];
  const files = changes.filter((c) => c.kind === 'edit-file' || c.kind === 'create-file');
  return draftHost({ ...machine, ...(uid === undefined ? {} : { uid }) }, taken, files);
}
const changesOf = (drafts: readonly { readonly change: Change }[]) => drafts.map((d) => d.change);

describe('a program of supervisord', async () => {
  const machine = await machineOf({ 'supervisord.conf': CONF, 'gunicorn.conf.py': 'user = "root"\n' }, { host: RUNNING });

  it('is updated where its own section changed', () => {
    const [only] = changesOf(drafted(machine, [edit(machine, 'supervisord.conf', 'app:app\n', 'app:app\nuser=shop\n')], ['web']).drafts) as RestartHost[];
    assert.deepEqual([only?.how, only?.name, only?.services], ['update', 'web', ['web']]);
    assert.deepEqual(only?.supervisor, { config: '/case/supervisord.conf', control: ['-c', '/case/supervisord.conf'] });
  });
  it('is restarted where only a file behind it changed: an update would not see that', () => {
    const [only] = changesOf(drafted(machine, [edit(machine, 'gunicorn.conf.py', '"root"', '"shop"')], ['web']).drafts) as RestartHost[];
    assert.deepEqual([only?.how, only?.name], ['restart', 'web']);
  });
  it('goes down with all the others where supervisord itself changed', () => {
    const plan = changesOf(drafted(machine, [edit(machine, 'supervisord.conf', 'supervisor.sock\n', 'supervisor.sock\nchmod=0700\n')], ['web', 'cron']).drafts) as RestartHost[];
    assert.equal(plan.length, 1);
    assert.deepEqual([plan[0]?.how, [...plan[0]!.services].sort()], ['reload', ['cron', 'web']]);
  });
  it('is reached by a signal alone where supervisord serves nothing', async () => {
    const silent = await machineOf({ 'supervisord.conf': CONF.replace(/\[unix_http_server\][^[]*\[supervisorctl\][^[]*/, '') }, { host: RUNNING });
    const [only] = changesOf(drafted(silent, [edit(silent, 'supervisord.conf', 'app:app\n', 'app:app\nuser=shop\n')], ['web']).drafts) as RestartHost[];
    assert.deepEqual([only?.how, only?.supervisor?.control], ['reload', undefined]);
  });
  it('is told that signal by hand, with its own number, where root has to send it', async () => {
    const silent = await machineOf({ 'supervisord.conf': CONF.replace(/\[unix_http_server\][^[]*\[supervisorctl\][^[]*/, '') }, { host: RUNNING });
    const [hand] = changesOf(drafted(silent, [edit(silent, 'supervisord.conf', 'app:app\n', 'app:app\nuser=shop\n')], ['web'], 1000).drafts) as ByHand[];
    assert.deepEqual(hand?.commands, [['kill', '-HUP', '10']]);
  });
  it('has the name of its group in front, and all of the group goes with it', async () => {
    const grouped = await machineOf({ 'supervisord.conf': `${CONF}\n[group:shop]\nprograms=web,cron\n` }, { host: RUNNING });
    const [only] = changesOf(drafted(grouped, [edit(grouped, 'supervisord.conf', 'app:app\n', 'app:app\nuser=shop\n')], ['web']).drafts) as RestartHost[];
    assert.deepEqual([only?.name, [...only!.services].sort()], ['shop:web', ['cron', 'web']]);
  });
});

describe('what a plan does to the machine', async () => {
  const machine = await machineOf({ '/etc/systemd/system/shop.service': UNIT, 'app.py': '' }, { host: UNIT_RUNNING });
  const unit = edit(machine, '/etc/systemd/system/shop.service', '[Service]\n', '[Service]\nUser=shop\n');
  const account: Change = { kind: 'make-account', name: 'shop' };
  const log: Change = { kind: 'set-path', path: '/var/log/shop', uid: 'shop', gid: 'shop' };

  it('comes in an order in which nothing is missing: account, owner, restart', () => {
    const { drafts, byHand } = drafted(machine, [log, unit, account], ['shop.service']);
    assert.deepEqual(changesOf(drafts).map((c) => c.kind), ['make-account', 'set-path', 'restart-host']);
    assert.deepEqual(byHand, []);
  });
  it('is one step by hand, with every command, for whoever may not do it', () => {
    const { drafts, byHand } = drafted(machine, [log, unit, account], ['shop.service'], 1000);
    const [only, ...more] = changesOf(drafts) as ByHand[];
    assert.deepEqual(more, []);
    assert.equal(only?.kind, 'by-hand');
    assert.deepEqual(byHand, [unit]);
    assert.deepEqual(only.files, [unit]);
    assert.deepEqual(only.services, ['shop.service']);
    assert.deepEqual(only.commands, [
      ['useradd', '--system', '--user-group', '--no-create-home', '--home-dir', '/nonexistent', '--shell', '/usr/sbin/nologin', 'shop'],
      ['chown', '-h', 'shop:shop', '/var/log/shop'],
      ['systemctl', 'daemon-reload'], ['systemctl', 'restart', 'shop.service'],
    ]);
  });
  it('makes each account that is not there, and says so on paper', async () => {
    const system = memorySystem(memoryFiles({ '/etc/passwd': 'root:x:0:0::/root:/bin/sh\nthere:x:900:900::/:/bin/false\n' }));
    const steps = ['web', 'there', 'queue'].map((name, i) => ({ number: i + 1, because: [], change: { kind: 'make-account' as const, name } }));
    assert.deepEqual((await onPaper(system, '/case', steps)).commands.map((argv) => argv.at(-1)), ['web', 'queue']);
  });
  it('is asked for by name where it lies outside the project, and only there', () => {
    assert.deepEqual([unit, account, log].map((c) => outsideOf(c, '/case')), ['/etc/systemd/system/shop.service', 'shop', '/var/log/shop']);
    assert.equal(outsideOf({ kind: 'set-path', path: '/case/log', uid: 1 }, '/case'), undefined);
    assert.equal(outsideOf({ kind: 'set-path', path: '/case/../etc/shadow', uid: 1 }, '/case'), '/etc/shadow');
    assert.equal(outsideOf({ kind: 'edit-file', path: 'compose.yaml', hash: '', edits: [] }, '/case'), undefined);
  });
  it('leaves a program that somebody started in a shell to that somebody', async () => {
    const shell = await machineOf({ 'gunicorn.conf.py': 'user = "root"\n' }, { host: { processes: [{ pid: 30, uid: 0, argv: ['gunicorn', 'app:app'], cwd: '/case' }] } });
    const [only] = changesOf(drafted(shell, [edit(shell, 'gunicorn.conf.py', '"root"', '"shop"')], ['gunicorn']).drafts) as ByHand[];
    assert.deepEqual(only?.commands, [['kill', '30'], ['cd', '/case'], ['gunicorn', 'app:app']]);
  });
  it('starts nothing that was down', async () => {
    const down = await machineOf({ 'supervisord.conf': CONF }, { host: { processes: RUNNING.processes.slice(0, 1) } });
    assert.deepEqual(drafted(down, [edit(down, 'supervisord.conf', 'app:app\n', 'app:app\nuser=shop\n')], ['web']).drafts, []);
  });
});

describe('a unit of a user\'s own systemd', async () => {
  const machine = await machineOf({ 'gunicorn.conf.py': 'reload = True\n' }, { host: { processes: [{ pid: 30, uid: 1000, argv: ['gunicorn', 'app:app'], cwd: '/case', unit: 'shop.service', manager: 1000 }] } });
  const hand = (uid: number): ByHand => changesOf(drafted(machine, [edit(machine, 'gunicorn.conf.py', 'True', 'False')], ['shop.service'], uid).drafts)[0] as ByHand;

  it('is started again by hand, by that user\'s own systemctl', () => {
    assert.deepEqual(hand(1000).commands, [['systemctl', '--user', 'daemon-reload'], ['systemctl', '--user', 'restart', 'shop.service']]);
  });
  it('and by root as that user: the system\'s would look for another unit of that name', () => {
    const as = ['sudo', '-u', '#1000', 'XDG_RUNTIME_DIR=/run/user/1000', 'systemctl', '--user'];
    assert.deepEqual(hand(0).commands, [[...as, 'daemon-reload'], [...as, 'restart', 'shop.service']]);
  });
  it('is told as what it is', () => {
    assert.match(machine.blind.map((b) => `${b.what} ${b.why.en}`).join(), /shop\.service is a unit of uid 1000's own systemd/);
  });
});

describe('a unit that is a copy of the project\'s', async () => {
  const files = { 'deploy/shop.service': UNIT, '/etc/systemd/system/shop.service': UNIT };
  const machine = await machineOf(files, { host: UNIT_RUNNING });
  const both = Object.keys(files).map((path) => edit(machine, path, 'ExecStart', 'User=shop\nExecStart'));

  it('is one service', () => assert.deepEqual(machine.services.map((s) => [s.name, s.host?.file, s.host?.copy]), [['shop.service', '/etc/systemd/system/shop.service', 'deploy/shop.service']]));
  it('is installed again by hand where only root may write it', () => {
    const { byHand, drafts } = drafted(machine, both, ['shop.service'], 1000);
    assert.deepEqual(byHand.map((f) => f.path), ['/etc/systemd/system/shop.service']);
    const [hand] = changesOf(drafts) as ByHand[];
    assert.deepEqual(hand?.commands, [['install', '-m', '644', '/case/deploy/shop.service', '/etc/systemd/system/shop.service'], ['systemctl', 'daemon-reload'], ['systemctl', 'restart', 'shop.service']]);
    assert.equal(hand?.files, undefined);
  });
  it('is two where they start something else', async () => {
    const other = await machineOf({ ...files, 'deploy/shop.service': UNIT.replace('app:app', 'old:app') }, { host: UNIT_RUNNING });
    assert.equal(other.services.length, 2);
  });
});

describe('where a program leaves its last words', async () => {
  const logs = async (section: string, more: Record<string, string> = {}): Promise<readonly string[] | undefined> => {
    const machine = await machineOf({ 'supervisord.conf': CONF.replace('[program:cron]', `${section}\n[program:cron]`), 'gunicorn.conf.py': '', ...more }, { host: RUNNING });
    const [only] = changesOf(drafted(machine, [edit(machine, 'supervisord.conf', 'app:app\n', 'app:app\nuser=shop\n')], ['web']).drafts) as RestartHost[];
    return only?.logs?.filter((l) => l.service === 'web').flatMap((l) => [...l.kept, ...l.own]);
  };
  it('is what its section says', async () => assert.deepEqual(await logs('stdout_logfile=%(here)s/web.log\nredirect_stderr=true\n'), ['/case/web.log']));
  it('is what supervisord names itself where it says nothing', async () => assert.deepEqual(await logs(''), ['/tmp/web-stdout---*', '/tmp/web-stderr---*']));
  it('is what gunicorn writes beside that', async () => assert.deepEqual(await logs('stdout_logfile=NONE\nstderr_logfile=NONE\n', { 'gunicorn.conf.py': 'errorlog = "logs/error.log"\n' }), ['/case/logs/error.log']));
});
