import type { Risk } from '../../model/risk.ts';
import { detect, ID } from './detect.ts';
import { firewall } from './fixes/firewall.ts';
import { ownUser, password } from './fixes/login.ts';
import en from './README.md';
import zh from './README.zh-CN.md';

export const brokerNoAuth: Risk = {
  id: ID,
  severity: 'high',
  technologies: ['celery', 'redis', 'rabbitmq', 'compose'],
  equivalents: [],
  readme: { en, 'zh-CN': zh },
  detect,
  fixes: [ownUser, password, firewall],
};
