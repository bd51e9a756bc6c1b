import type { Risk } from '../../model/risk.ts';
import { detect, ID } from './detect.ts';
import { dedicatedUser } from './fixes/dedicated-user.ts';
import en from './README.md';
import zh from './README.zh-CN.md';

export const sharedUser: Risk = {
  id: ID,
  severity: 'low',
  technologies: ['gunicorn', 'uwsgi', 'celery', 'supervisord', 'systemd', 'docker', 'compose'],
  equivalents: [],
  readme: { en, 'zh-CN': zh },
  detect,
  fixes: [dedicatedUser],
};
