// What a person asks of both copies: whom a URL or a command means, what is compared, and what nobody can tell.
import assert from 'node:assert/strict';
import test from 'node:test';
import type { Part } from '../../source/engine/rehearse/cast.ts';
import type { Ground } from '../../source/engine/rehearse/context.ts';
import { addressed, meant, ownRows } from '../../source/engine/rehearse/own.ts';
import type { World } from '../../source/engine/rehearse/world.ts';
import type { DockerQuestion } from '../../source/system/system.ts';

const part = (name: string, published: Record<string, string> = {}): Part => ({
  name, image: {},
  raw: { Id: name, Name: `/shop-${name}-1`, Config: { Labels: { 'com.docker.compose.service': name } }, NetworkSettings: { Ports: Object.fromEntries(Object.entries(published).map(([inside, outside]) => [`${inside}/tcp`, [{ HostIp: '127.0.0.1', HostPort: outside }]])), Networks: {} } },
}) as unknown as Part;

const PARTS = [part('web', { 443: '8443' }), part('worker')];

test('a URL means a service by its name, or whoever is published on that port of this machine', () => {
  const whom = (url: string): unknown => { const m = meant(new URL(url), PARTS); return m && [m.part.name, m.port, m.published]; };
  assert.deepEqual(whom('http://worker:9000/x'), ['worker', 9000, false]);
  assert.deepEqual(whom('http://shop-web-1/'), ['web', 80, false]);
  assert.deepEqual(whom('https://localhost:8443/health'), ['web', 443, true]);
  assert.deepEqual(whom('https://127.0.0.1:8443/health'), ['web', 443, true]);
  assert.equal(whom('http://localhost:9999/'), undefined);
  assert.equal(whom('https://example.org/'), undefined, 'no way leads out of a copy');
});

test('a command is for the service that it begins with, else for the one that is replaced first', () => {
  assert.deepEqual(addressed("worker sh -c 'echo hi'", ['web', 'worker'], 'web'), { service: 'worker', argv: ['sh', '-c', 'echo hi'] });
  assert.deepEqual(addressed('worker: id -u', ['web', 'worker'], 'web'), { service: 'worker', argv: ['id', '-u'] });
  assert.deepEqual(addressed('id -u', ['web', 'worker'], 'web'), { service: 'web', argv: ['id', '-u'] });
  assert.deepEqual(addressed('worker', ['web', 'worker'], 'web'), { service: 'web', argv: ['worker'] }, 'a program may be called like a service');
});

const world = (which: string): World => ({ copies: new Map(PARTS.map((p) => [p.name, { part: p, id: `${which}-${p.name}`, name: p.name }])), networks: new Map(), untried: [] });

/** Both copies, and what they answer to what is asked of them. */
const rows = (own: readonly string[], answers: (q: DockerQuestion) => { code: number; stdout?: string; stderr?: string }) => {
  const asked: DockerQuestion[] = [];
  const ask = async (q: DockerQuestion) => { asked.push(q); return { stdout: '', stderr: '', ...answers(q) }; };
  const ground = { docker: { ask }, system: { pause: () => new Promise(() => undefined) } } as unknown as Ground;
  const checks = own.map((o) => (o.startsWith('http') ? { kind: 'url' as const, url: o } : { kind: 'command' as const, words: o }));
  return ownRows(checks, [world('before'), world('after')], { ground, asks: { image: 'i', tool: 'python3' }, moved: new Map([['web', new Map([[443, 4430]])]]), first: 'web' }).then((found) => ({ found, asked }));
};

test('a command is run in both copies, and what it ended with decides', async () => {
  const { found, asked } = await rows(['touch /data/x', 'worker true', 'false'], (q) => (q.kind !== 'exec' || q.argv[0] === 'true' ? { code: 0 } : q.argv[0] === 'false' ? { code: 1 } : q.container.startsWith('before') ? { code: 0 } : { code: 1, stderr: "touch: cannot touch '/data/x': Permission denied\n" }));
  assert.deepEqual(found.map((r) => [r.service, r.what.en, r.asIs.en, r.asPlanned.en, r.result]), [
    ['web', 'touch /data/x', 'ended with 0', "ended with 1: touch: cannot touch '/data/x': Permission denied", 'WORSE'],
    ['worker', 'true', 'ended with 0', 'ended with 0', 'same'],
    ['web', 'false', 'ended with 1', 'ended with 1', 'cannot-tell'],
  ]);
  assert.deepEqual(asked.flatMap((q) => (q.kind === 'exec' ? [q.container] : [])), ['before-web', 'after-web', 'before-worker', 'after-worker', 'before-web', 'after-web']);
  assert.ok(asked.every((q) => q.kind !== 'exec' || q.user === undefined), 'as whom the container runs');
});

test('a URL is visited inside, where the plan moves its port at the new one; an error of the app is worse', async () => {
  const { found, asked } = await rows(['https://localhost:8443/health?a=b', 'http://web:443/'], (q) => (q.kind === 'helper' && q.networkOf === 'before-web' ? { code: 0, stdout: '443 200 application/json\n' } : { code: 0, stdout: '4430 500 text/html\n443 nothing\n' }));
  assert.deepEqual(found.map((r) => [r.service, r.asIs.en, r.asPlanned.en, r.result]), [['web', '200 json', '500 html', 'WORSE'], ['web', '200 json', 'nothing', 'WORSE']]);
  assert.deepEqual(asked.map((q) => (q.kind === 'helper' ? [q.networkOf, q.user, ...q.argv.slice(-4)] : [])), [
    ['before-web', '65534:65534', 'https', '443', '/health?a=b', 'localhost:8443'], ['after-web', '65534:65534', 'https', '4430', '/health?a=b', 'localhost:8443'],
    ['before-web', '65534:65534', 'http', '443', '/', 'web:443'], ['after-web', '65534:65534', 'http', '443', '/', 'web:443'],
  ]);
});

test('what nobody of these copies answers for is not told', async () => {
  const { found, asked } = await rows(['https://example.org/'], () => ({ code: 0 }));
  assert.deepEqual(found.map((r) => [r.service, r.result]), [['', 'cannot-tell']]);
  assert.deepEqual(asked, []);
});
