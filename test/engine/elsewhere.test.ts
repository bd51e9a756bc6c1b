import assert from 'node:assert/strict';
import { it } from 'node:test';
import { diagnose } from '../../source/engine/diagnose.ts';
import { elsewhereOf } from '../../source/engine/elsewhere.ts';
import type { Plan } from '../../source/model/plan.ts';
import { makePlan } from '../../source/engine/plan.ts';
import { RISKS } from '../../source/risks/index.ts';
import { casesOf, machineOf } from '../helpers/case.ts';

/** What a server with its own volume is told to do first, where the case `volume-and-log` is mended in this way. */
async function told(fix: string, name = 'volume-and-log'): Promise<readonly string[]> {
  const one = casesOf('root-container').find((c) => c.name === name);
  assert.ok(one);
  const machine = await machineOf(one.before, one.recorded);
  const findings = diagnose(machine, RISKS).findings.filter((f) => f.risk === 'root-container');
  const plan = makePlan(machine, RISKS, findings, findings.map((f) => ({ finding: f.id, risk: f.risk, fix })));
  assert.ok(plan.steps.some((s) => s.change.kind === 'build-image'), fix);
  return elsewhereOf(plan).map((e) => e.name);
}

it('a server hands its own volume over once, unless the container mends it at every start', async () => {
  assert.deepEqual(await told('numeric-user'), ['entries']);
  assert.deepEqual(await told('step-down'), []);
});

it('a folder of the project that changed hands is another clone\'s to hand over, too', async () => {
  assert.deepEqual(await told('numeric-user', 'bind-mount-and-log'), ['./drawings']);
});

it('a password that was drawn here is needed by every clone, and a socket\'s folder by every server', () => {
  const steps = [
    { kind: 'create-file', path: '.env.redis', text: 'URL=redis://app:<generated:redis>@redis\n', mode: 0o600 },
    { kind: 'create-file', path: 'redis.acl', text: 'user app on #<generated:redis:sha256>\n', mode: 0o644 },
    { kind: 'set-folder', service: 'app', image: 'desk-app', mount: { type: 'volume', source: 'desk_sock' }, uid: 10001, gid: 33, mode: 0o2750 },
  ].map((change, i) => ({ number: i + 1, change, because: [] }));
  const told = elsewhereOf({ name: 'desk', root: '/desk', steps, owed: [] } as unknown as Plan);
  assert.deepEqual(told.map((e) => [e.kind, e.name]), [['secret', '.env.redis'], ['volume', 'sock']]);
  assert.equal(told[1]?.argv.join(' '), 'docker run --rm -u 0 --entrypoint install -v desk_sock:/v desk-app -d -o 10001 -g 33 -m 2750 /v');
});

it('a docker run whose script was changed with it needs nobody, and the rest of its flags still do', () => {
  const run = (flags: readonly string[], path: string, because = 'a') => elsewhereOf({ name: 'desk', root: '/desk', owed: [], steps: [
    { kind: 'edit-file', path, hash: '', edits: [] },
    { kind: 'start-services', services: [{ service: 'front', container: { name: 'front', run: { flags, without: ['-p', '18083:80'] } } }] },
  ].map((change, i) => ({ number: i + 1, change, because: [i === 0 ? because : 'a'] })) } as unknown as Plan).map((e) => e.kind);
  assert.deepEqual(run(['-p', '18083:8080'], 'run.sh'), []);
  assert.deepEqual(run(['-p', '18083:8080'], 'Makefile'), []);
  assert.deepEqual(run(['-p', '18083:8080'], 'Dockerfile'), ['run']);
  assert.deepEqual(run(['-p', '18083:8080'], 'run.sh', 'another'), ['run']);
  assert.deepEqual(run(['-p', '18083:8080', '--user', '10001'], 'run.sh'), ['run']);
});
