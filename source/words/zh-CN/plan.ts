import type { Words } from '../words.en.ts';
import { because } from './because.ts';

/** `1、3–5`: three and more in a row are said as one. */
const ranges = (steps: readonly number[]): string => steps.reduce<number[][]>((rows, step) => {
  const last = rows.at(-1);
  if (last?.at(-1) === step - 1) last.push(step);
  else rows.push([step]);
  return rows;
}, []).flatMap((row) => (row.length < 3 ? row.map(String) : [`${row[0]}–${row.at(-1)}`])).join('、');

export const plan: Words['plan'] = {
  title: '方案',
  making: '正在制定方案，请稍候',
  thenRehearse: '方案一出来就用副本预演。按 esc 返回。',
  head: (chosen, all, what, each = chosen) => `选了 ${chosen} 个问题（共 ${all} 个${each > chosen ? `；按服务逐个算是 ${each} 个` : ''}）：${what}。`,
  nothingDone: '还什么都没做。',
  empty: '选中的问题，没有一个能列进方案。',
  inSight: (from, to, all) => `第 ${from}-${to} 步，共 ${all} 步`,
  dry: '这是试运行，到此为止：什么都没改，也不会改。',
  readOnly: (endpoint) => `${endpoint} 是远程的，只读。要修改它，请加 --allow-remote。`,
  whose: (services, way) => `${services}：${way}`,
  secretFile: (path, mode) => `${path}（权限 ${mode}）`,
  andMore: (ways, n) => `${ways}，另有 ${n} 项`,
  andOthers: (names, n) => `${names}，另有 ${n} 个`,
  check: '检查',
  checks: (n) => `${n} 个问题`,
  checked: (risks) => `新进程上的 ${risks}，以及每一处响应`,
  checkAll: (risks) => `${risks}，以及每一处响应`,
  checkedOn: '在新进程上',
  own: '移交',
  owned: (n, uid, also) => (also !== undefined ? `从 root 和 ${also} 改归 ${uid}` : n === undefined ? `从 root 改归 ${uid}` : `${n} 个文件，从 root 改归 ${uid}`),
  folder: (owner, mode) => `归 ${owner}，权限 ${mode}`,
  warm: (services) => `${services.join('、')} 会先做完手头的任务`,
  away: '会中断几秒',
  awayBefore: (seconds, run) => `会中断约 ${seconds} 秒（第 ${run} 次运行时测得）`,
  moved: (away, proxies) => `${away}；地址若有变化，${proxies.join('、')} 也重启`,
  leaning: (workers, broker) => `${workers.join('、')} 会随 ${broker} 一起重启：消息队列停过之后，一直运行的 Celery worker 可能不再接任务`,
  together: (steps, why) => `第 ${ranges(steps)} 步要一起做：${because(why)}`,
  dropping: (steps, titles) => `再按一次 x 就去掉第 ${steps.join('、')} 步，同时不再处理：${titles}。按其他键保留。`,
  droppingAlone: (steps, follows) => `再按一次 x 就只去掉第 ${steps.join('、')} 步：${follows}。它所属的修复照样做。按其他键保留。`,
  wasDropped: (follows, canSee) => `已去掉：${follows}。${canSee ? '预演一下就知道。' : ''}`,
  labels: { foreseen: '预计', refused: '列不进', undo: '撤销', tried: '没试过', rehearsal: '预演', git: 'Git', network: '网络', note: '注意' },
  foreseenGone: (gone, along) => `消除 ${gone} 个${along.length === 0 ? '' : `（其中${along.length > 3 ? ` ${along.length} 个` : along.map((title) => `“${title}”`).join('、')}随之一起消除）`}`,
  foreseen: (gone, left, fresh, titles, low = 0) => [
    gone,
    left === 0 && low > 0 ? `仍存在 ${low} 个低风险` : `仍存在 ${left} 个${titles.length === 0 ? '' : `（${titles.join('；')}）`}${low === 0 ? '' : `，另有 ${low} 个低风险`}`,
    fresh === 0 ? '没有新问题' : `新增 ${fresh} 个`,
  ].join('；'),
  lacking: (foreseen, steps) => `${foreseen}；去掉了第 ${steps.join('、')} 步，可能会有东西不能用`,
  kept: (parts) => `留一份供撤销使用：${parts.join('、')}`,
  owner: (files) => (files === undefined ? '现在的属主' : `${files} 个文件的属主`),
  git: (branch, files) => `${branch === undefined ? '' : `分支 ${branch}，`}${files === 0 ? '' : files === 1 ? '这个文件没有未提交的修改；' : `这 ${files} 个文件都没有未提交的修改；`}不会替你提交`,
  dirty: (names) => `${names.length > 3 ? `${names.length} 个文件` : `${names.join('、')} `}有你尚未提交的修改；撤销时会保留`,
  offline: '不需要：用到的基础镜像和层，本机都有',
  fetch: (by, what) => (by === 'docker' ? `从镜像仓库获取 ${what.join('、')}` : `${by}，用于 ${what.join('、')}`),
  down: (names) => `${names.join('、')} 没有在运行：看不到会写哪里，也无法预演。先启动它，两样就都有了`,
  brought: (titles) => `一并修复，因为你选的办法离不开${titles.length === 1 ? '它' : '它们'}：${titles.join('；')}`,
  terminal: '有一个终端正在跟踪这些容器；会看到它们停止再启动',
  gist: { mode: (mode) => `权限 ${mode}`, user: (name) => `用户 ${name}`, port: (port) => `端口 ${port}`, goes: (name) => `去掉 ${name}` },
  undo: '现在的文件、镜像和属主都会留一份，供撤销使用',
  tried: '这些没法预演：直接做，盯着看，一变差就自动还原',
  refused: (title, reason) => `${title}：${because(reason)}`,
  commandsTitle: '命令',
  done: '已经执行的',
  toCome: '应用方案时将要执行的',
  toComeBack: '撤销这次运行时将要执行的',
  onlyFiles: '不运行任何命令：只写文件。',
  noCommands: '还没有命令。要执行的命令，执行前都会列在这里。',
};
