import type { Risk } from '../../model/risk.ts';
import { detect, ID } from './detect.ts';
import { defaultProfile } from './fixes/default-profile.ts';
import { hostProfile } from './fixes/host-profile.ts';
import en from './README.md';
import zh from './README.zh-CN.md';

export const noMacProfile: Risk = {
  id: ID,
  severity: 'low',
  technologies: ['docker', 'compose'],
  equivalents: ['CIS-Docker-5.2', 'CIS-Docker-5.3'],
  readme: { en, 'zh-CN': zh },
  detect,
  fixes: [defaultProfile, hostProfile],
};
