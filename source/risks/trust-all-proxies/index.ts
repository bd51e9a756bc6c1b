import type { Risk } from '../../model/risk.ts';
import { detect, ID } from './detect.ts';
import { proxyList } from './fixes/proxy-list.ts';
import en from './README.md';
import zh from './README.zh-CN.md';

export const trustAllProxies: Risk = {
  id: ID,
  severity: 'medium',
  technologies: ['gunicorn', 'uvicorn'],
  equivalents: [],
  readme: { en, 'zh-CN': zh },
  detect,
  fixes: [proxyList],
};
