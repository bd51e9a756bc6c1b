import type { Risk } from '../../model/risk.ts';
import { detect, ID } from './detect.ts';
import { programUser } from './fixes/program-user.ts';
import en from './README.md';
import zh from './README.zh-CN.md';

export const supervisorRootProgram: Risk = {
  id: ID,
  severity: 'high',
  technologies: ['supervisord'],
  equivalents: [],
  readme: { en, 'zh-CN': zh },
  detect,
  fixes: [programUser],
};
