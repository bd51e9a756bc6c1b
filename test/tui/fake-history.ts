import type { Leftovers } from '../../source/engine/leftovers.ts';
import type { RunSummary } from '../../source/engine/session.ts';
import type { Since } from '../../source/engine/since.ts';
import type { Choice } from '../../source/model/plan.ts';
import type { Verdict } from '../../source/model/proof.ts';
import { text } from '../../source/model/text.ts';
import { fakePlan } from './fake-session.ts';

const ALL: readonly Choice[] = [
  { finding: 'F1', risk: 'pickle-serializer', fix: 'json-only' }, { finding: 'F2', risk: 'root-container', fix: 'named-user' },
  { finding: 'F3', risk: 'socket-mode', fix: 'group-socket' }, { finding: 'F4', risk: 'uwsgi-root', fix: 'uid-gid' }, { finding: 'F6', risk: 'privileged-port', fix: 'high-port' },
];

function past(run: string, at: string, ids: readonly string[], more: Partial<RunSummary> = {}): RunSummary {
  const plan = fakePlan(ALL.filter((one) => ids.includes(one.finding)));
  const verdicts = plan.findings.map((one): Verdict => ({ finding: one.id, risk: one.risk, title: one.title, outcome: 'gone', proof: text('seen on the processes that run', '在运行的进程上看到') }));
  return { run, root: plan.root, name: plan.name, at, ending: 'applied', plan, verdicts, ...more };
}

/** The oldest first, as the engine has them: one that was undone, one of another folder, one cut off, one that stands, one of which a part went back. */
export const PAST: readonly RunSummary[] = [
  past('1', '2026-11-02T09:05:00.000Z', ['F1'], { ending: 'undone' }),
  past('2', '2026-11-03T10:00:00.000Z', ['F2'], { root: '/home/me/blog', name: 'blog' }),
  past('3', '2026-11-09T16:40:00.000Z', ['F3', 'F4'], { ending: 'cut-off', verdicts: [] }),
  past('4', '2026-11-15T11:20:00.000Z', ['F1', 'F3', 'F4'], { part: { gone: ['F1'], stands: fakePlan(ALL.filter((one) => ['F3', 'F4'].includes(one.finding))) } }),
  past('5', '2026-11-22T14:32:00.000Z', ALL.map((one) => one.finding)),
];

export const LEFT: Leftovers = { left: [{ kind: 'container', id: 'abc', name: 'harden-tui-3f2a-web' }, { kind: 'demo', id: '/tmp/harden-tui-demo-0a1b', name: '/tmp/harden-tui-demo-0a1b' }], keeps: [] };

/** A file was edited, one image was built again, one that was kept is gone, and two files came. */
export const SINCE: Since = {
  edited: ['Dockerfile'], anew: [{ kind: 'image', name: 'shop-web', service: 'web' }, { kind: 'container', name: 'shop-web-1', service: 'web' }], lost: ['shop-admin'], owners: [{ source: 'media', were: 23, came: 2 }],
};
