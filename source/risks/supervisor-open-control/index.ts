import type { Risk } from '../../model/risk.ts';
import { detect, ID } from './detect.ts';
import { password } from './fixes/password.ts';
import { unixSocket } from './fixes/unix-socket.ts';
import en from './README.md';
import zh from './README.zh-CN.md';

export const supervisorOpenControl: Risk = {
  id: ID,
  severity: 'high',
  technologies: ['supervisord'],
  equivalents: [],
  readme: { en, 'zh-CN': zh },
  detect,
  fixes: [unixSocket, password],
};
