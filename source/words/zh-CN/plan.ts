import type { Words } from '../words.en.ts';

export const plan: Words['plan'] = {
  title: '方案',
  making: '正在制定方案',
  head: (chosen, all, what) => `${all} 个问题里的 ${chosen} 个：${what}。还什么都没做。`,
  empty: '选中的问题，没有一个能列进方案。',
  dry: '这是试运行，到此为止：什么都没改，也不会改。',
  readOnly: (endpoint) => `${endpoint} 是远程的，只读。要修改它，请加 --allow-remote。`,
  check: '检查',
  checks: (n) => `${n} 个风险`,
  onNew: '看新进程，也看原来的响应是否照旧',
  together: (steps, because) => `第 ${steps} 步是一体的：${because}`,
  dropping: (step, titles) => `再按一次 x 就去掉第 ${step} 步，同时不再处理：${titles}。按其他键保留。`,
  labels: { foreseen: '预计', refused: '列不进', undo: '撤销', tried: '没试过' },
  foreseen: (gone, left, fresh) => `消除 ${gone} 个，仍存在 ${left} 个，${fresh === 0 ? '没有新问题' : `新增 ${fresh} 个！`}`,
  undo: '现在的文件、镜像和属主都会留一份，供撤销使用',
  tried: '目前还不能先在副本上预演：直接做，盯着看，一有变差就自动还原',
  refused: (title, reason) => `${title}：${reason}`,
  commandsTitle: '命令',
  done: '已经执行的',
  toCome: '应用方案时将要执行的',
  noCommands: '还没有命令。要执行的命令，执行前都会列在这里。',
};
