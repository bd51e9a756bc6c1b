import { text, type Text } from '../source/model/text.ts';
import type { Screen } from '../source/tui/screens/screen.ts';

/** Screens as the docs call them, in the order of a run. A screen without a title does not compile. */
export const TITLES: { readonly [N in Screen['name']]: Text } = {
  looking: text('Looking', '查看'),
  projects: text('Which of several projects', '多个项目里选一个'),
  question: text('The one question about the project', '关于项目的一个提问'),
  findings: text('The list of findings', '问题列表'),
  finding: text('A finding', '单个问题'),
  least: text('Trying what a service can do without', '试出最小权限'),
  diff: text('A diff, full screen', '全屏查看差异'),
  explain: text('The longer explanation', '详细说明'),
  ignore: text('Ignoring a finding', '忽略一个问题'),
  commands: text('Calls and commands', '调用与命令'),
  plan: text('The plan', '方案'),
  rehearsal: text('The rehearsal', '预演'),
  confirm: text('The one confirmation', '唯一的确认'),
  applying: text('Applying', '应用'),
  'taken-back': text('Taken back', '已还原'),
  done: text('Done', '完成'),
  message: text('The commit message', '提交说明'),
  undo: text('Undo', '撤销'),
  history: text('The runs so far', '运行记录'),
  run: text('One run', '某一次运行'),
  help: text('The keys of a screen', '本页按键'),
  trouble: text('When something stands in the way', '遇到阻碍'),
};
