import type { Words } from '../words.en.ts';

export const finding: Words['finding'] = {
  seenAs: (confidence) => `依据：${confidence}`,
  declaredAs: { declared: '依据：文件里已声明，没有看到它在运行', guess: '依据：推测，有一处无法确定' },
  nth: (index, count) => `第 ${index} 个，共 ${count} 个`,
  labels: { seen: '看到', from: '来自', chain: '路径' },
  ways: '处理办法',
  asking: '正在算处理办法',
  recommended: '推荐',
  recommendedBecause: (because) => `推荐：${because}`,
  byHand: (price) => `手动处理：${price}`,
  notHere: (reason) => `这里不行：${reason}`,
  chosen: '已选',
  along: '一并处理',
  noWays: 'harden-tui 不知道有什么处理办法。',
  rest: (n) => `还有 ${n} 行：翻页，或按 d`,
  restText: (n) => `还有 ${n} 行：翻页`,
  refused: (reason) => `这个办法在这里行不通：${reason}`,
  byHandTitle: (way) => `手动处理：${way}`,
  byHandNote: '这一项 harden-tui 不会替你做，也不会说它已经做好。',
  diffTitle: '差异',
  noDiff: '这个办法不改文件。',
};
