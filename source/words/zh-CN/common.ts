import { andIn } from '../../model/text.ts';
import type { Words } from '../words.en.ts';

export const common: Words['common'] = {
  severity: { critical: '严重', high: '高', medium: '中', low: '低', info: '提示' },
  confidence: { seen: '运行中', declared: '已声明', guess: '推测' },
  outcome: { gone: '已消除', left: '仍存在', 'cannot-tell': '无法判断' },
  vital: { same: '不变', WORSE: '变差', 'cannot-tell': '无法判断' },
  docker: { here: 'docker: 本机', absent: 'docker: 未运行', unasked: 'docker: 未询问', asked: 'docker: 询问中', remote: (endpoint) => `docker: ${endpoint} 远程` },
  seconds: (ms) => {
    if (ms < 60_000) return `${(ms / 1000).toFixed(1)} 秒`;
    const whole = Math.floor(ms / 1000);
    return `${Math.floor(whole / 60)} 分 ${String(whole % 60).padStart(2, '0')} 秒`;
  },
  and: (names) => (names.length < 2 ? names.join('') : andIn(names.slice(0, -1).join('、'), names.at(-1)!)),
  comma: '、',
  files: (n) => `${n} 个文件`,
  images: (n) => `${n} 个镜像`,
  containers: (n) => `${n} 个容器`,
  programs: (n) => `${n} 个程序`,
  volumes: (n) => `${n} 个卷`,
  folders: (n) => `${n} 个目录`,
  moreLines: (n) => `下面还有 ${n} 行`,
  tooSmall: (columns, rows) => `窗口至少要 80×24，现在是 ${columns}×${rows}。请拉大窗口，或按 ctrl-c 离开。`,
  find: {
    typing: (word) => `/${word}`,
    none: (word) => `这里没有“${word}”。`,
    at: (index, count, word) => `含“${word}”的共 ${count} 行，这是第 ${index} 行：n 下一处，N 上一处`,
  },
  askToWrite: {
    report: (place) => `把报告写到 ${place} 吗？`,
    plan: (place) => `把方案存为 ${place} 吗？`,
  },
  writing: '正在写入',
  written: { report: (name) => `已写入：${name}`, plan: (name) => `已保存。要应用这份方案：harden-tui apply ${name}` },
  copied: '已复制（需要终端支持）。',
};
