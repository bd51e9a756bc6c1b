import { isRefusal, type Fix } from '../../../model/risk.ts';
import { text } from '../../../model/text.ts';
import { overTls } from '../../../settings/broker-tls.ts';

/** The same broker by TLS that asks who is there; by hand where no authority's certificate lies here. */
export const tls: Fix = {
  id: 'tls', safety: 'review', proven: true,
  propose(finding, machine) {
    const made = overTls(machine, String(finding.detail['host']), String(finding.detail['address']));
    if (isRefusal(made)) return made;
    return {
      changes: made.changes, rebuild: machine.services.filter((s) => made.services.includes(s.name) && s.build).map((s) => s.name), replace: made.services,
      proofs: made.workers.map((service) => ({ kind: 'broker-tls', service, port: made.port })),
      along: [
        { label: made.ca, text: text('vouches for the broker; mounted for reading', '为消息队列作保；只读挂载') },
        { label: text(`port ${made.port}`, `端口 ${made.port}`), text: text('where TLS is usually spoken; if it is another one there, this is taken back', '通常用于 TLS 的端口；如果那边不是，会自动撤回') },
      ],
    };
  },
};
