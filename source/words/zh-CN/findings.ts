import type { Words } from '../words.en.ts';
import { because } from './because.ts';

const WORST = '最严重的在前';

export const findings: Words['findings'] = {
  head: (n, services, low, open, order = WORST, all = services) => {
    // Not every service has one: the number of services must not read as all there are.
    const sorted = n === 1 && order === WORST ? '' : `，${order}`;
    const main = services >= all ? `${services} 个服务，共 ${n} 个问题${sorted}。` : `${n} 个问题，涉及 ${services} 个服务${sorted}。`;
    if (low === 0) return main;
    return open ? `${main}其中 ${low} 个是低风险项，按 l 收起。` : `${main}另有 ${low} 个低风险项，按 l 查看。`;
  },
  order: { severity: WORST, service: '按服务分组', risk: '按风险分组', file: '按文件分组' },
  orderUnder: {
    service: (rows) => `按服务分组（同一个问题在涉及的每个服务下各列一次，共 ${rows} 行）`,
    file: (rows) => `按文件分组（同一个问题在决定它的每个文件下各列一次，共 ${rows} 行）`,
  },
  filtered: (word, shown, all) => `筛选“${word}”：${all} 个里有 ${shown} 个。按 esc 取消筛选。`,
  noFile: '不由任何文件决定',
  onlyLow: (low) => `没有要紧的问题。有 ${low} 个低风险项，按 l 查看。`,
  columns: { severity: '级别', confidence: '依据', title: '问题', subjects: '位置' },
  whyFirst: '为什么它排第一',
  why: '为什么重要',
  takes: (way, changes, text) => changes + text === '' ? `${way}。` : `${way}：${[changes, text].filter((part) => part !== '').map((part) => part.replace(/[。.]$/, '')).join('。')}。`,
  changes: (lines, files) => `改 ${files.join('、')}${/[\u4e00-\u9fff]$/.test(files.at(-1) ?? '') ? '' : ' '}里的 ${lines} 行`,
  fine: (all) => `没有问题的：${all.join('；')}。`,
  notHere: (ways, reason) => `${ways.map((way) => `“${way}”`).join('、')}在这里行不通：${because(reason)}。`,
  byHandToo: '可以手动处理，按回车看怎么做。',
  noOther: '按回车看全部办法。',
  sentences: (all) => all.join(''),
  byHandOnly: '只能手动处理，按回车看怎么做。',
  asking: '正在算处理办法',
  counts: (chosen, skipped, open, ignored = 0, low = 0) => [`已选 ${chosen} 个`, ...(skipped > 0 ? [`跳过 ${skipped} 个`] : []), ...(ignored > 0 ? [`忽略 ${ignored} 个`] : []), `待定 ${open} 个`, ...(low > 0 ? [`低风险 ${low} 个`] : [])].join('，'),
  noneDecided: '没有可以收回的决定。',
  takenAlready: (title) => `已经选过，按 z 收回最近的决定，按 s 跳过：${title}`,
  ignoredFirst: '这一行已忽略：先按 i 取消忽略，再做别的决定。',
  openAgain: (title) => `重新待定：${title}`,
  takenBack: (title) => `已收回：${title}`,
  unchosen: (title) => `已取消选择：${title}`,
  chosenAgain: (title) => `已放回：${title}`,
  chosenAgainAll: (n) => `已放回 ${n} 个。`,
  takenBackStep: '已收回：方案的步骤和之前一样。',
  takenBackAll: (n) => `已收回 ${n} 个决定。`,
  spread: (chosen, not) => `已为 ${chosen} 个选定${not > 0 ? `；另有 ${not} 个行不通` : ''}。按 z 收回。`,
  noneChosen: '还没有选任何一个：f 按推荐修复，回车看全部办法。',
  notOurs: (whose) => `只供查看：${whose}`,
  foreign: (n) => `${n} 个不属于本项目`,
  nothing: '没有需要修的。',
  nothingText: '在看得到的范围内，要找的问题一个也没有。',
  nothingKnown: '这个目录里没有 harden-tui 认识的内容，也没有从这里运行的东西：是不是选错了目录？',
  checked: '找过的问题',
  lookedAt: '看过的东西',
  services: (n) => `${n} 个服务`,
  processes: (n) => `${n} 个进程`,
  blind: (n) => `有 ${n} 处没能看到，按 esc 查看`,
  suppressed: (n) => `之前忽略了 ${n} 个，${n === 1 ? '' : '都'}写了理由`,
};
