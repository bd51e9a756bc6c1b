import type { Risk } from '../../model/risk.ts';
import { detect, ID } from './detect.ts';
import { flagsWin } from './fixes/flags-win.ts';
import en from './README.md';
import zh from './README.zh-CN.md';

export const overridableUser: Risk = {
  id: ID,
  severity: 'medium',
  technologies: ['uwsgi', 'supervisord', 'systemd'],
  equivalents: [],
  readme: { en, 'zh-CN': zh },
  detect,
  fixes: [flagsWin],
};
