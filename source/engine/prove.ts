import type { Finding } from '../model/finding.ts';
import type { Machine } from '../model/machine.ts';
import type { Plan } from '../model/plan.ts';
import type { Outcome, Proof, Verdict } from '../model/proof.ts';
import type { Risk } from '../model/risk.ts';
import { text, type Text } from '../model/text.ts';
import type { System } from '../system/system.ts';
import { diagnose } from './diagnose.ts';
import { runsNow } from './taken.ts';
import { asksLogin } from './proofs/asks-login.ts';
import { brokerLogin } from './proofs/broker-login.ts';
import { gunicornWorkers } from './proofs/gunicorn-workers.ts';
import { capabilities } from './proofs/capabilities.ts';
import { confined } from './proofs/confined.ts';
import { brokerTls } from './proofs/broker-tls.ts';
import { nginxWorkers } from './proofs/nginx-workers.ts';
import { noListener } from './proofs/no-listener.ts';
import { noNewPrivileges } from './proofs/no-new-privileges.ts';
import { loopbackOnly } from './proofs/loopback-only.ts';
import { noRootPort } from './proofs/no-root-port.ts';
import { notInImage } from './proofs/not-in-image.ts';
import { notRoot } from './proofs/not-root.ts';
import { notWritable } from './proofs/not-writable.ts';
import { pathMode } from './proofs/path-mode.ts';
import { readOnly } from './proofs/read-only.ts';
import { reach } from './proofs/reach.ts';
import { runsWithout } from './proofs/runs-without.ts';
import { sandbox } from './proofs/sandbox.ts';
import { keptUp } from './proofs/kept-up.ts';
import { noEgress } from './proofs/no-egress.ts';
import { keptOut, secret } from './proofs/secret.ts';
import { serializers } from './proofs/serializers.ts';
import { socket } from './proofs/socket.ts';
import { sudoers } from './proofs/sudoers.ts';
import { supervised } from './proofs/supervised.ts';
import { userFound } from './proofs/user-found.ts';
import { writable } from './proofs/writable.ts';
import type { Witness, Witnessed } from './proofs/witness.ts';

const WITNESSES: { [K in Proof['kind']]: Witness<K> } = {
  capabilities,
  confined,
  'no-new-privileges': noNewPrivileges,
  'read-only': readOnly,
  'user-found': userFound,
  'asks-login': asksLogin,
  'broker-login': brokerLogin,
  'broker-tls': brokerTls,
  'gunicorn-workers': gunicornWorkers,
  'nginx-workers': nginxWorkers,
  'not-in-image': notInImage,
  'kept-up': keptUp,
  'not-root': notRoot,
  'no-listener': noListener,
  'loopback-only': loopbackOnly,
  'no-root-port': noRootPort,
  'not-writable': notWritable,
  'path-mode': pathMode,
  reach,
  secret,
  'kept-out': keptOut,
  'no-egress': noEgress,
  'runs-without': runsWithout,
  sandbox,
  serializers,
  socket,
  sudoers,
  supervised,
  writable,
};

const see = (proof: Proof, machine: Machine, system: System): Promise<Witnessed> => (WITNESSES[proof.kind] as Witness<Proof['kind']>)(proof as never, machine, system);

/** Of a service that is down nothing can be seen: that it does not answer any more is no proof of anything. */
const isDown = (proof: Proof, machine: Machine): string | undefined =>
  'service' in proof && machine.services.some((s) => s.name === proof.service && !runsNow(machine, s)) ? proof.service : undefined;

async function witnessed(proof: Proof, machine: Machine, system: System): Promise<Witnessed> {
  const down = isDown(proof, machine);
  return down === undefined ? see(proof, machine, system) : { outcome: 'cannot-tell', text: text(`${down} does not run`, `${down} 没有在运行`) };
}

const worst = (outcomes: readonly Outcome[]): Outcome => (outcomes.includes('left') ? 'left' : outcomes.includes('cannot-tell') || outcomes.length === 0 ? 'cannot-tell' : 'gone');

const joined = (parts: readonly Text[]): Text => text(parts.map((p) => p.en).join('; '), parts.map((p) => p['zh-CN']).join('；'));

/** True when the risk is found again, with certainty, at a service (or in a file) that the finding was about. */
const again = (finding: Finding, now: readonly Finding[]): boolean =>
  now.some((n) => n.risk === finding.risk && n.aspect === finding.aspect && n.confidence !== 'guess' && n.subjects.some((s) => (s.kind === 'service' || s.kind === 'file') && finding.subjects.some((o) => o.kind === s.kind && o.name === s.name)));

/** Low ones are folded away before, and are not counted afterwards. */
const counts = ({ severity, suppressed }: Finding): boolean => severity !== 'low' && severity !== 'info' && !suppressed;

/** Nobody chose these, and the plan foresaw that they go along: gone where the machine as it is now does not show them. */
export function wentAlong(plan: Plan, before: readonly Finding[], machine: Machine, risks: readonly Risk[]): readonly Verdict[] {
  const now = diagnose(machine, risks).findings;
  const foreseen = before.filter((f) => counts(f) && plan.foreseen.gone.includes(f.id) && !plan.findings.some((chosen) => chosen.id === f.id));
  return foreseen.filter((f) => !now.some((n) => n.id === f.id) && !again(f, now)).map((f) => ({ finding: f.id, risk: f.risk, title: f.title, outcome: 'gone', proof: text('went with the others; looked for and not found', '随其他几项一起消除；查过，已经没有了'), ...(f.short ? { short: f.short } : {}) }));
}

const UNTIL_DONE = text('written; not verified until you have done what is left to you', '已写入；等你做完留给你的步骤后才能验证');

/**
 * gone / left / cannot tell for each chosen finding, on what runs now: the proofs its fix owes, and the diagnosis made
 * again. Both must agree before anything is called gone.
 */
export async function prove(plan: Plan, machine: Machine, risks: readonly Risk[], system: System): Promise<readonly Verdict[]> {
  const now = diagnose(machine, risks).findings;
  return Promise.all(
    plan.findings.map(async (finding): Promise<Verdict> => {
      const proofs = plan.owed.find((o) => o.finding === finding.id)?.proofs ?? [];
      const seen = await Promise.all(proofs.map((p) => witnessed(p, machine, system)));
      const due = plan.owed.find((o) => o.finding === finding.id)?.due;
      const found = !due && again(finding, now);
      const outcome = found ? 'left' : worst(seen.map((s) => s.outcome));
      const proof = seen.length > 0 ? joined(seen.map((s) => s.text)) : text('no running process was seen', '没有看到正在运行的进程');
      const hand = plan.steps.some(({ change, because }) => change.kind === 'by-hand' && !change.afterwards && because.includes(finding.id));
      // Nobody knows yet whether it was done: what is still there may only be still the old one.
      if (hand && outcome !== 'gone') return { finding: finding.id, risk: finding.risk, title: finding.title, outcome: 'cannot-tell', proof: UNTIL_DONE };
      const verdict = { finding: finding.id, risk: finding.risk, title: finding.title, ...(finding.short ? { short: finding.short } : {}), outcome, proof };
      // The first of two runs held: the risk is left on purpose, and nothing is taken back for it.
      return due && outcome === 'gone' ? { ...verdict, outcome: 'left', proof: joined([proof, due]), due: true } : verdict;
    }),
  );
}
