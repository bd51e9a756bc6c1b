import type { Risk } from '../../model/risk.ts';
import { detect, ID } from './detect.ts';
import { drainFirst, jsonOnly } from './fixes/json.ts';
import { signed } from './fixes/signed.ts';
import en from './README.md';
import zh from './README.zh-CN.md';

export const pickleSerializer: Risk = {
  id: ID,
  severity: 'high',
  technologies: ['celery', 'django'],
  equivalents: [],
  readme: { en, 'zh-CN': zh },
  detect,
  fixes: [jsonOnly, drainFirst, signed],
};
