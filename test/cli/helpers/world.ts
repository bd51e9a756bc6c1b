// A small world for the edges: one machine, its findings, and a session that does nothing but remember what it was asked.
import type { Event, FileDiff, Offer, Result, RunSummary, Session } from '../../../source/engine/session.ts';
import type { Finding } from '../../../source/model/finding.ts';
import type { Verified } from '../../../source/model/held.ts';
import type { Machine } from '../../../source/model/machine.ts';
import type { Choice, Plan } from '../../../source/model/plan.ts';
import type { Rehearsal } from '../../../source/model/rehearsal.ts';
import { same, text } from '../../../source/model/text.ts';

export const DOCKERFILE = 'FROM debian:bookworm-slim\nCOPY . .\nCMD ["gunicorn", "web:app"]\n';

export const finding = (over: Partial<Finding> = {}): Finding => ({
  id: 'aaaaaaaaaaaa', risk: 'root-container', severity: 'high', confidence: 'seen',
  title: text('web runs as root', 'web 以 root 身份运行'),
  why: text('A hole in the app is then root.', '应用一旦有漏洞，攻击者就是 root。'),
  subjects: [{ kind: 'service', name: 'web' }, { kind: 'container', name: 'shop-web-1', id: 'c1' }],
  places: [{ file: 'Dockerfile', start: 0, end: 25, line: 1, column: 1, endLine: 1, endColumn: 26 }],
  chain: [
    { kind: 'process', label: 'pid 7 gunicorn' }, { kind: 'container', label: 'shop-web-1' },
    { kind: 'service', label: 'web', file: 'compose.yaml', line: 2 }, { kind: 'dockerfile', label: 'last stage', file: 'Dockerfile', line: 1 },
  ],
  seen: [text('web: gunicorn, 2 processes, uid 0.', 'web：gunicorn，2 个进程，uid 0。')],
  from: [{ place: { file: 'Dockerfile', start: 0, end: 25, line: 1, column: 1, endLine: 1, endColumn: 26 }, words: 'FROM debian:bookworm-slim', note: text('no USER here', '这里没有 USER') }],
  detail: {},
  ...over,
});

export const machine = (over: Partial<Machine> = {}): Machine => ({
  root: '/work/shop', name: 'shop',
  files: new Map([['Dockerfile', { path: 'Dockerfile', text: DOCKERFILE, hash: 'h', mode: 0o644, uid: 1, gid: 1 }]]),
  docker: { id: 'D', engine: '26.1', api: '1.45', endpoint: 'unix:///var/run/docker.sock', remote: false, userns: false, rootless: false, desktop: false, cgroup: '2' },
  services: [{ name: 'web', containers: ['c1'] }],
  containers: [{ id: 'c1', name: 'shop-web-1', running: true } as Machine['containers'][number]],
  images: [], host: { processes: [], listeners: [], sockets: [] }, processSource: 'proc',
  elsewhere: [{ kind: 'container', name: 'other-1', owner: 'other' }],
  blind: [{ what: 'redis', why: text('pulled: no Dockerfile here', '拉取的镜像，没有 Dockerfile'), remedy: text('look at compose.yaml', '查看 compose.yaml') }],
  ...over,
});

const at = DOCKERFILE.indexOf('CMD');

export const offer = (fix = 'numeric-user', over: Partial<Offer> = {}): Offer => ({
  fix, title: text('A bare number', '只用数字'), price: text('HOME is /', 'HOME 是 /'), safety: 'review', recommended: false, diffs: [], words: text('By hand: run `id`.', '手动运行 `id`。'),
  proposal: { changes: [{ kind: 'edit-file', path: 'Dockerfile', hash: 'h', edits: [{ start: at, end: at, text: 'USER 10001:10001\n' }] }], rebuild: ['web'], replace: [], proofs: [] },
  ...over,
});

export const PATCH = 'diff --git a/Dockerfile b/Dockerfile\n--- a/Dockerfile\n+++ b/Dockerfile\n@@ -1,3 +1,4 @@\n FROM debian:bookworm-slim\n COPY . .\n+USER 10001:10001\n CMD ["gunicorn", "web:app"]\n';

export const plan = (choices: readonly Choice[], findings: readonly Finding[]): Plan => ({
  version: 1, root: '/work/shop', name: 'shop', daemon: 'D', choices,
  steps: choices.length === 0 ? [] : [
    { number: 1, change: { kind: 'edit-file', path: 'Dockerfile', hash: 'h', edits: [] }, because: choices.map((c) => c.finding) },
    { number: 2, change: { kind: 'build-image', service: 'web', image: 'shop-web', build: { context: '.', dockerfile: 'Dockerfile', args: {} } }, because: choices.map((c) => c.finding) },
    { number: 3, change: { kind: 'start-services', services: [{ service: 'web' }] }, because: choices.map((c) => c.finding) },
  ],
  owed: [], findings, joins: [], refused: [], foreseen: { gone: choices.map((c) => c.finding), left: [], fresh: [] },
});

export const result = (over: Partial<Result> = {}): Result => ({
  run: '1', ending: 'applied', exitCode: 0, away: { web: 3400 }, remarks: [],
  verdicts: [{ finding: 'aaaaaaaaaaaa', risk: 'root-container', title: text('web runs as root', 'web 以 root 身份运行'), outcome: 'gone', proof: text('web: 10001, 2 processes', 'web：10001，2 个进程') }],
  vitals: [{ service: 'web', what: 'GET / on 8000', before: '200 json', after: '200 json', result: 'same' }],
  ...over,
});

export const run = (over: Partial<RunSummary> = {}): RunSummary => ({
  run: '1', root: '/work/shop', name: 'shop', at: '2026-11-22T14:32:00.000Z', ending: 'applied', verdicts: result().verdicts,
  plan: plan([{ finding: 'aaaaaaaaaaaa', risk: 'root-container', fix: 'numeric-user' }], [finding()]),
  ...over,
});

export const verified = (over: Partial<Verified> = {}): Verified => ({
  run: '1', name: 'shop', root: '/work/shop', provenAt: '2026-11-22T14:32:00.000Z', filesOnly: false, exitCode: 0, traces: [],
  proofs: [{ finding: 'aaaaaaaaaaaa', risk: 'root-container', title: text('web runs as root', 'web 以 root 身份运行'), held: 'holds', proof: text('web: 10001, 2 processes', 'web：10001，2 个进程') }],
  ...over,
});

export interface FakeSession extends Session {
  readonly asked: string[];
  readonly applied: Plan[];
}

export interface World {
  readonly machine?: Machine;
  readonly findings?: readonly Finding[];
  readonly offers?: readonly Offer[];
  readonly diffs?: readonly FileDiff[];
  /** Instead of a plan of its own making. */
  readonly plan?: Plan;
  readonly result?: Result;
  /** What the copies show of a plan; without it there is no rehearsal. */
  readonly rehearses?: (plan: Plan) => Rehearsal;
  /** Instead of one result for all: what applying this plan ends in. */
  readonly applies?: (plan: Plan) => Result;
  readonly runs?: readonly RunSummary[];
  readonly verified?: Verified;
  readonly duringUndo?: (onEvent: (event: Event) => void) => void;
  /** The commands of an undo; without it nobody can say. */
  readonly onPaper?: Session['undoOnPaper'];
  readonly kept?: Awaited<ReturnType<Session['kept']>>;
  readonly leftovers?: Awaited<ReturnType<Session['leftovers']>>;
  /** What happens while it applies. */
  readonly during?: (onEvent: (event: Event) => void, interrupt?: AbortSignal) => void;
}

export function session(world: World = {}): FakeSession {
  const asked: string[] = [];
  const applied: Plan[] = [];
  const findings = world.findings ?? [finding()];
  return {
    asked, applied,
    inspect: async (onProgress) => {
      asked.push('inspect');
      onProgress?.({ source: 'docker', state: 'done', text: same('engine 26.1'), ms: 100 });
      return world.machine ?? machine();
    },
    diagnose: () => findings,
    offers: async () => world.offers ?? [offer('numeric-user', { recommended: true }), offer('named-user'), offer('userns-remap', { safety: 'by-hand', refused: text('by hand', '手动') })],
    plan: async (_, choices) => (choices.length > 0 && world.plan) || plan(choices, findings.filter((f) => choices.some((c) => c.finding === f.id))),
    preview: async (p) => ({ diffs: p.steps.length === 0 ? [] : (world.diffs ?? [{ path: 'Dockerfile', patch: PATCH, added: 1, removed: 0 }]), commands: p.steps.some((s) => s.change.kind === 'build-image') ? [['docker', 'build', '-t', 'shop-web', '/work/my shop']] : [] }),
    tell: (step) => same(`${step.change.kind} ${step.number}`),
    ...(world.rehearses ? { rehearse: async (p: Plan) => world.rehearses?.(p) } : {}),
    apply: async (p, onEvent, interrupt) => {
      asked.push('apply');
      applied.push(p);
      onEvent({ kind: 'step', step: 1, state: 'done', ms: 400 });
      world.during?.(onEvent, interrupt);
      return world.applies?.(p) ?? world.result ?? result();
    },
    history: async () => world.runs ?? [],
    undo: async (id, onEvent, step) => {
      asked.push(`undo ${id}${step === undefined ? '' : ` --step ${step}`}`);
      onEvent({ kind: 'phase', phase: 'taking-back' });
      world.duringUndo?.(onEvent);
      return world.result ?? result({ ending: 'taken-back', verdicts: [] });
    },
    ...(world.onPaper ? { undoOnPaper: world.onPaper } : {}),
    kept: async (id) => world.kept ?? { run: id, images: [], containers: [], journal: 100 },
    forget: async (id) => {
      asked.push(`forget ${id}`);
      return world.kept ?? { run: id, images: [], containers: [], journal: 100 };
    },
    leftovers: async () => world.leftovers ?? { left: [], keeps: [] },
    clear: async (left) => {
      asked.push(`clear ${left.map((l) => l.name).join(' ')}`);
      return [];
    },
    release: async (tag) => void asked.push(`release ${tag}`),
    verify: async (id) => {
      asked.push(`verify ${id}`);
      return world.verified ?? verified({ run: id });
    },
  };
}
