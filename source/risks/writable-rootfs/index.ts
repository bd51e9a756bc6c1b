import type { Risk } from '../../model/risk.ts';
import { detect, ID } from './detect.ts';
import { readOnly } from './fixes/read-only.ts';
import en from './README.md';
import zh from './README.zh-CN.md';

export const writableRootfs: Risk = {
  id: ID,
  severity: 'low',
  technologies: ['docker', 'compose'],
  equivalents: ['CIS-Docker-5.13', 'CL-0007'],
  readme: { en, 'zh-CN': zh },
  detect,
  fixes: [readOnly],
};
