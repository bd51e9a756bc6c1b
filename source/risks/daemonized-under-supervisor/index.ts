import type { Risk } from '../../model/risk.ts';
import { detect, ID } from './detect.ts';
import { foreground } from './fixes/foreground.ts';
import en from './README.md';
import zh from './README.zh-CN.md';

export const daemonizedUnderSupervisor: Risk = {
  id: ID,
  severity: 'medium',
  technologies: ['supervisord', 'systemd', 'uwsgi', 'gunicorn', 'celery', 'nginx', 'redis'],
  equivalents: [],
  readme: { en, 'zh-CN': zh },
  detect,
  fixes: [foreground],
};
