import assert from 'node:assert/strict';
import { appendFileSync, chmodSync, mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { onlyFiles } from '../../source/cli/words/fix.ts';
import { runningOf, runningSince } from '../../source/engine/running.ts';
import type { Machine } from '../../source/model/machine.ts';
import type { Plan } from '../../source/model/plan.ts';
import { Stop } from '../../source/model/errors.ts';
import { filesPlan, project } from '../helpers/project.ts';

const FILES = {
  'compose.yaml': 'services:\n  web:\n    build: .\n    ports:\n      - "443:443"\n',
  'Dockerfile': 'FROM debian:bookworm-slim\nRUN apt-get update && apt-get install -y gunicorn\nCOPY . .\nEXPOSE 443\nCMD ["gunicorn", "-b", "0.0.0.0:443", "shop:app"]\n',
  'shop.py': 'app = None\n',
};
const WAYS = { 'root-container': 'numeric-user', 'privileged-port': 'high-port' };
const nothing = (): void => undefined;

async function written(t: Parameters<typeof project>[0]) {
  const p = project(t, FILES);
  const session = await p.open();
  const { run } = await session.apply(onlyFiles(await filesPlan(session, WAYS)), nothing);
  return { p, run, dockerfile: join(p.root, 'Dockerfile'), verify: async () => (await p.open()).verify(run) };
}

describe('files that a run wrote, verified', () => {
  it('hold as long as they are as they were written, and nothing is written for that', async (t) => {
    const { p, verify } = await written(t);
    const before = p.all();
    const verified = await verify();
    assert.deepEqual([verified.exitCode, verified.traces, verified.filesOnly], [0, [], true]);
    assert.deepEqual(p.all(), before);
  });

  it('hold when other lines were edited, and that is said', async (t) => {
    const { dockerfile, verify } = await written(t);
    appendFileSync(dockerfile, '# mine\n');
    utimesSync(dockerfile, new Date('2099-01-02T03:04:05Z'), new Date('2099-01-02T03:04:05Z'));
    const { exitCode, traces } = await verify();
    assert.equal(exitCode, 0);
    assert.deepEqual(traces.map((x) => [x.held, x.file, x.when?.is]), [['holds', 'Dockerfile', 'written']]);
    assert.match(traces[0]?.what.en ?? '', /on other lines/);
  });

  it('drifted when the lines of the run were, or all of it is as before, and it is said when the file was written', async (t) => {
    const { p, dockerfile, verify } = await written(t);
    writeFileSync(dockerfile, p.read('Dockerfile').replace(/^USER .*$/m, 'USER 0'));
    utimesSync(dockerfile, new Date('2099-01-02T03:04:05Z'), new Date('2099-01-02T03:04:05Z'));
    const edited = await verify();
    assert.equal(edited.exitCode, 3);
    assert.match(edited.traces[0]?.what.en ?? '', /on the very lines of the run/);
    assert.equal(edited.traces[0]?.when?.at, '2099-01-02T03:04:05.000Z');
    writeFileSync(dockerfile, FILES.Dockerfile);
    // A file that was put back with its old time says nothing of when.
    utimesSync(dockerfile, new Date('2001-01-02'), new Date('2001-01-02'));
    const back = await verify();
    assert.deepEqual(back.traces.map((x) => [x.held, x.what.en, x.when]), [['drifted', 'Dockerfile is again as it was before the run', undefined]]);
  });

  it('drifted when they are gone, and a folder or a pipe in their place is not read', async (t) => {
    const { dockerfile, verify } = await written(t);
    rmSync(dockerfile);
    assert.deepEqual((await verify()).traces.map((x) => [x.held, x.what.en]), [['drifted', 'Dockerfile is gone']]);
    mkdirSync(dockerfile);
    assert.match((await verify()).traces[0]?.what.en ?? '', /no file of that kind any more/);
  });

  it('can not be told where they may not be read', { skip: process.getuid?.() === 0 && 'root reads everything' }, async (t) => {
    const { dockerfile, verify } = await written(t);
    chmodSync(dockerfile, 0);
    assert.equal((await verify()).traces[0]?.held, 'cannot-tell');
  });

  it('did not drift where a later run of ours changed them', async (t) => {
    const p = project(t, FILES);
    const first = await p.open();
    const { run } = await first.apply(onlyFiles(await filesPlan(first, { 'privileged-port': 'high-port' })), nothing);
    const second = await p.open();
    const later = await second.apply(onlyFiles(await filesPlan(second, { 'root-container': 'numeric-user' })), nothing);
    const { exitCode, traces } = await (await p.open()).verify(run);
    assert.equal(exitCode, 0);
    assert.ok(traces.every((x) => x.what.en.includes(`was changed by run ${later.run} since`)), JSON.stringify(traces));
  });

  it('are not verified for a run that is undone, or not there', async (t) => {
    const { p, run } = await written(t);
    await (await p.open()).undo(run, nothing);
    await assert.rejects((await p.open()).verify(run), (e) => e instanceof Stop && /Nothing of run/.test(e.message) && e.exitCode === 2);
    await assert.rejects((await p.open()).verify('99'), (e) => e instanceof Stop && /There is no run 99/.test(e.message));
  });
});

describe('containers since a run', () => {
  const plan = { steps: [{ number: 1, change: { kind: 'start-services', services: [{ service: 'web' }] }, because: [] }] } as unknown as Plan;
  const at = (id: string, imageId: string, startedAt: string, running = true): Machine =>
    ({ services: [{ name: 'web', containers: [id] }], containers: [{ id, name: `shop-${id}`, imageId, startedAt, running }] }) as unknown as Machine;
  const then = runningOf(plan, at('a', 'i1', 't1'));
  const said = (now: Machine) => runningSince(plan, now, then).map((x) => [x.held, x.what.en, x.when?.at]);

  it('are silent when they are the same, and named when started again, replaced or stopped', () => {
    assert.deepEqual(said(at('a', 'i1', 't1')), []);
    assert.deepEqual(said(at('a', 'i1', 't2')), [['holds', 'shop-a was started again', 't2']]);
    assert.deepEqual(said(at('b', 'i1', 't2')), [['holds', 'web runs in another container, shop-b, from the same image', 't2']]);
    assert.deepEqual(said(at('b', 'i2', 't2')), [['holds', 'web runs in another container, shop-b, from another image', 't2']]);
    assert.deepEqual(said(at('a', 'i1', 't1', false)), [['cannot-tell', 'web does not run', undefined]]);
    assert.deepEqual(runningSince(plan, at('b', 'i2', 't2'), undefined), []);
  });
});
