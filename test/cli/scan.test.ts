import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Finding } from '../../source/model/finding.ts';
import { call } from './helpers/call.ts';
import { finding } from './helpers/world.ts';

const code = async (findings: readonly Finding[], ...flags: string[]) => (await call(['scan', ...flags], { world: { findings } })).code;

describe('scan ends with', () => {
  it('1 from high on, unless --fail-on says otherwise', async () => {
    const [high, medium] = [[finding()], [finding({ severity: 'medium' })]];
    assert.deepEqual([await code([]), await code(high), await code(medium)], [0, 1, 0]);
    assert.deepEqual([await code(medium, '--fail-on', 'medium'), await code(high, '--fail-on', 'critical'), await code(high, '--fail-on', 'none')], [1, 0, 0]);
  });
  it('0 when there are only guesses, or only what is ignored', async () => {
    assert.equal(await code([finding({ confidence: 'guess' })]), 0);
    assert.equal(await code([finding({ suppressed: { reason: 'r' } })]), 0);
  });
  it('1 also when --severity shows less than what counts', async () => assert.equal(await code([finding()], '--severity', 'critical'), 1));
  it('2 for a folder that does not exist', async () => {
    const { code, stderr, stdout } = await call(['scan', '/nope']);
    assert.deepEqual([code, stdout], [2, '']);
    assert.match(stderr, /There is no folder \/nope\./);
  });
});

describe('scan', () => {
  it('prints the result alone on stdout', async () => {
    const { stdout, stderr } = await call(['scan', '--format', 'json']);
    assert.equal(JSON.parse(stdout).findings.length, 1);
    assert.equal(stderr, '');
  });
  it('says what it looks at on stderr, where somebody watches', async () => {
    assert.match((await call(['scan', '--verbose'])).stderr, /ok {2}Docker +engine 26\.1 {2,}0\.1 s/);
    assert.equal((await call(['scan'])).stderr, '');
  });
  it('writes the result to a file, and says so', async () => {
    const { stdout, stderr, written } = await call(['scan', '--format', 'sarif', '-o', 'out.json']);
    assert.equal(stdout, '');
    assert.match(stderr, /Written to out\.json\./);
    assert.equal(JSON.parse(written.get('/work/shop/out.json') ?? '').version, '2.1.0');
  });
  it('does not write over a folder', async () => {
    const { code, stderr } = await call(['scan', '-o', 'folder']);
    assert.equal(code, 2);
    assert.match(stderr, /folder is not a file/);
  });
  it('gives programs everything, and only what was asked for with --severity', async () => {
    const findings = [finding(), finding({ id: 'b', severity: 'low' })];
    assert.equal(JSON.parse((await call(['scan', '--format', 'json'], { world: { findings } })).stdout).findings.length, 2);
    assert.equal(JSON.parse((await call(['scan', '--format', 'json', '--severity', 'high'], { world: { findings } })).stdout).findings.length, 1);
  });
  it('passes on what is not to be looked at, and which Docker', async () => {
    const { opened } = await call(['scan', 'sub', '--no-docker', '--no-processes', '--no-files', '--docker-host', 'tcp://localhost:2375', '--context', 'x', '--dockerfile', 'D']);
    const { root, noDocker, noProcesses, noFiles, dockerHost, context, dockerfile, allowRemote } = opened[0]!;
    assert.deepEqual({ root, noDocker, noProcesses, noFiles, dockerHost, context, dockerfile, allowRemote }, {
      root: '/work/shop/sub', noDocker: true, noProcesses: true, noFiles: true, dockerHost: 'tcp://localhost:2375', context: 'x', dockerfile: 'D', allowRemote: false,
    });
  });
  it('says which severity hangs on the one question about a project, and how it is answered', async () => {
    for (const word of ['scan', 'fix']) {
      const { stderr } = await call([word], { world: { findings: [finding({ hangsOn: 'app-editors' })] } });
      assert.match(stderr.replace(/\n(?! {2})/g, ' '), /One severity hangs on a question: is whoever can edit the app's files trusted with root\? "web runs as root" is high/);
      assert.match(stderr, /^ {2}trust: \{app-editors: root\}$/m);
    }
    assert.doesNotMatch((await call(['scan'], { world: { findings: [finding({ hangsOn: 'app-editors', suppressed: { reason: 'r' } })] } })).stderr, /hangs/);
  });
  it('warns when it is run under sudo', async () => assert.match((await call(['scan'], { env: { SUDO_USER: 'me' } })).stderr, /needs no sudo/));
  it('paints on a terminal, and not for NO_COLOR, --no-color or a pipe', async () => {
    const painted = async (argv: string[], env: NodeJS.ProcessEnv, terminal: boolean) => (await call(argv, { env, terminal })).stdout.includes('\u001b[');
    assert.equal(await painted(['scan'], { NO_COLOR: '' }, true), true);
    assert.equal(await painted(['scan'], { NO_COLOR: '1' }, true), false);
    assert.equal(await painted(['scan', '--no-color'], { NO_COLOR: '' }, true), false);
    assert.equal(await painted(['scan'], { NO_COLOR: '' }, false), false);
  });
});

describe('scan --config', () => {
  const io = (yaml: string) => ({ doors: { files: async () => ({ read: async () => Buffer.from(yaml) }) as never } });
  it('ignores by that file', async () => {
    const { code, stdout } = await call(['scan', '--config', 'mine.yaml'], io('ignore:\n  - {risk: root-container, reason: agreed}\n'));
    assert.equal(code, 0);
    assert.match(stdout, /1 is ignored/);
  });
  it('refuses a file that is not there, or an entry without a reason', async () => {
    assert.match((await call(['scan', '--config', 'none.yaml'])).stderr, /--config none\.yaml can't be read/);
    const { code, stderr } = await call(['scan', '--config', 'mine.yaml'], io('ignore:\n  - {risk: root-container}\n'));
    assert.equal(code, 2);
    assert.match(stderr, /mine\.yaml: entry 1 of ignore: it gives no reason/);
  });
});
