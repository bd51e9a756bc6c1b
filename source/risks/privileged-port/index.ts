import type { Finding } from '../../model/finding.ts';
import type { Machine } from '../../model/machine.ts';
import { refuse, type Fix, type Risk } from '../../model/risk.ts';
import { text, type Text } from '../../model/text.ts';
import { detect, ID } from './detect.ts';
import { ambientCapability } from './fixes/ambient-capability.ts';
import { highPort, highPortFix } from './fixes/high-port.ts';
import { keepPort } from './fixes/keep-port.ts';
import { setcap } from './fixes/setcap.ts';
import { socketActivation } from './fixes/socket-activation.ts';
import { detectHost } from './host.ts';
import { outsideOf, portOf } from './subject.ts';
import en from './README.md';
import zh from './README.zh-CN.md';

const byHand = (id: string): Fix => ({ id, safety: 'by-hand', proven: false, propose: () => refuse(text('by hand: it lies outside this project', '手动处理：在本项目之外')) });

/** What people type goes on working: said as they type it, where that is known. */
function stays(finding: Finding, machine: Machine): Text {
  const port = portOf(finding);
  const outside = outsideOf(finding, machine);
  const url = outside === 443 ? 'https://localhost' : outside === 80 ? 'http://localhost' : undefined;
  if (url) return text(`${url} stays as it is`, `${url} 不变`);
  return outside === undefined
    ? text(`only the port inside changes, to ${highPort(port)}`, `只改容器内的端口，改为 ${highPort(port)}`)
    : text(`port ${outside} outside stays as it is`, `外部端口 ${outside} 不变`);
}

export const privilegedPort: Risk = {
  id: ID,
  severity: 'medium',
  technologies: ['docker', 'compose', 'gunicorn', 'uwsgi', 'systemd'],
  equivalents: [],
  readme: { en, 'zh-CN': zh },
  detect: (machine) => [...detect(machine), ...detectHost(machine)],
  fixes: [highPortFix, keepPort, setcap, ambientCapability, socketActivation, byHand('reverse-proxy'), byHand('redirect')],
  recommend: (finding, machine) => ({ fix: 'high-port', because: stays(finding, machine) }),
};
