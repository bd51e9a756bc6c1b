import type { Risk } from '../../model/risk.ts';
import { text } from '../../model/text.ts';
import { waitingFor } from '../../settings/queues.ts';
import { detect, ID } from './detect.ts';
import { drainFirst, jsonOnly } from './fixes/json.ts';
import { signed } from './fixes/signed.ts';
import en from './README.md';
import zh from './README.zh-CN.md';

export const pickleSerializer: Risk = {
  id: ID,
  severity: 'high',
  technologies: ['celery', 'django'],
  equivalents: [],
  readme: { en, 'zh-CN': zh },
  detect,
  fixes: [jsonOnly, drainFirst, signed],
  recommend(finding, machine) {
    const names = finding.detail['services'] as readonly string[];
    const [where] = machine.services.filter((s) => names.includes(s.name)).flatMap((s) => waitingFor(machine, s, String(finding.detail['file'])) ?? []);
    const name = where?.broker.name;
    return name === undefined ? undefined : { fix: 'json-only', because: text(`${name} is asked first what waits there`, `会先问 ${name} 里有没有消息在等`) };
  },
};
