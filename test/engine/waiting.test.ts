// What an undo had to leave: what the next one walks, and what the history says of it.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { Recorded } from '../../source/engine/journal.ts';
import { standing } from '../../source/engine/part.ts';
import { goingOf } from '../../source/engine/walk-back.ts';
import { stayingOf } from '../../source/engine/waiting.ts';
import type { Change } from '../../source/model/change.ts';
import type { Plan } from '../../source/model/plan.ts';
import { asItStands } from '../../source/report/runs-text.ts';
import { filesPlan, project } from '../helpers/project.ts';

const nothing = (): void => undefined;
const compose = (service: string) => ({ service, compose: { project: 'shop', service, files: ['compose.yaml'], envFiles: [], directory: '.' } });

/** Two findings of web and admin; each has a file, and web an image as well. */
const STEPS: readonly (readonly [change: Change, because: string])[] = [
  [{ kind: 'edit-file', path: 'compose.yaml', hash: '', edits: [] }, 'a'],
  [{ kind: 'edit-file', path: 'Dockerfile', hash: '', edits: [] }, 'a'],
  [{ kind: 'edit-file', path: 'admin/uwsgi.ini', hash: '', edits: [] }, 'b'],
  [{ kind: 'build-image', service: 'web', image: 'shop-web', build: { context: '.', dockerfile: 'Dockerfile', args: {} } }, 'a'],
  [{ kind: 'make-account', name: 'shop' }, 'b'],
  [{ kind: 'stop-services', services: [compose('web'), compose('admin')] }, 'a b'],
  [{ kind: 'start-services', services: [compose('web'), compose('admin')] }, 'a b'],
];
const plan = {
  version: 1, root: '/work/shop', name: 'shop', owed: [], findings: [], joins: [], refused: [], foreseen: { gone: [], left: [], fresh: [] },
  choices: ['a', 'b'].map((finding) => ({ finding, risk: 'r', fix: 'f' })), ties: [{ finding: 'a', services: ['web'], needs: [] }, { finding: 'b', services: ['admin'], needs: [] }],
  steps: STEPS.map(([change, because], i) => ({ number: i + 1, change, because: because.split(' ') })),
} as unknown as Plan;

/** A run that went back but for these steps. */
function back(left: readonly number[], over: Partial<Recorded> = {}): Recorded {
  const undos = new Map(STEPS.map(([change], i) => [i + 1, change.kind === 'stop-services' ? { containers: [] } : change.kind === 'start-services' ? { plain: [] } : { made: true }]));
  return { head: { run: '1', root: '/work/shop', name: 'shop', plan }, gone: new Set(), standing: plan, begun: undos, undos: new Map([...undos].filter(([n]) => left.includes(n))), keeps: [], built: [], verdicts: [], along: [], vitals: [], bytes: 0, ending: 'undone', ...over } as unknown as Recorded;
}
const walked = (recorded: Recorded): readonly string[] => {
  const { steps, undos } = goingOf(recorded, undefined);
  assert.deepEqual([...undos.keys()], steps.map((s) => s.number), 'each is taken back with what was kept for it');
  return steps.map(({ change }) => ('path' in change ? change.path : 'services' in change ? `${change.kind} ${change.services.map((s) => (typeof s === 'string' ? s : s.service)).join(' ')}` : change.kind));
};

describe('what an undo had to leave', () => {
  it('goes back with those that read it started again, and nobody else', () => {
    assert.deepEqual(walked(back([1])), ['compose.yaml', 'stop-services web', 'start-services web']);
    assert.deepEqual(walked(back([3])), ['admin/uwsgi.ini', 'stop-services admin', 'start-services admin']);
  });
  it('is a Dockerfile alone, where nothing that runs reads it any more, or an account', () => {
    assert.deepEqual(walked(back([2])), ['Dockerfile']);
    assert.deepEqual(walked(back([5])), ['make-account']);
  });
  it('is named with the findings that may not have come back for it', () => {
    const rest = stayingOf(back([1, 5]));
    assert.deepEqual([rest?.names.map((n) => n.en), rest?.files, rest?.findings], [['compose.yaml', 'account shop'], ['compose.yaml'], ['a']]);
    assert.deepEqual(stayingOf(back([5]))?.findings, [], 'who runs as it is root again all the same');
    assert.equal(stayingOf(back([])), undefined);
  });
  it('is nothing that no later undo could do better: an image that is gone, a run that stands or was cut short', () => {
    assert.equal(stayingOf(back([4])), undefined);
    for (const ending of ['applied', 'unfinished'] as const) assert.equal(stayingOf(back([1, 2, 3, 4, 5, 6, 7], { ending })), undefined);
    assert.deepEqual(stayingOf(back([1], { ending: 'taken-back' }))?.files, ['compose.yaml'], 'of one that went back by itself, too');
  });
  it('goes along with the rest of a run of which a part went back', () => {
    const gone = new Set(['b']);
    const recorded = back([1, 2, 3, 4, 6, 7], { ending: 'applied', gone, standing: standing(plan, gone) });
    assert.deepEqual(walked(recorded), ['compose.yaml', 'Dockerfile', 'admin/uwsgi.ini', 'build-image', 'stop-services web admin', 'start-services web admin']);
    const rest = stayingOf(recorded);
    assert.deepEqual(rest?.files, ['admin/uwsgi.ini']);
    assert.deepEqual(asItStands({ run: '1', root: '', name: '', at: '', ending: 'applied', plan, verdicts: [], part: { gone: ['b'], stands: standing(plan, gone) }, rest: rest! }).plan.steps.map((s) => s.number), [1, 2, 3, 4, 6, 7]);
  });

  it('of a part is not lost to the undo of the whole', async (t) => {
    const p = project(t, {
      'compose.yaml': 'services:\n  web:\n    build: ./web\n  feed:\n    build: ./feed\n',
      'web/Dockerfile': 'FROM debian:bookworm-slim\nCOPY . .\nCMD ["sleep", "9"]\n', 'feed/Dockerfile': 'FROM debian:bookworm-slim\nCOPY . .\nCMD ["sleep", "9"]\n',
    });
    const before = p.all();
    const session = await p.open();
    const made = await filesPlan(session, { 'root-container': 'numeric-user' });
    const { run } = await session.apply({ ...made, steps: made.steps.filter(({ change }) => change.kind === 'edit-file') }, nothing);
    const written = p.read('web/Dockerfile');
    writeFileSync(join(p.root, 'web/Dockerfile'), written.replace('USER 10001:10001', 'USER 10001:33'));
    const part = await (await p.open()).undo(run, nothing, 2);
    assert.deepEqual([part.exitCode, part.rest?.files], [3, ['web/Dockerfile']]);
    writeFileSync(join(p.root, 'web/Dockerfile'), written);
    assert.equal((await (await p.open()).undo(run, nothing)).exitCode, 0);
    assert.deepEqual(p.all(), before);
  });
});
