import { refuse, type Fix, type Risk } from '../../model/risk.ts';
import { text } from '../../model/text.ts';
import { detect, ID } from './detect.ts';
import { internalOnly } from './fixes/internal-only.ts';
import { loopback } from './fixes/loopback.ts';
import en from './README.md';
import zh from './README.zh-CN.md';

const proxyOnly: Fix = { id: 'proxy-only', safety: 'by-hand', proven: false, propose: () => refuse(text('by hand: which proxy, and which name, is yours to say', '手动处理：用哪个代理、哪个域名，由你决定')) };

export const exposedPort: Risk = {
  id: ID,
  severity: 'high',
  technologies: ['compose', 'docker'],
  equivalents: ['CIS-Docker-5.14', 'CL-0005'],
  readme: { en, 'zh-CN': zh },
  detect,
  fixes: [loopback, internalOnly, proxyOnly],
};
