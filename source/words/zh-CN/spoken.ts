import type { Words } from '../words.en.ts';

export const spoken: Words['spoken'] = {
  sentence: (text) => (/[。！？]$/.test(text) ? text : `${text}。`),
  stop: '。',
  key: (keys, says) => `${keys.join('、')}：${says}`,
  decided: { fix: '已选', skip: '已跳过', ignore: '已忽略' },
  here: '当前：',
};
