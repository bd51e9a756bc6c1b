import type { Risk } from '../../model/risk.ts';
import { detect, ID } from './detect.ts';
import { forbidNewPrivileges } from './fixes/forbid-new-privileges.ts';
import en from './README.md';
import zh from './README.zh-CN.md';

export const noNewPrivileges: Risk = {
  id: ID,
  severity: 'low',
  technologies: ['docker', 'compose'],
  equivalents: ['CIS-Docker-5.26', 'CIS-Docker-2.14', 'CL-0003'],
  readme: { en, 'zh-CN': zh },
  detect,
  fixes: [forbidNewPrivileges],
};
