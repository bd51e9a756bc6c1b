import type { Risk } from '../../model/risk.ts';
import { detect, ID } from './detect.ts';
import { logMode } from './fixes/log-mode.ts';
import en from './README.md';
import zh from './README.zh-CN.md';

export const logFilesOpen: Risk = {
  id: ID,
  severity: 'low',
  technologies: ['docker', 'uwsgi', 'systemd'],
  equivalents: [],
  readme: { en, 'zh-CN': zh },
  detect,
  fixes: [logMode],
};
