import type { Risk } from '../../model/risk.ts';
import { detect, ID } from './detect.ts';
import { minimalCapabilities } from './fixes/minimal-capabilities.ts';
import en from './README.md';
import zh from './README.zh-CN.md';

export const allCapabilities: Risk = {
  id: ID,
  severity: 'low',
  technologies: ['docker', 'compose'],
  equivalents: ['CIS-Docker-5.4', 'CL-0006'],
  readme: { en, 'zh-CN': zh },
  detect,
  fixes: [minimalCapabilities],
};
