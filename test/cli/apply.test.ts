import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import Ajv from 'ajv';
import { readSavedPlan, type SavedPlan } from '../../source/engine/saved-plan.ts';
import { root } from '../listing.ts';
import { call, type Call, type Called } from './helpers/call.ts';
import { finding, machine, offer, plan } from './helpers/world.ts';

const schema = new Ajv({ allErrors: true }).compile(JSON.parse(readFileSync(path.join(root, 'schema/saved-plan.schema.json'), 'utf8')) as object);

const HASH = 'a'.repeat(64);
const IMAGE = `sha256:${'b'.repeat(64)}`;
const choices = [{ finding: 'aaaaaaaaaaaa', risk: 'root-container', fix: 'numeric-user' }];
const whole = plan(choices, [finding()]);
const here = { ...whole, steps: whole.steps.map((s) => (s.change.kind === 'edit-file' ? { ...s, change: { ...s.change, hash: HASH } } : s)) };
const files = new Map([['Dockerfile', { path: 'Dockerfile', text: '', hash: HASH, mode: 0o644, uid: 1, gid: 1 }]]);
const container = { id: 'c1', name: 'shop-web-1', running: true, imageId: IMAGE } as ReturnType<typeof machine>['containers'][number];
const world = { machine: machine({ files, containers: [container] }), plan: here };

const saving = (more: Call = {}, ...argv: string[]): Promise<Called> => call(['fix', '--save-plan', 'plan.json', ...argv], { world, ...more });

/** Saves, lets the test have its way with what was written, and applies it. */
async function applied(change: (saved: any) => unknown = (saved) => saved, more: Call = {}, ...argv: string[]): Promise<Called> {
  const saved = (await saving()).written.get('/work/shop/plan.json') ?? '';
  const made = change(JSON.parse(saved));
  return call(['apply', 'plan.json', ...argv], { world, ...more, files: { '/work/shop/plan.json': typeof made === 'string' ? made : JSON.stringify(made) } });
}

async function refused(told: Promise<Called>, words: RegExp): Promise<void> {
  const { code, stdout, stderr, session } = await told;
  assert.deepEqual([code, stdout], [2, ''], stderr);
  const said = stderr.replace(/\s+/g, ' ');
  assert.match(said, words);
  assert.match(said, /harden-tui fix --save-plan FILE|harden-tui risks|--docker-host|root-container=/);
  assert.ok(!session.asked.includes('apply'));
}

describe('fix --save-plan', () => {
  it('writes which findings in which way, and what they were made on: no command, no text, nothing of a file', async () => {
    const { code, stdout, stderr, written } = await saving();
    assert.equal(code, 0);
    const saved = JSON.parse(written.get('/work/shop/plan.json') ?? '') as SavedPlan;
    assert.ok(schema(saved), JSON.stringify(schema.errors));
    assert.deepEqual(saved, {
      version: 1, root: '/work/shop', name: 'shop', daemon: 'D', answers: {}, choices, about: [{ finding: 'aaaaaaaaaaaa', subjects: ['web'], file: 'Dockerfile' }],
      files: [{ path: 'Dockerfile', sha256: HASH }], images: [{ service: 'web', image: IMAGE }],
    });
    assert.match(stdout, /^diff --git/);
    assert.match(stderr, /Written to plan\.json\.\nTo apply this very plan: harden-tui apply plan\.json\n/);
  });
  it('belongs to the dry run', async () => {
    const { code, stderr, written } = await saving({}, '--yes');
    assert.deepEqual([code, written.size], [2, 0]);
    assert.match(stderr, /--save-plan belongs to the dry run/);
  });
  it('writes no empty plan', async () => {
    const { code, stderr, written } = await saving({ world: { findings: [] } });
    assert.deepEqual([code, written.size], [0, 0]);
    assert.match(stderr, /nothing to save/);
  });
});

describe('apply', () => {
  it('derives the plan again, and ends as fix --yes would', async () => {
    const { code, stdout, stderr, session, opened } = await applied();
    assert.equal(code, 0, stderr);
    assert.deepEqual(session.asked, ['inspect', 'apply']);
    assert.deepEqual(session.applied[0]?.choices, choices);
    assert.equal(opened[0]?.root, '/work/shop');
    assert.match(stdout, /1 gone, 0 left/);
  });
  it('takes the checks of the command line along, and shows the plan with --dry-run', async () => {
    assert.deepEqual((await applied(undefined, {}, '--check', 'true')).opened[0]?.checks, [{ kind: 'command', words: 'true' }]);
    const dry = await applied(undefined, {}, '--dry-run');
    assert.deepEqual([dry.code, dry.session.asked], [0, ['inspect']]);
    assert.match(dry.stderr, /^Dry run: nothing is changed\. To apply this: harden-tui apply plan\.json/m);
    assert.match(dry.stdout, /^diff --git/);
  });
  it('needs a file', async () => {
    assert.match((await call(['apply'])).stderr, /needs the file of a plan/);
    await refused(call(['apply', 'nowhere']), /There is no file nowhere/);
  });
  it('reads strictly: what is not of the form, or holds anything besides, is no plan', async () => {
    const faults: [(saved: any) => unknown, RegExp][] = [
      [() => '{', /it is not JSON/], [() => '[]', /it is not a plan/], [(s) => ({ ...s, version: 2 }), /another version/],
      [(s) => ({ ...s, commands: [['rm']] }), /"commands" does not belong/], [(s) => ({ ...s, choices: [] }), /nothing is chosen/],
      [(s) => ({ ...s, choices: [{ ...choices[0], argv: ['sh'] }] }), /"choices" is missing or is not of its form/],
      [(s) => ({ ...s, root: '../shop' }), /"root"/], [(s) => ({ ...s, root: undefined }), /"root"/], [(s) => ({ ...s, files: [{ path: 'a\u001b', sha256: null }] }), /"files"/],
      [(s) => ({ ...s, answers: { dockerfile: '../../etc/x' } }), /"answers"/], [(s) => ({ ...s, choices: [...choices, ...choices] }), /chosen twice/],
    ];
    for (const [change, words] of faults) await refused(applied(change), words);
    assert.ok('fault' in readSavedPlan(`{"version":1,"__proto__":{"root":"/x"}}`));
  });
  it('refuses ids that nobody knows', async () => {
    await refused(applied((s) => ({ ...s, choices: [{ ...choices[0], risk: 'root-contianer' }] })), /There is no risk "root-contianer"/);
    await refused(applied((s) => ({ ...s, choices: [{ ...choices[0], fix: 'magic' }] })), /root-container has no fix "magic"/);
    await refused(applied((s) => ({ ...s, choices: [{ ...choices[0], finding: 'bbbbbbbbbbbb' }] })), /does not fit any more: "A container runs as root" is not found any more; no file that the plan edits was changed since\. Nothing was begun\./);
  });
  it('refuses another machine: root, daemon, none', async () => {
    await refused(applied((s) => ({ ...s, root: '/gone' }), { gone: ['/gone'] }), /was made for \/gone, and that is not a folder here/);
    await refused(applied((s) => ({ ...s, daemon: 'E' })), /another Docker daemon/);
    const { docker: _, ...dark } = world.machine;
    const { daemon: __, ...unknown } = here;
    await refused(applied(undefined, { world: { ...world, machine: dark, plan: unknown } }), /Docker, which is not there now/);
  });
  it('refuses a stale plan, and says what changed', async () => {
    const hash = 'c'.repeat(64);
    const text = new Map([['Dockerfile', { ...files.get('Dockerfile')!, hash }]]);
    const edits = here.steps.map((s) => (s.change.kind === 'edit-file' ? { ...s, change: { ...s.change, hash } } : s));
    await refused(applied(undefined, { world: { machine: { ...world.machine, files: text }, plan: { ...here, steps: edits } } }), /Dockerfile was changed since/);
    await refused(applied((s) => ({ ...s, files: [{ path: 'Dockerfile', sha256: null }] })), /Dockerfile is there now/);
    await refused(applied((s) => ({ ...s, files: [] })), /it would change Dockerfile now, too/);
    await refused(applied((s) => ({ ...s, images: [{ service: 'web', image: `sha256:${'d'.repeat(64)}` }] })), /web does not run from the same image as then/);
    await refused(applied(undefined, { world: { ...world, findings: [finding({ suppressed: { reason: 'meant so' } })] } }), /it is ignored now \(meant so\)/);
    await refused(applied(undefined, { world: { ...world, offers: [offer('numeric-user', { refused: { 'en': 'no shell', 'zh-CN': '没有 shell' } })] } }), /web runs as root \(numeric-user\): no shell/);
  });
  it('says of a finding that is gone what it was, where, and which file was edited since', async () => {
    const changed = (hash: string) => ({ ...world.machine, files: new Map([['Dockerfile', { ...files.get('Dockerfile')!, hash }]]) });
    const gone = { plan: here, findings: [] };
    await refused(applied(undefined, { world: { ...gone, machine: changed('c'.repeat(64)) } }), /plan\.json does not fit any more: "A container runs as root" \(web, Dockerfile\) is not found any more; Dockerfile was changed since\. Nothing was begun\./);
    const newer = { ...world.machine, containers: [{ ...container, imageId: `sha256:${'d'.repeat(64)}` }] };
    await refused(applied(undefined, { world: { ...gone, machine: newer } }), /is not found any more; web runs from another image than then/);
    await refused(applied(undefined, { world: { ...gone, machine: { ...world.machine, files: new Map(), containers: [], services: [] } } }), /Dockerfile can't be read any more; web has no container any more/);
    // A plan of before, which has no names.
    await refused(applied(({ about: _, ...old }) => old, { world: { ...gone, machine: world.machine } }), /"A container runs as root" is not found any more; no file that the plan edits/);
    assert.equal((await applied(({ about: _, ...old }) => old)).code, 0);
    await refused(applied((s) => ({ ...s, about: [{ finding: 'aaaaaaaaaaaa', subjects: ['a\u001b[2J'] }] })), /"about" is missing or is not of its form/);
  });
  it('never applies a guess', async () => {
    const { code, stderr, session } = await applied(undefined, { world: { ...world, findings: [finding({ confidence: 'guess' })] } });
    assert.deepEqual([code, session.asked], [2, ['inspect']]);
    assert.match(stderr, /Left out: web runs as root: a guess/);
  });
});
