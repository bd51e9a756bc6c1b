import type { Words } from '../words.en.ts';

export const least: Words['least'] = {
  title: '试验',
  listed: (capabilities) => `${capabilities ? '哪些 capability 它用不着' : '它必须往哪里写'}，要靠试验查明：按回车，再按 t。`,
  way: '要先用试验查明：按 t',
  offer: '按 t 用试验查明：在一次性副本里试，每次少给一点。',
  limits: (services, trials, seconds) => `${services.join('、')} 用不着什么？启动${services.length > 1 ? '它们' : '它'}的副本，每次少给一点，再看响应是否和现状一样：最多 ${trials} 次，每次约 ${seconds} 秒。你自己的不会动；按 esc 就停下，并清掉所有副本。`,
  begins: '先启动一份现状的副本，用来比较。',
  stopping: '正在停下：清掉副本。你自己的没有动过。',
  nth: (n, most) => `第 ${n} 次，最多 ${most} 次`,
  outcome: { holds: '通过', breaks: '会出问题', 'cannot-tell': '无法判断' },
  found: '查明',
  of: (service, what) => `${service}：${what}`,
  over: '按回车回到这个问题：处理办法里有查明的结果和差异。',
  nothing: '还没有查明就结束了。',
  trialKey: '用试验查明',
};
