// A broker on another machine: a redis with a real certificate of an authority that the test makes.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { docker, longTest, unique } from '../helpers/engine.ts';
import { putBack, standingNow } from '../helpers/loop.ts';
import { get, post, until } from '../helpers/requests.ts';
import { said } from '../helpers/scan.ts';
import { withScenario, type Project } from '../helpers/scenario.ts';

const HOST = 'broker.example.test';

async function aPriceIsStillAPrice(project: Project): Promise<void> {
  const { id } = JSON.parse((await post(`${project.url}quotes`, 'Every train stops here')).text) as { id: string };
  await until('a quote is ready', async () => (await get(`${project.url}quotes/${id}`)).status === 200);
}

const openssl = (at: string, ...words: string[]): void => void execFileSync('openssl', words, { cwd: at, stdio: 'pipe' });

/** An authority, and a certificate of it for the broker's name. */
function certificates(at: string): void {
  mkdirSync(at);
  writeFileSync(path.join(at, 'names'), `subjectAltName=DNS:${HOST}\n`);
  openssl(at, 'req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '30', '-subj', '/CN=test-ca', '-keyout', 'ca.key', '-out', 'ca.pem');
  openssl(at, 'req', '-newkey', 'rsa:2048', '-nodes', '-subj', `/CN=${HOST}`, '-keyout', 'redis.key', '-out', 'redis.csr');
  openssl(at, 'x509', '-req', '-in', 'redis.csr', '-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '30', '-extfile', 'names', '-out', 'redis.pem');
  for (const file of ['redis.key', 'redis.pem', 'ca.pem']) chmodSync(path.join(at, file), 0o644);
}

/** The bureau with its redis on another machine: another container, on a network that no compose file of it makes. */
function moved({ root, box }: { root: string; box: string }, network: string): void {
  certificates(path.join(box, 'tls'));
  const edit = (file: string, change: (text: string) => string): void => writeFileSync(path.join(root, file), change(readFileSync(path.join(root, file), 'utf8')));
  edit('bureau/tasks.py', (text) => text.replaceAll('redis://redis/', `redis://:long-and-secret@${HOST}:6379/`).replaceAll('"pickle"', '"json"').replace('["json", "json"]', '["json"]'));
  edit('compose.yaml', (text) => `${text.replaceAll('    depends_on: [redis]\n', '')}\nnetworks:\n  default:\n    name: ${network}\n    external: true\n`);
  mkdirSync(path.join(root, 'certs'));
  writeFileSync(path.join(root, 'certs/broker-ca.pem'), readFileSync(path.join(box, 'tls/ca.pem')));
}

longTest('a broker on another machine is spoken to by TLS that asks who is there, and back', async (t) => {
  const network = unique('ht-far');
  const far = unique('ht-far-redis');
  docker('network', 'create', network);
  t.after(() => {
    for (const words of [['rm', '-f', far], ['network', 'rm', network]]) {
      try {
        docker(...words);
      } catch {
        // Gone already, or still held by what failed before.
      }
    }
  });
  await withScenario(t, 'pickle-serializer', { before: (copy) => moved(copy, network) }, async (project) => {
    // Its own redis only lends the image.
    const image = `${project.name}-redis`;
    // The image carries compose's labels; the container is nobody's of this project.
    docker('run', '-d', '--name', far, '--label', `com.docker.compose.project=${far}`, '--label', 'com.docker.compose.service=far', '--network', network, '--network-alias', HOST, '-v', `${path.join(project.box, 'tls')}:/tls:ro`, image,
      'redis-server', '--protected-mode', 'no', '--requirepass', 'long-and-secret', '--port', '6379', '--tls-port', '6380', '--tls-auth-clients', 'no', '--tls-cert-file', '/tls/redis.pem', '--tls-key-file', '/tls/redis.key', '--tls-ca-cert-file', '/tls/ca.pem');
    await until('the worker is there', async () => (await project.logs('worker')).includes('ready'));
    await aPriceIsStillAPrice(project);
    const before = standingNow(project);

    const scan = await project.harden('scan', '--format', 'json');
    assert.ok(!scan.stdout.includes('long-and-secret'), 'the scan prints the password');
    const found = (JSON.parse(scan.stdout) as { findings: { risk: string; title: string; confidence: string }[] }).findings.filter((f) => f.risk === 'broker-no-tls');
    assert.deepEqual(found.map((f) => [f.title, f.confidence]), [[`Messages go to ${HOST} without TLS`, 'declared']]);

    const told = await project.harden('fix', '--yes', '--risk', 'broker-no-tls');
    assert.equal(told.code, 0, said(told));
    assert.ok(!(told.stdout + told.stderr).includes('long-and-secret'), 'the fix prints the password');
    assert.match(told.stdout.replace(/\s+/g, ' '), /worker answers through port 6380, whose certificate it has checked/);
    await aPriceIsStillAPrice(project);
    // What the broker itself sees: nobody is left on the plain port.
    const clients = docker('exec', far, 'redis-cli', '-a', 'long-and-secret', '--no-auth-warning', 'client', 'list').split('\n').filter((l) => !l.includes('cmd=client'));
    assert.ok(clients.length > 0 && clients.every((l) => /laddr=\S+:6380 /.test(l)), clients.join('\n'));

    const undone = await project.harden('undo', '--yes');
    assert.equal(undone.code, 0, said(undone));
    putBack(project, before);
    await aPriceIsStillAPrice(project);

    await t.test('another authority\'s certificate: taken back, and the reason said', async () => {
      certificates(path.join(project.box, 'other'));
      writeFileSync(path.join(project.root, 'certs/broker-ca.pem'), readFileSync(path.join(project.box, 'other/ca.pem')));
      // The certificate is one of the image's files: the rebuild brings it, too.
      const refused = await project.harden('fix', '--yes', '--accept-drift', '--risk', 'broker-no-tls');
      assert.equal(refused.code, 3, said(refused));
      assert.match((refused.stdout + refused.stderr).replace(/\s+/g, ' '), /CERTIFICATE_VERIFY_FAILED|certificate verify failed|does not answer through the broker/i);
      await aPriceIsStillAPrice(project);
    });
  });
}, { timeout: 8 * 60_000 });
