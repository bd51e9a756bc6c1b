import type { Risk } from '../../model/risk.ts';
import { detect, ID } from './detect.ts';
import { absolutePath } from './fixes/absolute-path.ts';
import { keyMode } from './fixes/key-mode.ts';
import { outOfImage } from './fixes/out-of-image.ts';
import en from './README.md';
import zh from './README.zh-CN.md';

export const signingKeyReadable: Risk = {
  id: ID,
  severity: 'high',
  technologies: ['celery', 'docker', 'compose'],
  equivalents: [],
  readme: { en, 'zh-CN': zh },
  detect,
  fixes: [keyMode, outOfImage, absolutePath],
};
