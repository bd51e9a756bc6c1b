import type { Words } from '../words.en.ts';

export const looking: Words['looking'] = {
  promise: '正在查看。这一步只读：在你看过每一处差异、每一条命令并点头之前，不改任何文件、镜像和容器。没有任何内容离开本机。',
  promiseRemote: '正在查看。这一步只读：在你看过每一处差异、每一条命令并点头之前，不改任何文件、镜像和容器。除了那个 Docker，不向任何地方发送内容。',
  promiseDry: '正在查看。这是试运行：到方案为止，一路上不改任何文件、镜像和容器。没有任何内容离开本机。',
  sources: { docker: 'Docker', project: '项目', files: '文件', processes: '进程', join: '对应关系' },
  leftOut: '不属于本项目，没有查看',
  notOurs: '不属于本项目：列在本项目的问题之后，绝不改动',
  outside: {
    container: (n) => `其他项目的 ${n} 个容器`,
    process: (n) => `本机容器之外的 ${n} 个进程`,
  },
  lookToo: '一并查看',
  lookingToo: '正在查看',
  foundToo: (n) => `${n} 个问题`,
  byName: '列出来',
  fold: '收起',
  blind: '没能看到',
  remedy: (words) => `要看到它：${words}`,
  found: (n) => (n === 0 ? '没有发现需要修的。按回车继续。' : `发现 ${n} 个问题。按回车继续。`),
  onward: '全部看完后自动继续。',
  firstTime: '第一次用？  ? 看本页按键，esc 返回，q 退出。',
  demo: '想先拿别的项目试试：  harden-tui demo',
};
