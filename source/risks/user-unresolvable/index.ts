import type { Risk } from '../../model/risk.ts';
import { detect, ID } from './detect.ts';
import { createUser } from './fixes/create-user.ts';
import { numericUser } from './fixes/numeric-user.ts';
import en from './README.md';
import zh from './README.zh-CN.md';

export const userUnresolvable: Risk = {
  id: ID,
  severity: 'high',
  technologies: ['docker', 'dockerfile', 'compose'],
  equivalents: [],
  readme: { en, 'zh-CN': zh },
  detect,
  fixes: [createUser, numericUser],
};
