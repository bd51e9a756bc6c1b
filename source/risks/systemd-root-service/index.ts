import type { Risk } from '../../model/risk.ts';
import { detect, ID } from './detect.ts';
import { dynamicUser } from './fixes/dynamic-user.ts';
import { user } from './fixes/user.ts';
import en from './README.md';
import zh from './README.zh-CN.md';

export const systemdRootService: Risk = {
  id: ID,
  severity: 'high',
  technologies: ['systemd'],
  equivalents: [],
  readme: { en, 'zh-CN': zh },
  detect,
  fixes: [user, dynamicUser],
};
