import type { Risk } from '../../model/risk.ts';
import { detect, ID } from './detect.ts';
import { addressDeny } from './fixes/address-deny.ts';
import { internalNetwork } from './fixes/internal-network.ts';
import en from './README.md';
import zh from './README.zh-CN.md';

export const workerEgress: Risk = {
  id: ID,
  severity: 'info',
  technologies: ['compose', 'celery', 'systemd'],
  equivalents: [],
  readme: { en, 'zh-CN': zh },
  detect,
  fixes: [internalNetwork, addressDeny],
};
