import type { Risk } from '../../model/risk.ts';
import { detect, ID } from './detect.ts';
import { runDirectory } from './fixes/run-directory.ts';
import en from './README.md';
import zh from './README.zh-CN.md';

export const filesInTmp: Risk = {
  id: ID,
  severity: 'medium',
  technologies: ['uwsgi', 'gunicorn', 'celery', 'supervisord'],
  equivalents: [],
  readme: { en, 'zh-CN': zh },
  detect,
  fixes: [runDirectory],
};
