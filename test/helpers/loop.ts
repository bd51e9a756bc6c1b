// The closed loop as a black box: what every scenario has to stand, in the words of the command line alone.
import assert from 'node:assert/strict';
import { cpSync, existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { TestContext } from 'node:test';
import { docker } from './engine.ts';
import { applyPatch, changed, clone, commitAll, contents } from './git.ts';
import { configuration, inspect, standing } from './inspected.ts';
import { harden } from './program.ts';
import { mustShow, read, said } from './scan.ts';
import type { Project } from './scenario.ts';
import { differences, treeOf } from './tree.ts';

/** Where the repository begins: at the project, a folder above it, or nowhere. */
export type Repository = 'here' | 'above' | 'none';

export async function makeRepository(kind: Repository, root: string): Promise<void> {
  if (kind !== 'none') await commitAll(kind === 'here' ? root : path.dirname(root));
}

export interface Standing {
  readonly tree: Record<string, string>;
  readonly engine: ReturnType<typeof standing>;
  readonly config: Record<string, ReturnType<typeof configuration>>;
  readonly images: Record<string, string>;
}

export function standingNow(project: Project): Standing {
  const containers = project.containers();
  const services = project.scenario.services;
  return {
    tree: treeOf(project.root),
    engine: standing(containers),
    config: Object.fromEntries(services.map((s) => [s, configuration(project.container(s))])),
    images: Object.fromEntries(services.map((s) => [s, docker('image', 'inspect', '-f', '{{.Id}}', `${project.name}-${s}`)])),
  };
}

/** Nothing at all was touched: files with owners and modes, containers since the same moment, images with all their names. */
export function untouched(project: Project, before: Standing): void {
  assert.deepEqual(treeOf(project.root), before.tree);
  assert.deepEqual(standing(before.engine['containers'].map((c: string[]) => c[1])), before.engine);
  assert.deepEqual(project.containers(), before.engine['containers'].map((c: string[]) => c[1]));
}

/** Put back: files, image ids and configuration as they were. What the app itself wrote since may be there, too. */
export function putBack(project: Project, before: Standing): void {
  const now = treeOf(project.root);
  assert.deepEqual(differences(before.tree, Object.fromEntries(Object.entries(now).filter(([file]) => file in before.tree))), []);
  // What came since is root's again, or stays with whom the folder belongs to.
  for (const file of Object.keys(now).filter((f) => !(f in before.tree))) {
    const folder = before.tree[path.posix.dirname(file)]?.split(' ')[2];
    const owner = now[file]?.split(' ')[2];
    assert.ok(owner === '0:0' || owner === folder, `${file} came since and belongs to ${owner}`);
  }
  for (const service of project.scenario.services) {
    assert.equal(docker('image', 'inspect', '-f', '{{.Id}}', `${project.name}-${service}`), before.images[service], `image of ${service}`);
    assert.deepEqual(configuration(project.container(service)), before.config[service], `configuration of ${service}`);
  }
}

async function cloned(project: Project, kind: Repository, name: string): Promise<string> {
  const into = path.join(project.box, name);
  if (kind === 'none') {
    cpSync(project.root, into, { recursive: true });
    await commitAll(into);
    return into;
  }
  return clone(kind === 'here' ? project.root : path.dirname(project.root), into);
}

/** Applies a diff as a user pipes it into git, and gives what the changed files then hold. */
async function throughGit(project: Project, kind: Repository, patch: string, from: 'top' | 'project'): Promise<Record<string, string>> {
  const top = await cloned(project, kind, `clone-${from}-${readdirSync(project.box).length}`);
  const home = kind === 'above' ? path.join(top, project.name) : top;
  const told = await applyPatch(from === 'top' ? top : home, patch);
  assert.equal(told.code, 0, said(told));
  assert.doesNotMatch(told.stderr, /Skipped patch/);
  const files = await changed(top);
  assert.notDeepEqual(files, [], 'git applied nothing');
  const prefix = kind === 'above' ? `${project.name}/` : '';
  for (const file of files) assert.ok(file.startsWith(prefix), `${file} lies outside the project`);
  return contents(home, files.map((file) => file.slice(prefix.length)));
}

export interface Loop {
  readonly repository: Repository;
  /** More words for every `fix`, e.g. an alternative. */
  readonly words?: readonly string[];
  /** Shows `--files-only`, too, in the short run as well. */
  readonly files?: boolean;
  /** Looks at the diff of the dry run. */
  readonly diff?: (patch: string) => void;
  /** Facts after `fix --yes`, read by the test itself. */
  readonly facts: (told: { stdout: string; stderr: string }) => Promise<void>;
  /** Services whose containers nobody may replace. */
  readonly left?: readonly string[];
  /** Facts after undo, beyond files, images and configuration. */
  readonly back?: () => Promise<void>;
}

export async function scanShows(t: TestContext, project: Project): Promise<void> {
  await t.test('scan names the risks, the deciding lines and the live containers', async () => {
    const before = standingNow(project);
    const told = await project.harden('scan', '--format', 'json');
    assert.equal(told.code, 1, said(told));
    mustShow(read(told), project);
    untouched(project, before);
  });
}

/** fix as a dry run, through git, and the same files by --files-only; then taken back. */
export async function diffHolds(t: TestContext, project: Project, { repository, words = [], files = false, diff }: Loop): Promise<void> {
  let applied: Record<string, string> = {};
  await t.test('fix prints a diff that git takes, and touches nothing', async () => {
    const before = standingNow(project);
    const told = await project.harden('fix', ...words);
    assert.equal(told.code, 0, said(told));
    assert.match(told.stderr.trimStart().split('\n')[0]!, /dry run/i);
    untouched(project, before);
    assert.ok(!existsSync(path.join(project.state, 'harden-tui/runs')), 'a dry run left a journal');
    applied = await throughGit(project, repository, told.stdout, 'top');
    if (repository === 'above') {
      const fromAbove = await harden(path.dirname(project.root), project.state, 'fix', ...words, project.name);
      assert.equal(fromAbove.stdout, told.stdout, 'the diff depends on where it is made');
      assert.deepEqual(await throughGit(project, repository, told.stdout, 'project'), applied);
    }
    diff?.(told.stdout);
  });

  // One way of writing for every scenario: two of them show it, the others in the long run.
  const skip = files || process.env.HARDEN_TUI_ALL === '1' ? false : 'long: npm run test:all';
  await t.test('fix --yes --files-only writes the same bytes and modes, and undo takes them back', { skip }, async () => {
    const before = standingNow(project);
    const told = await project.harden('fix', '--yes', '--files-only', ...words);
    assert.equal(told.code, 0, said(told));
    const now = treeOf(project.root);
    const written = differences(before.tree, now);
    assert.deepEqual(written, Object.keys(applied).sort(), 'not the files of the diff');
    assert.deepEqual(contents(project.root, written), applied);
    const kept = (entry: string | undefined): string => entry?.split(' ').slice(0, 3).join(' ') ?? '';
    for (const file of written) if (before.tree[file]) assert.equal(kept(now[file]), kept(before.tree[file]), `mode and owner of ${file}`);
    assert.deepEqual(standing(project.containers()), before.engine, 'more than files was touched');
    const back = await project.harden('undo', '--yes');
    assert.equal(back.code, 0, said(back));
    untouched(project, before);
  });
}

/** fix --yes on what runs, the facts afterwards, and undo. */
export async function fixHolds(t: TestContext, project: Project, loop: Loop): Promise<void> {
  const { words = [], facts, left = [], back } = loop;
  const before = standingNow(project);
  let told = { code: -1, stdout: '', stderr: '' };
  await t.test(['fix --yes', ...words, 'ends with 0'].join(' '), async () => {
    told = await project.harden('fix', '--yes', ...words);
    assert.equal(told.code, 0, said(told));
    for (const service of left) assert.equal(project.container(service)['Id'], before.engine['containers'].find((c: string[]) => c[0] === before.config[service]!['Name'])[1], `${service} was replaced`);
  });
  await t.test('the facts afterwards', async () => {
    await facts(told);
    await project.answersAsBefore();
    for (const id of project.containers()) assert.equal(inspect(id)['RestartCount'], 0);
  });
  await t.test('undo --yes puts everything back', async () => {
    const undone = await project.harden('undo', '--yes');
    assert.equal(undone.code, 0, said(undone));
    putBack(project, before);
    await project.answersAsBefore();
    await back?.();
    assert.deepEqual(await project.keptImages(), [], 'images are still kept, though nothing can be undone any more');
    assert.equal(docker('image', 'ls', '-q', '--filter', 'dangling=true', '--filter', `label=com.docker.compose.project=${project.name}`), '', 'what the run built is left without a name');
  });
}

export async function closedLoop(t: TestContext, project: Project, loop: Loop): Promise<void> {
  await scanShows(t, project);
  await diffHolds(t, project, loop);
  await fixHolds(t, project, loop);
}
