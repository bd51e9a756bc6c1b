// Findings beside those of the storyboard: another project's, and one whose severity hangs on an answer.
import type { Finding } from '../../source/model/finding.ts';
import type { Machine } from '../../source/model/machine.ts';
import { text } from '../../source/model/text.ts';
import { fakeFindings } from './fake-shop.ts';

/** What another project's containers show. */
export const FOREIGN: readonly Finding[] = ([['blog/web', 'high'], ['metrics/agent', 'low']] as const).map(([name, severity], i) => ({
  ...fakeFindings[1]!, id: `B${i + 1}`, severity, title: text(`${name} runs as root`, `${name} 以 root 身份运行`), subjects: [{ kind: 'service', name }], places: [], from: [],
  foreign: text(`it belongs to the project ${name.split('/')[0]}; to fix it: harden-tui /srv/${name.split('/')[0]}`, `它属于项目 ${name.split('/')[0]}；要修复它：harden-tui /srv/${name.split('/')[0]}`),
}));

/** High unless whoever edits the app is trusted with root; without an answer the severity hangs on it. */
export const hangingOn = (appEditors: Machine['appEditors']): Finding => ({
  ...fakeFindings[1]!, id: 'F8', risk: 'root-reads-writable-config', severity: appEditors === 'root' ? 'low' : 'high',
  title: text("root reads admin's gunicorn.conf.py, and the app can write it", 'root 会读 admin 的 gunicorn.conf.py，而应用能改写它'),
  ...(appEditors === undefined ? { hangsOn: 'app-editors' } : {}),
});
