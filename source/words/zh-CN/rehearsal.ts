import type { Words } from '../words.en.ts';

const copies = (n: number, volumes: readonly string[]): string => [
  `${n} 个服务各做两份副本：网络各自独立、连不出去，不开放端口`,
  ...(volumes.length === 0 ? [] : [`卷 ${volumes.join('、')} 也用副本`]),
].join('，');

const whole = (ms: number): string => (ms < 59_500 ? `${Math.round(ms / 1000)} 秒` : `${Math.floor(Math.round(ms / 1000) / 60)} 分 ${Math.round(ms / 1000) % 60} 秒`);

export const rehearsal: Words['rehearsal'] = {
  title: '预演',
  made: (n, volumes) => `${copies(n, volumes)}。你自己的没有动过。`,
  making: (n, volumes) => `${copies(n, volumes)}。你自己的不会动；按 esc 就停下，并清掉所有副本。`,
  stopping: '正在停下：清掉副本。你自己的没有动过。',
  phases: { building: '用文件的副本构建两份镜像', raising: '启动副本', comparing: '向两边问同样的问题', removing: '清掉副本' },
  asIs: '现状',
  asPlanned: '按方案',
  result: { gone: '已消除', left: '仍存在', same: '不变', WORSE: '变差', 'cannot-tell': '无法判断' },
  counts: (gone, left, same, worse) => [`已消除 ${gone} 项`, ...(left > 0 ? [`仍存在 ${left} 项`] : []), `不变 ${same} 项`, `变差 ${worse} 项`].join('，'),
  holds: (counts, ms, buildMs) => `通过：${counts}。用时 ${whole(ms)}，构建另用 ${whole(buildMs)}。`,
  breaks: (worse) => `会出问题：${worse === 0 ? '按方案的副本跑不起来' : `有 ${worse} 项变差`}。你自己的什么都没有变。`,
  cannotTell: (why) => `无法判断${why === '' ? '。' : `：${why}`}`,
  notCompared: (n, all) => `${all} 项里有 ${n} 项没能比较。`,
  goOn: '按 a 就在没有答案的情况下继续：会盯着看，一变差就还原。',
  drift: (service, brings) => `重新构建 ${service} 会带来修复之外的变化：${brings}`,
  own: { typing: '再试一样：URL，或命令及其参数：', noUrl: (typed) => `${typed} 不是可以访问的 URL。` },
  labels: { tried: '没试过', means: '这意味着' },
  applyAsk: '应用',
  ways: '接下来',
  another: (way) => `换个办法：${way}`,
  thenAgain: '然后再预演一次',
  stepBack: (steps) => `把第 ${steps.join('、')} 步放回去`,
  stepBackPrice: '推荐；然后再预演一次',
  lacking: (step, place, owner) => `${place}：交给 ${owner} 的正是第 ${step} 步，而它被去掉了。`,
  putBack: (titles) => `放回去：${titles}`,
  without: (service) => `不处理与 ${service} 有关的`,
  withoutPrice: (left, all) => `保留 ${all} 个里的 ${left} 个，然后再预演一次`,
  doctor: '找出是哪一个',
  doctorPrice: (n) => `把 ${n} 个分成几份预演`,
  searching: (attempt) => `正在找出是哪一个：把方案分成几份，分别预演。第 ${attempt} 次。`,
  trying: (titles) => `现在：${titles}`,
  guilty: (title, what) => `就是“${title}”：${what}`,
  withoutThese: (titles) => `不处理：${titles}`,
  again: '再预演一次',
  againPrice: '还是这个方案',
  toPlan: '回到方案',
  toPlanPrice: '什么都没有改',
};
