import type { Risk } from '../../model/risk.ts';
import { text } from '../../model/text.ts';
import { detect, ID } from './detect.ts';
import { loopback } from './fixes/loopback.ts';
import { unixSocket } from './fixes/unix-socket.ts';
import en from './README.md';
import zh from './README.zh-CN.md';

export const appServerExposed: Risk = {
  id: ID,
  severity: 'medium',
  technologies: ['gunicorn', 'uwsgi', 'compose', 'nginx'],
  equivalents: [],
  readme: { en, 'zh-CN': zh },
  detect,
  fixes: [unixSocket, loopback],
  recommend: () => ({ fix: 'loopback', because: text('one word changes, and nothing else', '只改一个词，别的都不动') }),
};
