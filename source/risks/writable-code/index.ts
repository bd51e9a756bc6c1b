import type { Risk } from '../../model/risk.ts';
import { detect, ID } from './detect.ts';
import { splitOwnerFix } from './fixes/split-owner.ts';
import en from './README.md';
import zh from './README.zh-CN.md';

export const writableCode: Risk = {
  id: ID,
  severity: 'medium',
  technologies: ['docker', 'systemd', 'supervisord'],
  equivalents: [],
  readme: { en, 'zh-CN': zh },
  detect,
  fixes: [splitOwnerFix],
};
