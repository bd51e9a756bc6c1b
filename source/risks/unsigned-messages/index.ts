import type { Risk } from '../../model/risk.ts';
import { detect, ID } from './detect.ts';
import { signed } from './fixes/signed.ts';
import en from './README.md';
import zh from './README.zh-CN.md';

export const unsignedMessages: Risk = {
  id: ID,
  severity: 'info',
  technologies: ['celery'],
  equivalents: [],
  readme: { en, 'zh-CN': zh },
  detect,
  fixes: [signed],
};
