// A key that signs messages: open to all, in the image and named by a relative path; all three mended in one plan.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, copyFileSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { docker, longTest } from '../helpers/engine.ts';
import { putBack, standingNow } from '../helpers/loop.ts';
import { get, post, until } from '../helpers/requests.ts';
import { said } from '../helpers/scan.ts';
import { withScenario, type Project } from '../helpers/scenario.ts';

const APP = 10001;

/** The bureau as somebody has set signing up by hand. */
function signedByHand({ root }: { root: string }): void {
  const edit = (file: string, change: (text: string) => string): void => writeFileSync(path.join(root, file), change(readFileSync(path.join(root, file), 'utf8')));
  const keys = path.join(root, 'keys');
  mkdirSync(path.join(keys, 'certs'), { recursive: true });
  execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '30', '-subj', '/CN=bureau', '-keyout', 'key.pem', '-out', 'cert.pem'], { cwd: keys, stdio: 'pipe' });
  copyFileSync(path.join(keys, 'cert.pem'), path.join(keys, 'certs/bureau.pem'));
  for (const file of ['key.pem', 'cert.pem', 'certs/bureau.pem']) chmodSync(path.join(keys, file), 0o644);
  if (process.getuid?.() === 0) chownSync(path.join(keys, 'key.pem'), APP, APP);
  edit('Dockerfile', (text) => text.replace('celery python3-redis', 'celery python3-cryptography python3-redis').replace('ENV C_FORCE_ROOT=1\n', `USER ${APP}:${APP}\n`));
  edit('bureau/tasks.py', (text) => text
    .replaceAll('="pickle"', '="auth"')
    .replace(/accept_content=\[.*\],/, 'event_serializer="auth",\n    accept_content=["auth"],\n    security_key="keys/key.pem",\n    security_certificate="keys/cert.pem",\n    security_cert_store="keys/certs/*.pem",')
    .replace('\n\n\n@app.task', '\napp.setup_security(digest="sha256")\n\n\n@app.task'));
}

async function aPriceIsStillAPrice(project: Project): Promise<void> {
  const { id } = JSON.parse((await post(`${project.url}quotes`, 'Every train stops here')).text) as { id: string };
  await until('a quote is ready', async () => (await get(`${project.url}quotes/${id}`)).status === 200);
}

const inImage = (project: Project): boolean => docker('run', '--rm', '--entrypoint', 'sh', `${project.name}-worker`, '-c', 'ls /app/keys/key.pem 2>/dev/null || true') !== '';

longTest('a signing key: closed, out of the image and named from the root on, and back', (t) =>
  withScenario(t, 'pickle-serializer', { before: signedByHand }, async (project) => {
    if (process.getuid?.() !== 0) return t.skip('needs root to give the key to the user of the worker');
    await aPriceIsStillAPrice(project);
    assert.ok(inImage(project));
    const before = standingNow(project);
    const risk = ['--risk', 'signing-key-readable'];
    const scan = await project.harden('scan', '--format', 'json');
    const found = (JSON.parse(scan.stdout) as { findings: { risk: string; title: string }[] }).findings.filter((f) => f.risk === 'signing-key-readable').map((f) => f.title).sort();
    assert.deepEqual(found, ['The signing key is named by a relative path (keys/key.pem)', 'The signing key keys/key.pem is in the image of web and worker', 'The signing key keys/key.pem is open to others (644)']);

    const told = await project.harden('fix', '--yes', ...risk);
    assert.equal(told.code, 0, said(told));
    assert.doesNotMatch(told.stdout + told.stderr, /PRIVATE KEY/);
    await aPriceIsStillAPrice(project);
    assert.equal(statSync(path.join(project.root, 'keys/key.pem')).mode & 0o777, 0o600);
    assert.ok(!inImage(project), 'the image still holds it');
    const worker = await project.exec('worker', ['cat', 'bureau/tasks.py']);
    assert.match(worker.stdout, /security_key="\/app\/keys\/key\.pem"/);
    assert.equal((await project.exec('worker', ['head', '-c', '10', '/app/keys/key.pem'])).code, 0);
    assert.notEqual((await project.exec('worker', ['cat', '/app/keys/key.pem'], { user: '65534:65534' })).code, 0, 'a stranger reads it');

    const undone = await project.harden('undo', '--yes');
    assert.equal(undone.code, 0, said(undone));
    putBack(project, before);
    assert.equal(statSync(path.join(project.root, 'keys/key.pem')).mode & 0o777, 0o644);
    await aPriceIsStillAPrice(project);
  }), { timeout: 8 * 60_000 });
