import type { Risk } from '../../model/risk.ts';
import { detect, ID } from './detect.ts';
import { nonRootStart } from './fixes/non-root-start.ts';
import { splitOwner } from './fixes/split-owner.ts';
import en from './README.md';
import zh from './README.zh-CN.md';

export const rootReadsWritableConfig: Risk = {
  id: ID,
  severity: 'high',
  technologies: ['gunicorn', 'uwsgi', 'supervisord'],
  equivalents: [],
  readme: { en, 'zh-CN': zh },
  detect,
  fixes: [splitOwner, nonRootStart],
};
