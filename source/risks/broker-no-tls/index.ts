import type { Risk } from '../../model/risk.ts';
import { detect, ID } from './detect.ts';
import { tls } from './fixes/tls.ts';
import en from './README.md';
import zh from './README.zh-CN.md';

export const brokerNoTls: Risk = {
  id: ID,
  severity: 'medium',
  technologies: ['celery', 'redis', 'rabbitmq'],
  equivalents: [],
  readme: { en, 'zh-CN': zh },
  detect,
  fixes: [tls],
};
