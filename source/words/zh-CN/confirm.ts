import type { Words } from '../words.en.ts';

export const confirm: Words['confirm'] = {
  title: '应用',
  head: (what, project) => `现在就要改动 ${project} 的 ${what}。`,
  labels: { files: '文件', images: '镜像', away: '中断', owners: '属主', outside: '项目外', hand: '由你做', watched: '检查', back: '还原', tried: '没试过', rehearsed: '预演' },
  away: (services, from, to) => `${services}：第 ${from} 步停下，第 ${to} 步重新启动`,
  restarted: (programs, step) => `${programs}：第 ${step} 步重新启动`,
  outside: (project) => `不在 ${project} 里，所以逐个询问`,
  account: (name) => `专用的系统账号 ${name}`,
  askOutside: (what, at, all, made) => `项目之外第 ${at} 处，共 ${all} 处：${what}。可以${made ? '创建' : '修改'}吗？按 y 可以，按 esc 返回。`,
  owner: (source, uid) => `${source}：里面属于 root 的交给 ${uid}`,
  folder: (source, uid, gid, mode) => `${source}：这个文件夹本身交给 ${uid}:${gid}，权限 ${mode}`,
  watched: (risks) => `在新进程上看 ${risks}，原来的响应也要照旧`,
  back: '有一步失败，或有响应变差，就自动还原；以后也能用：harden-tui undo',
  tried: '没有先在副本上预演：这些没法预演',
  skipped: '没有先在副本上预演：你选择了直接继续',
  typeProject: '数据要换属主，只按一个键还不够。',
  typeHost: '这个 Docker 在另一台机器上，只按一个键还不够。',
  askName: (name) => `要应用吗？输入项目名 ${name}，再按回车：`,
  askHost: (name) => `要应用吗？输入主机名 ${name}，再按回车：`,
  askYes: '要应用吗？按 y 应用，按 esc 返回。',
  wrong: (typed, wanted) => `“${typed}”不是 ${wanted}。什么都没做。`,
};
