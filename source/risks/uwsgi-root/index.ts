import type { Risk } from '../../model/risk.ts';
import { detect, ID } from './detect.ts';
import { supervisorFlags } from './fixes/supervisor-flags.ts';
import { uidGid } from './fixes/uid-gid.ts';
import en from './README.md';
import zh from './README.zh-CN.md';

export const uwsgiRoot: Risk = {
  id: ID,
  severity: 'high',
  technologies: ['uwsgi'],
  equivalents: [],
  readme: { en, 'zh-CN': zh },
  detect,
  fixes: [uidGid, supervisorFlags],
};
