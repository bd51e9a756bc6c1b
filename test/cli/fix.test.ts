import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { dryRun, onlyFiles } from '../../source/cli/words/fix.ts';
import { hostOf } from '../../source/cli/apply.ts';
import type { Blind } from '../../source/model/machine.ts';
import { same, text } from '../../source/model/text.ts';
import { call } from './helpers/call.ts';
import { finding, machine, offer, PATCH, plan, result, run } from './helpers/world.ts';

const { docker, ...rest } = machine();
const dark = rest;
const asleep = machine({ containers: [] });

describe('fix without --yes is a dry run', () => {
  it('says so in its first line on stderr, prints the diff alone on stdout, and applies nothing', async () => {
    const { code, stdout, stderr, session } = await call(['fix']);
    assert.equal(code, 0);
    assert.match(stderr.split('\n')[0] ?? '', /^Dry run: nothing is changed\./);
    assert.equal(stdout, PATCH);
    assert.deepEqual(session.asked, ['inspect']);
  });
  it('names --system-files where the plan reaches outside PATH, unless it was given', () => {
    const unit = { root: '/work/shop', steps: [{ number: 1, because: [], change: { kind: 'edit-file' as const, path: '/etc/systemd/system/web.service', hash: '', edits: [] } }] };
    assert.match(dryRun(unit, { flags: {} }).en, /harden-tui fix --yes --system-files$/);
    assert.match(dryRun(unit, { flags: { 'system-files': true } }).en, /harden-tui fix --yes$/);
    assert.match(dryRun({ ...unit, steps: [] }, { flags: {} })['zh-CN'], /harden-tui fix --yes$/);
  });
  it('shows the commands so that pasting gives the same argv', async () => assert.match((await call(['fix'])).stderr, /^ {2}docker build -t shop-web '\/work\/my shop'$/m));
  it('ends with 0 when there is nothing to change', async () => {
    const { code, stdout, stderr } = await call(['fix'], { world: { findings: [] } });
    assert.deepEqual([code, stdout], [0, '']);
    assert.match(stderr, /Nothing to fix was found in what could be seen: 1 service and 1 file\./);
  });
  it('takes findings from medium on; --severity and --risk say otherwise', async () => {
    const world = { findings: [finding({ severity: 'low' })] };
    assert.equal((await call(['fix'], { world })).stdout, '');
    assert.equal((await call(['fix', '--severity', 'low'], { world })).stdout, PATCH);
    assert.equal((await call(['fix', '--risk', 'root-container'], { world })).stdout, PATCH);
    assert.equal((await call(['fix', '--risk', 'socket-mode'], { world: {} })).stdout, '');
  });
  it('takes the way that --fix names', async () => {
    const chosen = async (...argv: string[]) => JSON.parse((await call(['fix', '--format', 'json', ...argv])).stdout).choices.map((c: { fix: string }) => c.fix);
    assert.deepEqual(await chosen(), ['numeric-user']);
    assert.deepEqual(await chosen('--fix', 'root-container=named-user'), ['named-user']);
  });
  it('prints the words of what can only be done by hand', async () => {
    const { code, stdout, stderr } = await call(['fix', '--fix', 'root-container=userns-remap']);
    assert.deepEqual([code, stdout], [0, '']);
    assert.match(stderr, /by hand: web runs as root\n {2}A bare number \(userns-remap\)\n {4}By hand: run id\./);
  });
  it('says why a named way does not apply', async () => {
    const offers = [offer('numeric-user', { recommended: true }), offer('step-down', { refused: text('no shell in the image', '镜像里没有 shell') })];
    assert.match((await call(['fix', '--fix', 'root-container=step-down'], { world: { offers } })).stderr, /Left out: web runs as root: no shell in the image/);
  });
  it('takes only safe ways with --safe-only', async () => {
    assert.equal((await call(['fix', '--safe-only'])).stdout, '');
    const offers = [offer('numeric-user', { recommended: true }), offer('named-user', { safety: 'safe' })];
    assert.equal((await call(['fix', '--safe-only'], { world: { offers } })).stdout, PATCH);
  });
  it('marks what was not observed, and what is a guess', async () => {
    assert.match((await call(['fix'], { world: { machine: asleep } })).stderr, /Not observed: web does not run/);
    assert.match((await call(['fix'], { world: { findings: [finding({ confidence: 'guess' })] } })).stderr, /A guess: web runs as root\. --yes leaves it out\./);
  });
  it('--fix for what is not there is said, with what is, and ends with 2', async () => {
    const asked = async (pair: string, findings = [finding()]) => {
      const { code, stdout, stderr } = await call(['fix', 'p', '--fix', pair], { world: { findings } });
      assert.deepEqual([code, stdout], [2, '']);
      return stderr;
    };
    assert.match(await asked('socket-mode=group-socket'), /^socket-mode was not found here, so there is nothing for --fix\s+socket-mode=group-socket to change\.\n {2}What was found: root-container\n {2}See all of it: harden-tui scan p/);
    assert.match(await asked('uwsgi-root=uid-gid', [finding({ risk: 'uwsgi-root-x' })]), /Did you mean uwsgi-root-x\?/);
    assert.match(await asked('root-container=numeric-user', [finding({ suppressed: { reason: 'legacy' } })]), /root-container is ignored here \(legacy\)/);
    assert.match(await asked('root-container=numeric-user', []), /was not found here[^]*See all of it/);
  });
  it('--fix for what a run mended says which one, and asks nobody for another name', async () => {
    const again = async (over: Parameters<typeof run>[0], lang = 'en') => {
      const { code, stderr } = await call(['fix', '--yes', '--fix', 'root-container=numeric-user', '--lang', lang], { world: { findings: [], runs: [run({ run: '3', ...over })] } });
      assert.equal(code, 2);
      return stderr.replace(/\s+/g, lang === 'en' ? ' ' : '');
    };
    assert.match(await again({}), /^root-container is not found here any more: run 3 mended it, and there is nothing left for --fix root-container=numeric-user to change\. Whether it still holds: harden-tui verify .*3 What else/);
    assert.match(await again({}, 'zh-CN'), /^这里已经没有root-container：第3次运行修好了它/);
    for (const over of [{ ending: 'undone' }, { root: '/work/other' }, { verdicts: [] }] as const) assert.match(await again(over), /root-container was not found here/, JSON.stringify(over));
  });
  it('never takes what is ignored', async () => assert.equal((await call(['fix'], { world: { findings: [finding({ suppressed: { reason: 'r' } })] } })).stdout, ''));
  it('withholds a hunk with a secret, says so, and shows it with --show-secrets', async () => {
    const patch = PATCH.replace('+USER 10001:10001', '+ENV DB_PASSWORD=hunter2');
    const world = { diffs: [{ path: 'Dockerfile', patch, added: 1, removed: 0 }] };
    const { stdout, stderr } = await call(['fix'], { world });
    assert.equal(stdout, '');
    assert.match(stderr, /Dockerfile: 1 part of the diff withheld/);
    assert.doesNotMatch(stderr, /hunter2/);
    assert.equal((await call(['fix', '--show-secrets'], { world })).stdout, patch);
  });
  it('shows no escape of a file on a terminal, and every byte to a pipe', async () => {
    const world = { diffs: [{ path: 'Dockerfile', patch: PATCH.replace('COPY . .', 'COPY . . \u001b[2J'), added: 1, removed: 0 }] };
    assert.ok((await call(['fix'], { world })).stdout.includes('\u001b[2J'));
    assert.ok(!(await call(['fix'], { world, terminal: true })).stdout.includes('\u001b[2J'));
  });
});

describe('fix --yes', () => {
  it('applies, says the steps on stderr and the verdicts on stdout', async () => {
    const { code, stdout, stderr, session } = await call(['fix', '--yes']);
    assert.equal(code, 0);
    assert.deepEqual(session.asked, ['inspect', 'apply']);
    assert.match(stderr, /ok {3}1 {2}edit-file 1 {2}0\.4 s/);
    assert.doesNotMatch(stderr, /[Dd]ry run/);
    assert.match(stdout, /^gone +web runs as root +web: 10001, 2 processes$/m);
    assert.match(stdout, /harden-tui: shop, run 1\. 1 gone, 0 left/);
  });
  it('still is a dry run with --dry-run', async () => assert.deepEqual((await call(['fix', '--yes', '--dry-run'])).session.asked, ['inspect']));
  it('ends with what the run ended with, and tells a failure on stderr', async () => {
    const failed = result({ ending: 'taken-back', exitCode: 3, verdicts: [], failure: { what: same('web exited with code 1 after the change.'), log: ["the book's lock is on /dev/hut"], step: 3 } });
    const { code, stdout, stderr } = await call(['fix', '--yes'], { world: { result: failed } });
    assert.deepEqual([code, stdout], [3, '']);
    assert.match(stderr, /Failed {2}Step 3: web exited with code 1 after the change\.\n\nWhat was said\n {2}the book's lock is on \/dev\/hut\n\nEverything was taken back/);
  });
  it('tells how it ended as JSON', async () => assert.equal(JSON.parse((await call(['fix', '--yes', '--format', 'json'])).stdout).ending, 'applied'));
  it('never applies a guess', async () => {
    const { code, session, stderr } = await call(['fix', '--yes'], { world: { findings: [finding({ confidence: 'guess' })] } });
    assert.equal(code, 2);
    assert.deepEqual(session.asked, ['inspect']);
    assert.match(stderr, /Left out: web runs as root: a guess/);
  });
  it('leaves out what does not run, because nothing could be verified', async () => {
    const { code, session, stderr } = await call(['fix', '--yes'], { world: { machine: asleep } });
    assert.deepEqual([code, session.asked], [2, ['inspect']]);
    assert.match(stderr, /not observed: web does not run/);
  });
  it('does nothing and ends with 0 when there is nothing to fix', async () => {
    const { code, stderr } = await call(['fix', '--yes'], { world: { findings: [] } });
    assert.equal(code, 0);
    assert.match(stderr, /Nothing to fix was found in what could be seen: 1 service and 1 file\./);
  });
  it('lists what is not part of the run', async () => {
    const { code, stderr } = await call(['fix', '--yes'], { world: { findings: [finding(), finding({ id: 'b', severity: 'low', title: same('a small thing') })] } });
    assert.equal(code, 0);
    assert.match(stderr, /Not part of this run:\n {2}low {2}a small thing/);
  });
  it('passes the checks of the user on', async () => {
    const { opened } = await call(['fix', '--yes', '--check', 'curl x', '--check', 'true', '--check-url', 'http://localhost/']);
    assert.deepEqual(opened[0]?.checks, [{ kind: 'command', words: 'curl x' }, { kind: 'command', words: 'true' }, { kind: 'url', url: 'http://localhost/' }]);
  });
});

describe('fix without Docker', () => {
  it('says that nobody knows what runs, and why, and what could not be read', async () => {
    const asked = (blind: readonly Blind[]) => call(['fix'], { world: { machine: { ...dark, containers: [], blind } } });
    const off = await asked([]);
    assert.match(off.stderr, /Not observed: whether web runs is not known, Docker was not asked;/);
    const silent = await asked([{ what: 'Docker', why: text('no answer', '没有响应'), remedy: text('start it', '启动它') }, { what: 'compose.yaml', why: text('is broken in line 3', '第 3 行有误'), remedy: text('mend it', '请修正') }]);
    assert.match(silent.stderr, /whether web runs is not known, Docker does not answer;/);
    assert.match(silent.stderr, /Could not see\n[^]*compose\.yaml +is broken in line 3\n[^]*to see it: mend it/);
    assert.doesNotMatch(silent.stderr, /does not run/);
  });
});

describe('fix --yes without Docker', () => {
  it('refuses a fix of a container, and says what can be had', async () => {
    const { code, session, stderr } = await call(['fix', '--yes', '--no-docker'], { world: { machine: dark } });
    assert.deepEqual([code, session.asked], [2, ['inspect']]);
    assert.match(stderr, /Docker is not there/);
    assert.match(stderr, /harden-tui fix --no-docker --yes --files-only/);
    assert.ok(docker);
  });
  it('goes on with what is no container', async () => {
    const host = finding({ subjects: [{ kind: 'process', name: 'gunicorn' }] });
    assert.deepEqual((await call(['fix', '--yes'], { world: { machine: dark, findings: [host] } })).session.asked, ['inspect', 'apply']);
  });
  it('writes the files alone with --files-only: not verified, and exit code 0', async () => {
    const { code, stdout, stderr, session } = await call(['fix', '--yes', '--files-only'], { world: { machine: dark, result: result({ exitCode: 3, verdicts: [], vitals: [] }) } });
    assert.equal(code, 0);
    assert.match(stdout, /written, not verified/);
    assert.doesNotMatch(stderr, /docker build/);
    assert.deepEqual(session.applied[0]?.steps.map((s) => s.change.kind), ['edit-file']);
  });
  it('owes no proof for files alone', () => {
    const whole = plan([{ finding: 'a', risk: 'r', fix: 'f' }], [finding()]);
    const { steps, owed, findings, choices } = onlyFiles(whole);
    assert.deepEqual([steps.length, owed, findings, choices.length], [1, [], [], 1]);
  });
});

describe('a Docker on another machine', () => {
  const remote = machine({ docker: { ...docker!, endpoint: 'ssh://me@staging:22', remote: true } });
  const yes = (argv: string[], typed?: string[]) => call(['fix', '--yes', ...argv], { world: { machine: remote }, ...(typed ? { typed } : {}) });

  it('is only looked at', async () => {
    const { code, stderr, session } = await yes([]);
    assert.deepEqual([code, session.asked], [2, ['inspect']]);
    assert.match(stderr, /another machine: it is only looked at[^]*--allow-remote/);
  });
  it('is changed when it is allowed and its name is typed', async () => {
    assert.equal((await yes(['--allow-remote'], ['staging'])).code, 0);
    assert.equal((await yes(['--allow-remote'], ['prod'])).code, 2);
    assert.equal((await yes(['--allow-remote'])).code, 2);
  });
  it('has the name that one would type', () => assert.deepEqual(['ssh://me@staging:22', 'tcp://10.0.0.7:2376', 'ssh://box'].map(hostOf), ['staging', '10.0.0.7', 'box']));
});
