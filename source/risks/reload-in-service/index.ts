import type { Risk } from '../../model/risk.ts';
import { detect, ID } from './detect.ts';
import { explicitRestart } from './fixes/explicit-restart.ts';
import en from './README.md';
import zh from './README.zh-CN.md';

export const reloadInService: Risk = {
  id: ID,
  severity: 'medium',
  technologies: ['gunicorn', 'uwsgi', 'uvicorn', 'celery', 'supervisord', 'systemd', 'compose'],
  equivalents: [],
  readme: { en, 'zh-CN': zh },
  detect,
  fixes: [explicitRestart],
};
