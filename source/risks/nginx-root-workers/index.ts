import type { Risk } from '../../model/risk.ts';
import { detect, ID } from './detect.ts';
import { workerUser } from './fixes/worker-user.ts';
import en from './README.md';
import zh from './README.zh-CN.md';

export const nginxRootWorkers: Risk = {
  id: ID,
  severity: 'high',
  technologies: ['nginx'],
  equivalents: [],
  readme: { en, 'zh-CN': zh },
  detect,
  fixes: [workerUser],
};
