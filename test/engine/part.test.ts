import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { onlyFiles } from '../../source/cli/words/fix.ts';
import { partWith, standing } from '../../source/engine/part.ts';
import type { Change, RunsAs } from '../../source/model/change.ts';
import type { Plan, Tie } from '../../source/model/plan.ts';
import { Stop } from '../../source/model/errors.ts';
import { filesPlan, project } from '../helpers/project.ts';
import { fakePlan } from '../tui/fake-session.ts';

const nothing = (): void => undefined;
const edit = (path: string): Change => ({ kind: 'edit-file', path, hash: 'h', edits: [] });
const build = (service: string): Change => ({ kind: 'build-image', service, image: service, build: { context: '.', dockerfile: 'Dockerfile', args: {} } });
const compose = (service: string): RunsAs => ({ service, compose: { project: 'p', files: ['compose.yaml'], service, directory: '', envFiles: [] } });
const plain = (service: string): RunsAs => ({ service, container: { id: service, name: service } });

/** Findings are letters; each step is a change and the letters that it serves. */
function planOf(steps: readonly (readonly [Change, string])[], ties: Readonly<Record<string, Omit<Tie, 'finding'>>> | undefined): Plan {
  const all = [...new Set(steps.flatMap(([, because]) => [...because]))];
  return {
    ...fakePlan([]), choices: all.map((finding) => ({ finding, risk: finding, fix: 'fix' })), owed: all.map((finding) => ({ finding, proofs: [] })),
    steps: steps.map(([change, because], i) => ({ number: i + 1, change, because: [...because] })),
    ...(ties ? { ties: Object.entries(ties).map(([finding, tie]) => ({ finding, ...tie })) } : {}),
  };
}

const TWO = [compose('web'), compose('worker')];
const steps: readonly (readonly [Change, string])[] = [
  [edit('web/Dockerfile'), 'a'], [edit('worker/Dockerfile'), 'b'], [edit('worker/app.py'), 'c'], [build('web'), 'a'], [build('worker'), 'bc'],
  [{ kind: 'stop-services', services: TWO }, 'abc'], [{ kind: 'start-services', services: TWO }, 'abc'],
];
const ties = { a: { services: ['web'], needs: [] }, b: { services: ['worker'], needs: [] }, c: { services: ['worker'], needs: [] } };
const told = (plan: Plan, step: number, gone = ''): string | undefined => {
  const part = partWith(plan, step, new Set(gone));
  return part && `${part.findings.join('')} ${part.steps.map((s) => s.number + (part.shared.has(s.number) ? '*' : '')).join(' ')} ${part.services.join('+')}`;
};
const names = (change: Change | undefined): string[] => (change?.kind === 'stop-services' || change?.kind === 'start-services' ? change.services.map((s) => s.service) : []);

describe('a part of a run', () => {
  it('is a step with all that serves the same findings, and a stop narrowed to the services concerned', () => {
    const plan = planOf(steps, ties);
    assert.equal(told(plan, 1), 'a 1 4 6* 7* web');
    assert.equal(told(plan, 4), 'a 1 4 6* 7* web');
    const part = partWith(plan, 1, new Set());
    assert.deepEqual(part?.steps.slice(-2).flatMap((s) => names(s.change)), ['web', 'web']);
  });
  it('takes along what shares an image or a file: undo never builds', () => {
    assert.equal(told(planOf(steps, ties), 3), 'bc 2 3 5 6* 7* worker');
  });
  it('takes along what needs it, and not what it needs', () => {
    const needing = { ...ties, a: { services: ['web'], needs: ['b'] } };
    assert.equal(told(planOf(steps, needing), 2), 'abc 1 2 3 4 5 6 7 web+worker');
    assert.equal(told(planOf(steps, needing), 1), 'a 1 4 6* 7* web');
  });
  it('is the whole run for a stop of all, and where an old journal does not tell', () => {
    assert.equal(told(planOf(steps, ties), 6), 'abc 1 2 3 4 5 6 7 web+worker');
    assert.equal(told(planOf(steps, undefined), 1), 'abc 1 2 3 4 5 6 7 web+worker');
  });
  it('takes along what else was changed of a plain container: the kept one has neither', () => {
    const one = planOf([[edit('a'), 'a'], [edit('b'), 'b'], [{ kind: 'stop-services', services: [plain('web')] }, 'ab'], [{ kind: 'start-services', services: [plain('web')] }, 'ab']], { a: { services: ['web'], needs: [] }, b: { services: ['web'], needs: [] } });
    assert.equal(told(one, 1), 'ab 1 2 3 4 web');
  });
  it('leaves out what went before, and the rest is what stands', () => {
    const plan = planOf(steps, ties);
    assert.equal(told(plan, 1, 'a'), undefined);
    assert.equal(told(plan, 99), undefined);
    assert.equal(told(plan, 2, 'a'), 'bc 2 3 5 6 7 worker');
    const rest = standing(plan, new Set('a'));
    assert.deepEqual([rest.steps.map((s) => s.number), rest.choices.map((c) => c.finding), rest.owed.length], [[2, 3, 5, 6, 7], ['b', 'c'], 2]);
    assert.deepEqual(rest.steps.slice(-2).flatMap((s) => names(s.change)), ['worker', 'worker']);
  });
});

const FILES = {
  'compose.yaml': 'services:\n  web:\n    build: ./web\n  feed:\n    build: ./feed\n',
  'web/Dockerfile': 'FROM debian:bookworm-slim\nCOPY . .\nCMD ["sleep", "9"]\n',
  'feed/Dockerfile': 'FROM debian:bookworm-slim\nCOPY . .\nCMD ["sleep", "9"]\n',
};

describe('undo of a part', () => {
  it('takes back one fix byte for byte; the journal, verify and the undo of the rest know it', async (t) => {
    const p = project(t, FILES);
    const before = p.all();
    const session = await p.open();
    const plan = onlyFiles(await filesPlan(session, { 'root-container': 'numeric-user' }));
    assert.deepEqual(plan.steps.map((s) => s.change.kind === 'edit-file' && s.change.path), ['feed/Dockerfile', 'web/Dockerfile']);
    const { run } = await session.apply(plan, nothing);
    const written = p.all();

    const part = await (await p.open()).undo(run, nothing, 2);
    assert.equal(part.exitCode, 0);
    assert.deepEqual(p.all(), { ...written, 'web/Dockerfile': before['web/Dockerfile'] });
    const [summary] = await session.history();
    assert.deepEqual([summary?.ending, summary?.part?.gone, summary?.part?.stands.steps.map((s) => s.number)], ['applied', plan.steps[1]?.because, [1]]);
    // What is back as it was is no drift; what stands is still asked.
    assert.deepEqual((await (await p.open()).verify(run)).undone?.map((c) => c.finding), plan.steps[1]?.because);
    assert.deepEqual((await (await p.open()).verify(run)).traces, []);
    writeFileSync(join(p.root, 'feed/Dockerfile'), 'FROM scratch\n');
    assert.deepEqual((await (await p.open()).verify(run)).traces.map((x) => x.file), ['feed/Dockerfile']);
    writeFileSync(join(p.root, 'feed/Dockerfile'), written['feed/Dockerfile'] ?? '');

    await assert.rejects((await p.open()).undo(run, nothing, 2), (e) => e instanceof Stop && /no step 2/.test(e.message));
    assert.equal((await (await p.open()).undo(run, nothing)).exitCode, 0);
    assert.deepEqual(p.all(), before);
    assert.deepEqual((await session.history()).map((r) => r.ending), ['undone']);
  });

  it('of the last part is the end of the run', async (t) => {
    const p = project(t, FILES);
    const before = p.all();
    const session = await p.open();
    const { run } = await session.apply(onlyFiles(await filesPlan(session, { 'root-container': 'numeric-user' })), nothing);
    await session.undo(run, nothing, 1);
    await session.undo(run, nothing, 2);
    assert.deepEqual(p.all(), before);
    assert.deepEqual((await session.history()).map((r) => r.ending), ['undone']);
  });
});
