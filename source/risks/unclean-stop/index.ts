import type { Risk } from '../../model/risk.ts';
import { detect, ID } from './detect.ts';
import { warmStop } from './fixes/warm-stop.ts';
import en from './README.md';
import zh from './README.zh-CN.md';

export const uncleanStop: Risk = {
  id: ID,
  severity: 'low',
  technologies: ['uwsgi', 'celery', 'gunicorn', 'supervisord', 'systemd', 'docker'],
  equivalents: [],
  readme: { en, 'zh-CN': zh },
  detect,
  fixes: [warmStop],
};
