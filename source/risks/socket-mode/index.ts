import type { Risk } from '../../model/risk.ts';
import { detect, ID } from './detect.ts';
import { appSocket } from './fixes/app-socket.ts';
import { groupSocket } from './fixes/group-socket.ts';
import { detectGunicorn } from './gunicorn.ts';
import { privateDirectory } from './fixes/private-directory.ts';
import en from './README.md';
import zh from './README.zh-CN.md';

export const socketMode: Risk = {
  id: ID,
  severity: 'high',
  technologies: ['uwsgi', 'gunicorn', 'supervisord', 'nginx'],
  equivalents: [],
  readme: { en, 'zh-CN': zh },
  detect: (machine) => [...detect(machine), ...detectGunicorn(machine)],
  fixes: [groupSocket, appSocket, privateDirectory],
};
