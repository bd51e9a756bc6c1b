import type { Words } from '../words.en.ts';
import { away } from './done.ts';

export const leave: Words['leave'] = {
  ask: (chosen) => `已选 ${chosen} 个，还没有应用。再按 q 离开，按其他键留下。`,
  busy: '结束之后才能按 q 离开。要中止，请按 ctrl-c',
  looked: (project, n, chosen) => `harden-tui：${project}，${n} 个问题，已选 ${chosen} 个，什么都没有应用。`,
  early: (project) => `harden-tui：${project}，还没看完就离开了。`,
  nothing: (project) => `harden-tui：${project}，没有需要修的。`,
  unchanged: '没有改动任何文件、镜像和容器。',
  next: '同样的内容，列表：harden-tui scan\n差异：harden-tui fix',
  dry: (project, chosen, what) => `harden-tui：${project}，试运行。选了 ${chosen} 个问题：会改动 ${what}。`,
  applied: (project, run, { gone, left, unknown, same, all, gap }) => [
    `harden-tui：${project}，第 ${run} 次运行。${gone === 0 ? '没有消除任何问题' : `已消除 ${gone} 个`}`, ...(left > 0 ? [`仍存在 ${left} 个`] : []), ...(unknown > 0 ? [`无法判断 ${unknown} 个`] : []),
    ...(all === 0 ? [] : [same < all ? `${all} 处响应里有 ${same} 处照旧` : `${all} 处响应照旧`]),
  ].join('，') + `${gap ? `；${away([gap])}` : ''}。`,
  changed: (files) => `已修改，未提交：${files}`,
  unknown: (what) => `无法判断：${what}。`,
  undo: '撤销：harden-tui undo',
  demo: '这是演示：现在就会清除，没有需要撤销的。',
  takenBack: (project, run) => `harden-tui：${project}，第 ${run} 次运行已还原，照旧运行。`,
  differs: (project, run) => `harden-tui：${project}，第 ${run} 次运行已还原，但响应和原来不一样。`,
  why: (what) => `原因：${what}`,
  undone: (project, run, cameTo) => `harden-tui：${project}，第 ${run} 次运行已撤销${cameTo === '' ? '' : `，${cameTo}`}。`,
  partly: (project, said) => `harden-tui：${project}。${said}`,
  yours: (what) => `留给你做的：${what}`,
  history: '所有运行：harden-tui history',
  copies: (project) => `harden-tui：${project}，还在清掉一次性副本时就离开了。`,
  copiesNext: '剩下的副本下次启动时清掉；harden-tui history 会列出来。',
  cut: (project) => `harden-tui：${project}，在一步的中途离开了。`,
  cutNext: '还要做完或还原的，都记下来了：harden-tui undo',
};
