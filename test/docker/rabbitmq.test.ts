// A real RabbitMQ: what waits in it before json-only, with guest and with a user of its own; and TLS to one on another machine.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { docker, longTest, unique } from '../helpers/engine.ts';
import { get, post, until } from '../helpers/requests.ts';
import { said } from '../helpers/scan.ts';
import { withScenario, type Project } from '../helpers/scenario.ts';

const HOST = 'broker.example.test';

const edited = (root: string, file: string, change: (text: string) => string): void => writeFileSync(path.join(root, file), change(readFileSync(path.join(root, file), 'utf8')));

/** The same bureau with a RabbitMQ that lets guest in, as its official image does; its data stays in a volume under one name. */
function withRabbit({ root }: { root: string }, broker = 'amqp://guest:guest@redis//'): void {
  writeFileSync(path.join(root, 'redis/Dockerfile'), 'FROM debian:bookworm-slim\nRUN apt-get update && apt-get install -y --no-install-recommends rabbitmq-server && rm -rf /var/lib/apt/lists/*\nCOPY open.conf /etc/rabbitmq/rabbitmq.conf\nEXPOSE 5672\nCMD ["rabbitmq-server"]\n');
  writeFileSync(path.join(root, 'redis/open.conf'), 'loopback_users.guest = false\n');
  edited(root, 'bureau/tasks.py', (text) => text.replace('broker="redis://redis/0", backend="redis://redis/1"', `broker="${broker}", backend="rpc://"`));
  edited(root, 'compose.yaml', (text) => `${text.replace('    build: redis\n', '    build: redis\n    hostname: redis\n    volumes:\n      - queue:/var/lib/rabbitmq\n')}\nvolumes:\n  queue:\n`);
}

const ask = async (project: Project): Promise<string> => (JSON.parse((await post(`${project.url}quotes`, 'Every train stops here')).text) as { id: string }).id;

async function aPriceIsStillAPrice(project: Project): Promise<void> {
  const id = await ask(project);
  await until('a quote is ready', async () => (await get(`${project.url}quotes/${id}`)).status === 200, 60);
}

const workerIsReady = (project: Project): Promise<unknown> => until('the worker is there', async () => (await project.logs('worker')).includes(' ready.'), 90);

/** Handed out or not: all that is not done yet. */
async function waiting(project: Project, place: string): Promise<string> {
  const { stdout } = await project.exec('redis', ['rabbitmqctl', '-q', 'list_queues', '-p', place, '--no-table-headers', 'name', 'messages']);
  return /^celery\t(\d+)$/m.exec(stdout)?.[1] ?? '';
}

/** With two orders that wait, pickled by the app itself: json-only is left out, and says how many. */
async function twoWait(project: Project, place: string): Promise<void> {
  const worker = project.container('worker')['Id'] as string;
  docker('kill', '--signal', 'STOP', worker);
  try {
    for (let i = 0; i < 2; i++) await ask(project);
    await until('both are there', async () => (await waiting(project, place)) === '2');
    const told = await project.harden('fix', '--yes', '--risk', 'pickle-serializer');
    assert.equal(told.code, 2, said(told));
    assert.match(told.stderr.replace(/\s+/g, ' '), /2 messages wait for worker in redis; of what kind can't be told without taking them, and it would throw them away/);
    assert.match(told.stderr, /pickle-serializer=drain-first/);
    assert.equal(project.container('worker')['Id'], worker);
  } finally {
    docker('kill', '--signal', 'CONT', worker);
  }
  await until('both are done', async () => (await waiting(project, place)) === '0', 60);
}

longTest('what waits in a RabbitMQ is counted before json-only is begun: as guest, and with a user and a place of its own', (t) =>
  withScenario(t, 'pickle-serializer', { before: withRabbit }, async (project) => {
    await workerIsReady(project);
    await aPriceIsStillAPrice(project);
    await t.test('as guest', () => twoWait(project, '/'));
    await t.test('in a place of its own', async () => {
      const login = await project.harden('fix', '--yes', '--risk', 'broker-no-auth');
      assert.equal(login.code, 0, said(login));
      await aPriceIsStillAPrice(project);
      await twoWait(project, 'app');
    });
    await t.test('with none, it is begun, and holds', async () => {
      // The run before changed files that COPY takes along, and built nothing: that is brought up first.
      await project.compose('up', '-d', '--build');
      await workerIsReady(project);
      await aPriceIsStillAPrice(project);
      const told = await project.harden('fix', '--yes', '--risk', 'pickle-serializer');
      assert.equal(told.code, 0, said(told));
      assert.match(told.stdout.replace(/\s+/g, ' '), /worker itself says: json, nothing else/);
      await aPriceIsStillAPrice(project);
    });
  }), { timeout: 12 * 60_000 });

const openssl = (at: string, ...words: string[]): void => void execFileSync('openssl', words, { cwd: at, stdio: 'pipe' });

/** An authority, and a certificate of it for a name. */
function certificates(at: string, name: string): void {
  mkdirSync(at);
  writeFileSync(path.join(at, 'names'), `subjectAltName=DNS:${name}\n`);
  openssl(at, 'req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '30', '-subj', '/CN=test-ca', '-keyout', 'ca.key', '-out', 'ca.pem');
  signed(at, name);
}

function signed(at: string, name: string): void {
  writeFileSync(path.join(at, 'names'), `subjectAltName=DNS:${name}\n`);
  openssl(at, 'req', '-newkey', 'rsa:2048', '-nodes', '-subj', `/CN=${name}`, '-keyout', 'rabbit.key', '-out', 'rabbit.csr');
  openssl(at, 'x509', '-req', '-in', 'rabbit.csr', '-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '30', '-extfile', 'names', '-out', 'rabbit.pem');
  for (const file of ['rabbit.key', 'rabbit.pem', 'ca.pem']) chmodSync(path.join(at, file), 0o644);
}

const TLS = `loopback_users.guest = false
default_user = app
default_pass = long-and-secret
default_vhost = app
listeners.ssl.default = 5671
ssl_options.cacertfile = /tls/ca.pem
ssl_options.certfile = /tls/rabbit.pem
ssl_options.keyfile = /tls/rabbit.key
ssl_options.verify = verify_none
ssl_options.fail_if_no_peer_cert = false
`;

longTest('a RabbitMQ on another machine is spoken to by TLS that asks who is there, by its name as well', async (t) => {
  const [network, far] = [unique('ht-rabbit'), unique('ht-rabbit-far')];
  docker('network', 'create', network);
  t.after(() => {
    for (const words of [['rm', '-fv', far], ['network', 'rm', network]]) {
      try {
        docker(...words);
      } catch {
        // Gone already, or still held by what failed before.
      }
    }
  });
  const before = (copy: { root: string; box: string }): void => {
    withRabbit(copy, `amqp://app:long-and-secret@${HOST}:5672/app`);
    certificates(path.join(copy.box, 'tls'), HOST);
    writeFileSync(path.join(copy.box, 'tls/rabbitmq.conf'), TLS);
    edited(copy.root, 'bureau/tasks.py', (text) => text.replaceAll('"pickle"', '"json"').replace('["json", "json"]', '["json"]'));
    edited(copy.root, 'compose.yaml', (text) => `${text.replaceAll('    depends_on: [redis]\n', '')}\nnetworks:\n  default:\n    name: ${network}\n    external: true\n`);
    mkdirSync(path.join(copy.root, 'certs'));
    writeFileSync(path.join(copy.root, 'certs/broker-ca.pem'), readFileSync(path.join(copy.box, 'tls/ca.pem')));
  };
  await withScenario(t, 'pickle-serializer', { before }, async (project) => {
    const tls = path.join(project.box, 'tls');
    // The image carries compose's labels; the container is nobody's of this project.
    docker('run', '-d', '--name', far, '--hostname', 'far', '--label', `com.docker.compose.project=${far}`, '--label', 'com.docker.compose.service=far', '--network', network, '--network-alias', HOST,
      '-v', `${tls}:/tls:ro`, '-v', `${tls}/rabbitmq.conf:/etc/rabbitmq/rabbitmq.conf:ro`, `${project.name}-redis`);
    await workerIsReady(project);
    await aPriceIsStillAPrice(project);
    const connections = (): readonly string[] => docker('exec', far, 'rabbitmqctl', '-q', 'list_connections', '--no-table-headers', 'port', 'ssl').split('\n').filter(Boolean);
    assert.ok(connections().every((c) => /^5672\tfalse$/.test(c)), connections().join(' | '));

    const told = await project.harden('fix', '--yes', '--risk', 'broker-no-tls');
    assert.equal(told.code, 0, said(told));
    assert.ok(!(told.stdout + told.stderr).includes('long-and-secret'), 'the fix prints the password');
    assert.match(told.stdout.replace(/\s+/g, ' '), /worker answers through port 5671, whose certificate it has checked/);
    await aPriceIsStillAPrice(project);
    await until('nobody is left on the plain port', () => connections().length > 0 && connections().every((c) => /^5671\ttrue$/.test(c)));

    await t.test('a certificate of the same authority for another name is refused', async () => {
      signed(tls, 'another.example.test');
      docker('restart', far);
      docker('restart', project.container('worker')['Id'] as string);
      await until('the worker says so', async () => /Hostname mismatch, certificate is not valid for 'broker\.example\.test'/.test(await project.logs('worker')), 90);
    });
  });
}, { timeout: 12 * 60_000 });
