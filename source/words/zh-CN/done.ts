import type { Words } from '../words.en.ts';
import { because } from './because.ts';

export const away: Words['done']['away'] = (gaps) => gaps.map(({ service, time }) => `${service} 中断 ${time}`).join('，');

function seenGone(gone: number, inFiles: number): string {
  if (gone === 0) return '没有验证到任何问题已消除。';
  if (inFiles === 0) return `${gone} 个问题已消除，${gone === 1 ? '是' : '都是'}在现在运行的进程上看到的。`;
  if (inFiles === gone) return `${gone} 个问题已消除，是在文件里看到的。`;
  return `${gone} 个问题已消除：${gone - inFiles} 个是在现在运行的进程上看到的，${inFiles} 个是在文件里看到的。`;
}

export const done: Words['done'] = {
  title: '完成',
  head: (gone, left, unknown, inFiles = 0) => [
    seenGone(gone, inFiles),
    ...(left > 0 ? [`${left} 个仍存在。`] : []),
    ...(unknown > 0 ? [`${unknown} 个无法判断。`] : []),
  ].join(''),
  skipped: '已跳过',
  notChosen: '没有选',
  noWay: (reason, byHand) => `在这里行不通：${because(reason)}${byHand ? '；可以手动处理' : ''}`,
  byHand: '只能手动处理',
  labels: { works: '照常工作', worse: '变差', unknown: '无法判断', remarks: '说明', files: '文件', git: 'Git', hand: '由你做', elsewhere: '其他机器' },
  works: (same, all, gaps) => `${all} 处响应里有 ${same} 处照旧${gaps.length > 0 ? `；${away(gaps)}` : ''}。`,
  nothingStarted: '没有重新启动任何程序，所以没有前后对比',
  nothingAsked: '之前没有能问的响应，所以没有可比的',
  away,
  vital: (service, what, before, after) => `${service} ${what}：原来 ${before}，现在 ${after}`,
  copyAll: (n) => `复制全部 ${n} 条`,
  copied: (n) => `已复制${n === 1 ? '这条' : `全部 ${n} 条`}命令（需要终端支持）。`,
  files: (n, made) => `${[...(n > made || made === 0 ? [`已修改 ${n - made} 个文件`] : []), ...(made > 0 ? [`新建 ${made} 个文件`] : [])].join('，')}，未提交。`,
  messageHint: '附证据的提交说明',
  messageTitle: '提交说明',
  messageHead: '附有证据，供提交或合并请求使用。不会替你提交。',
  messageCopy: '按 y 复制。',
  undo: '要撤销，今天或下周，在任何终端里：',
  undoDemo: '要撤销，现在就按 u。离开向导时会清除演示，之后就没有可撤销的了。',
  undoCommand: 'harden-tui undo',
};
