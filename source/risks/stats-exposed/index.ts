import type { Risk } from '../../model/risk.ts';
import { detect, ID } from './detect.ts';
import { privateStats } from './fixes/private-stats.ts';
import en from './README.md';
import zh from './README.zh-CN.md';

export const statsExposed: Risk = {
  id: ID,
  severity: 'medium',
  technologies: ['uwsgi', 'compose'],
  equivalents: [],
  readme: { en, 'zh-CN': zh },
  detect,
  fixes: [privateStats],
};
