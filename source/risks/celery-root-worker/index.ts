import { refuse, type Risk } from '../../model/risk.ts';
import { text } from '../../model/text.ts';
import { detect, ID } from './detect.ts';
import { user } from './fixes/user.ts';
import en from './README.md';
import zh from './README.zh-CN.md';

export const celeryRootWorker: Risk = {
  id: ID,
  severity: 'high',
  technologies: ['celery', 'supervisord', 'systemd'],
  equivalents: [],
  readme: { en, 'zh-CN': zh },
  detect,
  fixes: [user, { id: 'task-isolation', safety: 'by-hand', proven: false, propose: () => refuse(text('by hand: it changes how tasks are run', '手动处理：它改变任务的运行方式')) }],
};
