import { refuse, type Fix, type Risk } from '../../model/risk.ts';
import { text } from '../../model/text.ts';
import { detect, ID } from './detect.ts';
import { ambientCapability } from './fixes/ambient-capability.ts';
import { highPort, highPortFix } from './fixes/high-port.ts';
import { keepPort } from './fixes/keep-port.ts';
import { setcap } from './fixes/setcap.ts';
import { socketActivation } from './fixes/socket-activation.ts';
import { detectHost } from './host.ts';
import { portOf } from './subject.ts';
import en from './README.md';
import zh from './README.zh-CN.md';

const byHand = (id: string): Fix => ({ id, safety: 'by-hand', proven: false, propose: () => refuse(text('by hand: it lies outside this project', '手动处理：在本项目之外')) });

export const privilegedPort: Risk = {
  id: ID,
  severity: 'medium',
  technologies: ['docker', 'compose', 'gunicorn', 'uwsgi', 'systemd'],
  equivalents: [],
  readme: { en, 'zh-CN': zh },
  detect: (machine) => [...detect(machine), ...detectHost(machine)],
  fixes: [highPortFix, keepPort, setcap, ambientCapability, socketActivation, byHand('reverse-proxy'), byHand('redirect')],
  recommend: (finding) => ({ fix: 'high-port', because: text(`port ${portOf(finding)} stays as it is outside, ${highPort(portOf(finding))} inside`, `外部端口 ${portOf(finding)} 不变，内部用 ${highPort(portOf(finding))}`) }),
};
