import { refuse, type Risk } from '../../model/risk.ts';
import { text } from '../../model/text.ts';
import { detect, ID } from './detect.ts';
import { supervise } from './fixes/supervise.ts';
import en from './README.md';
import zh from './README.zh-CN.md';

export const unsupervisedProcess: Risk = {
  id: ID,
  severity: 'low',
  technologies: ['docker', 'compose', 'supervisord', 'systemd'],
  equivalents: [],
  readme: { en, 'zh-CN': zh },
  detect,
  fixes: [supervise, { id: 'unit', safety: 'by-hand', proven: false, propose: () => refuse(text('by hand: a unit is written for it', '手动处理：为它写一个 unit')) }],
};
