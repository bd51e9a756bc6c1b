import type { Risk } from '../../model/risk.ts';
import { detect, ID } from './detect.ts';
import { exactCommandsFix } from './fixes/exact-commands.ts';
import en from './README.md';
import zh from './README.zh-CN.md';

export const sudoersWildcard: Risk = {
  id: ID,
  severity: 'high',
  technologies: ['sudo', 'supervisord', 'systemd'],
  equivalents: [],
  readme: { en, 'zh-CN': zh },
  detect,
  fixes: [exactCommandsFix],
};
