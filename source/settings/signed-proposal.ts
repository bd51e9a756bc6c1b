import type { Machine } from '../model/machine.ts';
import { isRefusal, type Proposal, type Refusal } from '../model/risk.ts';
import { text } from '../model/text.ts';
import { taskCalls } from './celery-tasks.ts';
import { removeForceRoot } from './force-root.ts';
import { KEYS } from './signing.ts';
import { DAYS, sign } from './sign.ts';

/** `signed`, the way out that two risks share. */
export function signedProposal(machine: Machine, path: string): Proposal | Refusal {
  const made = sign(machine, path);
  if (isRefusal(made)) return made;
  const { changes, workers, carriers } = made;
  const force = machine.services.filter((s) => workers.includes(s.name)).flatMap((s) => removeForceRoot(machine, s));
  const refused = force.find(isRefusal);
  if (refused) return refused;
  const years = DAYS / 365;
  return {
    changes: [...changes, ...force.flatMap((f) => (isRefusal(f) ? [] : [f]))],
    rebuild: machine.services.filter((s) => carriers.includes(s.name) && s.build).map((s) => s.name),
    replace: carriers,
    proofs: workers.map((service) => ({ kind: 'serializers', service, accept: ['auth'], certificate: `${KEYS}/certs/app.pem` })),
    along: [
      { label: 'celery-keys', text: text(`a volume with the key and the certificate, valid ${years} years from the day this is applied; on that day every worker stops`, `存放密钥和证书的卷，从应用之日起有效 ${years} 年；到期那天所有 worker 都会停`) },
      ...taskCalls(machine).slice(0, 3).map(({ file, call }) => ({ label: `${file.path}:${call.line}`, text: text(`${file.text.slice(call.start, call.end).split('\n')[0] ?? ''}   is signed, and must fit into JSON`, `${file.text.slice(call.start, call.end).split('\n')[0] ?? ''}   会被签名，参数必须能写成 JSON`) })),
    ],
  };
}
