// A Session for screens only: it says what the storyboard's `shop` would say and changes nothing. What the engine really
// does is shown on the real scenario, elsewhere.
import type { Event, Offer, Result, RunSummary, Session } from '../../source/engine/session.ts';
import type { Since } from '../../source/engine/since.ts';
import type { Leftovers } from '../../source/engine/leftovers.ts';
import { keyOf } from '../../source/engine/dropped.ts';
import { Stop } from '../../source/model/errors.ts';
import type { Change } from '../../source/model/change.ts';
import type { Finding } from '../../source/model/finding.ts';
import type { Machine } from '../../source/model/machine.ts';
import type { Choice, Plan, Step } from '../../source/model/plan.ts';
import type { Verdict } from '../../source/model/proof.ts';
import type { Rehearsal } from '../../source/model/rehearsal.ts';
import { same, text, type Text } from '../../source/model/text.ts';
import { CONFIG, suppress } from '../../source/engine/suppress.ts';
import { fakeDiffs, fakeOffers } from './fake-offers.ts';
import { FOREIGN, hangingOn } from './fake-others.ts';
import { JOINING, PROGRESS } from './fake-progress.ts';
import { AWAY, BACK, COMMANDS, EXPLAINED, leftBy, tiesOf, VITALS } from './fake-run.ts';
import { fakeFindings, fakeMachine } from './fake-shop.ts';

const RUNS_AS = ['worker', 'web', 'admin'].map((service) => ({ service }));
const edit = (path: string): Change => ({ kind: 'edit-file', path, hash: 'h', edits: [] });
const build = (service: string): Change => ({ kind: 'build-image', service, image: `shop-${service}`, build: { context: '.', dockerfile: 'Dockerfile', args: {} } });

/** Steps in the engine's order, with the findings that each serves. */
const STEPS: readonly (readonly [Change, readonly string[]])[] = [
  [edit('shop/tasks.py'), ['F1']], [edit('Dockerfile'), ['F2', 'F6']], [edit('compose.yaml'), ['F2', 'F6']], [edit('admin/uwsgi.ini'), ['F3', 'F4']],
  [build('web'), ['F2', 'F6']], [build('worker'), ['F1', 'F2']], [build('admin'), ['F3', 'F4']],
  [{ kind: 'stop-services', services: RUNS_AS }, ['F1', 'F2', 'F3', 'F4', 'F6']],
  [{ kind: 'own-mount', service: 'web', image: 'shop-web', mount: { type: 'volume', source: 'media' }, uid: 10001, gid: 10001 }, ['F2']],
  [{ kind: 'start-services', services: [...RUNS_AS].reverse() }, ['F1', 'F2', 'F3', 'F4', 'F6']],
];

function tell({ change }: Step): Text {
  switch (change.kind) {
    case 'edit-file': return text(`edit ${change.path}`, `编辑 ${change.path}`);
    case 'build-image': return text(`build ${change.image}`, `构建 ${change.image}`);
    case 'own-mount': return text(`own volume ${change.mount.source}: from root to ${change.uid}`, `移交 卷 ${change.mount.source}：从 root 改归 ${change.uid}`);
    case 'stop-services': return text('stop worker, web and admin', '停止 worker、web 和 admin');
    case 'start-services': return text('start admin, web and worker', '启动 admin、web 和 worker');
    default: return same(change.kind);
  }
}

const UNSURE = text('whether every task call is content with JSON. One that is not says "is not JSON serializable" in the log of its caller.', '每一处任务调用是否都能用 JSON。不能的会在调用方的日志里报“is not JSON serializable”。');
const LEFT_OUT = text('web and worker will not be able to write 23 files', 'web 和 worker 将无法写入其中 23 个文件');

export const fakePlan = (choices: readonly Choice[], without: readonly string[] = []): Plan => {
  const serves = (because: readonly string[]) => because.filter((id) => choices.some((choice) => choice.finding === id));
  const steps = STEPS.flatMap(([change, because]) => (serves(because).length > 0 ? [{ change, because: serves(because) }] : [])).map((step, i): Step => ({ number: i + 1, ...step, ...(step.change.kind === 'own-mount' ? { alone: LEFT_OUT } : {}) }));
  const isDropped = (step: Step): boolean => step.alone !== undefined && without.includes(keyOf(step.change));
  const dropped = steps.filter(isDropped);
  const chosen = (id: string) => choices.some((choice) => choice.finding === id);
  return {
    version: 1, root: '/home/me/shop', name: 'shop', daemon: 'D1', choices, steps: steps.filter((step) => !isDropped(step)), ...(dropped.length > 0 ? { dropped } : {}),
    owed: choices.map((choice) => ({ finding: choice.finding, proofs: [], ...(choice.finding === 'F1' ? { unsure: UNSURE } : {}) })),
    findings: fakeFindings.filter((finding) => chosen(finding.id)),
    ...tiesOf(choices), joins: chosen('F1') && chosen('F2') ? [{ steps: [1, 2, 3], because: text('a worker that takes pickle as root does not start without C_FORCE_ROOT.', '接受 pickle 的 worker 以 root 身份运行时，没有 C_FORCE_ROOT 就起不来。') }] : [],
    refused: [],
    foreseen: { gone: choices.map((choice) => choice.finding), left: fakeFindings.filter((finding) => !chosen(finding.id)).map((finding) => finding.id), fresh: [] },
  };
};

const PROOFS: Readonly<Record<string, Text>> = {
  F1: text('worker itself says: json, nothing else', 'worker 自己说：只收 json'),
  F2: text('both 10001, 5 processes, no capabilities', '两个都是 10001，5 个进程，没有能力位'),
  F3: text('660, 33:10002; stranger refused, 33 gets in', '660，33:10002；陌生用户被拒绝，33 可以连接'),
  F4: text('10002, 3 processes, no capabilities', '10002，3 个进程，没有能力位'),
  F6: text('8443 inside, https://localhost still answers', '里面是 8443，https://localhost 照样响应'),
};

const verdictsOf = (plan: Plan): readonly Verdict[] => plan.findings.map((finding) => ({ finding: finding.id, risk: finding.risk, title: finding.title, outcome: 'gone', proof: PROOFS[finding.id] ?? same('') }));

export interface FakeOptions {
  /** Number of the step that fails; 0 for a check afterwards. */
  readonly fails?: number;
  readonly machine?: Partial<Machine>;
  /** Changes that every plan has besides, for the first finding chosen. */
  readonly besides?: readonly Change[];
  readonly findings?: readonly Finding[];
  /** What rehearsals come to, one after the other, the last one again; without it the session has no rehearsals. */
  readonly rehearsals?: readonly (Rehearsal | undefined)[];
  /** A rehearsal holds where this finding is not among those that are fixed. */
  readonly guilty?: string;
  /** Trials of what web can do without are possible: one that breaks, one that holds. */
  readonly trials?: boolean;
  /** One finding's severity hangs on the one question about the project. */
  readonly hangs?: boolean;
  /** Files with changes that are not committed. */
  readonly uncommitted?: readonly string[];
  /** .harden-tui.yaml can't be written. */
  readonly unwritable?: boolean;
  /** Runs of before, the oldest first. */
  readonly past?: readonly RunSummary[];
  /** What crashes left behind. */
  readonly left?: Leftovers;
  /** What changed since of a run of before; without it nobody can be asked. */
  readonly since?: Since;
  /** What the first undo of a run leaves: a file that was edited since, or an account that is in use, and the step of a person's own. */
  readonly leaves?: 'compose.yaml' | 'account';
  /** What verify throws. */
  readonly unverifiable?: Stop;
  /** What a look at what is not this project's throws. */
  readonly unreachable?: Stop;
  /** What inspect throws. */
  readonly stop?: Stop;
  /** Waited for before inspect ends, before a rehearsal's rows, and before every step of apply and undo: a test holds them here. */
  readonly gate?: () => Promise<void>;
}

/** What a test can see of what it was asked. */
export interface Fake extends Session {
  readonly asked: string[];
}

/** The way out knows nothing until it was tried. */
const minimalOf = (seen: Machine): Offer => ({
  fix: 'minimal-capabilities', title: text('No more than it needs', '只留需要的'), price: text('Found by trial.', '靠试验查明。'), safety: 'review', recommended: seen.trials !== undefined, words: same(''),
  diffs: seen.trials ? [{ path: 'compose.yaml', patch: 'diff --git a/compose.yaml b/compose.yaml\n--- a/compose.yaml\n+++ b/compose.yaml\n@@ -1,2 +1,3 @@\n   web:\n+    cap_drop: [ALL]\n', added: 1, removed: 0 }] : [],
  ...(seen.trials ? {} : { refused: text('nobody tried it yet', '还没有试过') }),
});

export function fakeSession(options: FakeOptions = {}): Fake {
  const { gate = async () => undefined, fails } = options;
  const asked: string[] = [];
  const machine: Machine = { ...fakeMachine, ...options.machine };
  const runs: RunSummary[] = [...(options.past ?? [])];

  /** The steps one after the other; what was begun when it was interrupted or failed. */
  async function walk(steps: readonly Step[], say: (event: Event) => void, interrupt?: AbortSignal, back = false): Promise<{ failed?: Step; begun: number }> {
    let begun = 0;
    for (const step of steps) {
      if (interrupt?.aborted) return { begun };
      begun += 1;
      say({ kind: 'step', step: step.number, state: 'running', ms: 0 });
      const command = step.change.kind === 'start-services' ? COMMANDS[3]! : step.change.kind === 'build-image' ? COMMANDS[0]! : undefined;
      if (command) {
        say({ kind: 'command', argv: command });
        for (const line of [' Container shop-admin-1   Started', ' Container shop-worker-1  Started', ' Container shop-web-1     Starting']) say({ kind: 'line', step: step.number, line });
      }
      await gate();
      if (!back && step.number === fails) {
        say({ kind: 'step', step: step.number, state: 'failed', ms: 5100, text: text('shop-web could not be built', 'shop-web 构建失败') });
        return { failed: step, begun };
      }
      say({ kind: 'step', step: step.number, state: 'done', ms: 400 });
    }
    return { begun };
  }

  return {
    asked,
    async inspect(onProgress) {
      asked.push('inspect');
      if (options.stop) throw options.stop;
      for (const [source, said, ms] of PROGRESS) onProgress?.({ source, state: 'done', text: said, ms });
      onProgress?.({ source: 'join', state: 'running', text: JOINING, ms: 100 });
      await gate();
      onProgress?.({ source: 'join', state: 'done', text: JOINING, ms: 100 });
      return { ...machine };
    },
    diagnose: (seen) => suppress([...(options.findings ?? fakeFindings), ...(options.hangs ? [hangingOn(seen.appEditors)] : [])], seen, new Date()),
    ...(options.hangs ? {
      async answer(seen, appEditors) {
        asked.push(`answer ${appEditors}`);
        return { ...seen, appEditors };
      },
    } satisfies Pick<Session, 'answer'> : {}),
    async writeConfig(seen, before, after) {
      asked.push(`writeConfig ${after ?? 'none'}`);
      if (options.unwritable) throw new Stop(text('.harden-tui.yaml can\'t be written here (EACCES).', '无法写入 .harden-tui.yaml（EACCES）。'));
      if (seen.files.get(CONFIG)?.text !== before) throw new Error('not what was shown');
      const files = new Map([...seen.files].filter(([path]) => path !== CONFIG));
      if (after !== undefined) files.set(CONFIG, { path: CONFIG, text: after, hash: 'h', mode: 0o644, uid: 0, gid: 0 });
      return { ...seen, files };
    },
    async beyond(seen, kind) {
      asked.push(`beyond ${kind}`);
      if (options.unreachable) throw options.unreachable;
      return kind === 'container' && seen.elsewhere.length > 0 ? FOREIGN : [];
    },
    async offers(seen, finding) {
      asked.push(`offers ${finding.id}`);
      if (finding.foreign) return fakeOffers(fakeFindings[1]!).map((one) => ({ ...one, ...(one.safety === 'by-hand' ? {} : { refused: finding.foreign! }), diffs: [] }));
      if (finding.risk === 'all-capabilities') return [minimalOf(seen)];
      return fakeOffers(finding);
    },
    async plan(_machine, choices, without) {
      asked.push(`plan ${choices.map((choice) => `${choice.finding}=${choice.fix}`).join(' ')}`);
      const made = fakePlan(choices, without);
      const besides = (options.besides ?? []).map((change, i) => ({ number: made.steps.length + i + 1, change, because: choices.slice(0, 1).map((choice) => choice.finding) }));
      return { ...made, steps: [...made.steps, ...besides] };
    },
    async preview(plan) {
      const paths = plan.steps.flatMap(({ change }) => (change.kind === 'edit-file' ? [change.path] : []));
      return { diffs: fakeDiffs.filter((diff) => paths.includes(diff.path)), commands: plan.steps.some(({ change }) => change.kind === 'start-services') ? COMMANDS : [], ...(machine.repository ? { repository: { branch: 'main', committed: paths, changed: options.uncommitted ?? [] } } : {}) };
    },
    tell,
    ...(options.rehearsals ? {
      async rehearse(plan, say, interrupt, wish) {
        const all = options.rehearsals!;
        const result = all[Math.min(asked.filter((one) => one.startsWith('rehearse')).length, all.length - 1)];
        asked.push(`rehearse ${plan.choices.map((choice) => `${choice.finding}=${choice.fix}`).join(' ')}`);
        if (wish?.own) asked.push(`own ${JSON.stringify(wish.own)}`);
        if (!result) return undefined;
        if (options.guilty !== undefined && !plan.choices.some((choice) => choice.finding === options.guilty)) return { ...result, outcome: 'holds', rows: [] };
        say({ kind: 'rehearsal', phase: 'building' });
        say({ kind: 'command', argv: ['docker', 'build', '-t', 'harden-tui/rehearsal:web', '.'] });
        say({ kind: 'line', step: 0, line: 'Step 1/7 : FROM python:3.11-slim' });
        await gate();
        say({ kind: 'rehearsal', phase: 'raising' });
        say({ kind: 'rehearsal', phase: 'comparing' });
        for (const row of result.rows.slice(0, 3)) say({ kind: 'compared', row });
        await gate();
        say({ kind: 'rehearsal', phase: 'removing' });
        await gate();
        if (interrupt?.aborted) throw new Stop(text('You stopped it.', '你中止了它。'));
        return result;
      },
    } satisfies Pick<Session, 'rehearse'> : {}),
    ...(options.trials ? {
      async leastPrivilege(seen, sought, say, interrupt) {
        asked.push(`least ${sought.map((one) => one.service).join(' ')}`);
        say({ kind: 'limits', services: sought.map((one) => one.service), trials: 16, seconds: 12 });
        const tries = [['cap_drop: ALL', 'breaks', 'chown: Operation not permitted'], ['cap_drop: ALL, cap_add: CHOWN', 'holds', '']] as const;
        for (const { service } of sought) {
          for (const [i, [given, outcome, log]] of tries.entries()) {
            say({ kind: 'trial', service, number: i + 1, most: 16, given });
            await gate();
            if (interrupt?.aborted) throw new Stop(text('You stopped it.', '你中止了它。'));
            say({ kind: 'tried', service, number: i + 1, trial: { given, outcome, log: log === '' ? [] : [log], ms: 11_000 } });
          }
          say({ kind: 'found', service, text: text('capabilities: CHOWN', 'capability：CHOWN') });
        }
        return { ...seen, trials: new Map(sought.map(({ service }) => [service, { capabilities: { needs: ['CHOWN'], minimal: true, trials: [] } }])) };
      },
    } satisfies Pick<Session, 'leastPrivilege'> : {}),
    async apply(plan, onEvent, interrupt) {
      asked.push('apply');
      onEvent({ kind: 'phase', phase: 'vitals-before' });
      onEvent({ kind: 'phase', phase: 'steps' });
      const { failed, begun } = await walk(plan.steps, onEvent, interrupt);
      const base = { run: '1', vitals: VITALS, away: AWAY, remarks: [] };
      if (failed || interrupt?.aborted || fails === 0) {
        onEvent({ kind: 'phase', phase: 'taking-back' });
        await walk(plan.steps.slice(0, begun).reverse(), onEvent, undefined, true);
        onEvent({ kind: 'phase', phase: 'ended' });
        if (interrupt?.aborted) return { ...base, ending: 'interrupted', exitCode: 130, verdicts: [], failure: { what: text('You stopped it.', '你中止了它。'), log: [] } };
        const what = failed ? text('shop-web could not be built', 'shop-web 构建失败') : text('proxy: GET / answers 502, it was 200', 'proxy：GET / 返回 502，原来是 200');
        return { ...base, ending: 'taken-back', exitCode: 3, verdicts: [], failure: { what, log: ['connect() to unix:/run/admin/admin.sock failed (13: Permission denied)'], ...(failed ? { step: failed.number } : EXPLAINED) } } satisfies Result;
      }
      onEvent({ kind: 'phase', phase: 'watching' });
      onEvent({ kind: 'phase', phase: 'proving' });
      await gate();
      const verdicts = verdictsOf(plan);
      runs.push({ run: '1', root: plan.root, name: plan.name, at: '2026-11-22T14:32:00.000Z', ending: 'applied', plan, verdicts, away: { ...AWAY, worker: 1900 } });
      return { ...base, ending: 'applied', exitCode: 0, verdicts };
    },
    async history() {
      return runs;
    },
    async undo(run, onEvent) {
      asked.push(`undo ${run}`);
      onEvent({ kind: 'phase', phase: 'taking-back' });
      const at = runs.findIndex((one) => one.run === run);
      const { rest: rested, ...before } = runs[at]!;
      await walk([...(rested?.steps ?? before.plan.steps)].reverse(), onEvent, undefined, true);
      const left = rested || !options.leaves ? undefined : leftBy(options.leaves, before.plan);
      if (left) onEvent({ kind: 'step', walk: 'resume', step: left.rest!.steps[0]!.number, state: 'left', ms: 0, text: text('left as it is', '保持原样') });
      runs[at] = { ...before, ending: 'undone', ...(left ? { rest: left.rest! } : {}) };
      onEvent({ kind: 'phase', phase: 'ended' });
      return { run, ending: 'taken-back', exitCode: left ? 3 : 0, verdicts: [], vitals: VITALS, away: { web: 2900, admin: 1800 }, remarks: [], ...left };
    },
    async since(run) {
      asked.push(`since ${run}`);
      if (!options.since) throw new Stop(text('Docker does not answer.', 'Docker 没有响应。'));
      return options.since;
    },
    async undoOnPaper(run) {
      asked.push(`on paper ${run}`);
      return runs.find((one) => one.run === run)?.plan.steps.some(({ change }) => change.kind === 'start-services') ? BACK : [];
    },
    kept: async (run) => ({ run, images: [], containers: [], journal: 0 }),
    forget: async (run) => ({ run, images: [], containers: [], journal: 0 }),
    leftovers: async () => options.left ?? { left: [], keeps: [] },
    clear: async () => [],
    release: async () => undefined,
    async verify(run) {
      asked.push(`verify ${run}`);
      await gate();
      if (options.unverifiable) throw options.unverifiable;
      const proofs = (runs.find((one) => one.run === run)?.plan.findings ?? []).map((one, i) => ({ finding: one.id, risk: one.risk, title: one.title, held: i === 1 ? 'drifted' as const : 'holds' as const, proof: PROOFS[one.id] ?? same('') }));
      const traces = proofs.length > 1 ? [{ held: 'drifted' as const, what: text('Dockerfile was edited since: USER is gone', 'Dockerfile 之后被改过：USER 没有了') }] : [];
      return { run, name: 'shop', root: '/work/shop', provenAt: '', proofs, traces, filesOnly: false, exitCode: traces.length > 0 ? 3 : 0 };
    },
  };
}
