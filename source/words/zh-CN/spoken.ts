import type { Words } from '../words.en.ts';

export const spoken: Words['spoken'] = {
  sentence: (text) => (/[。！？]$/.test(text) ? text : `${text}。`),
  stop: '。',
  key: (keys, says) => `${keys.join('、')}：${says}`,
  decided: { fix: '已选', skip: '已跳过', ignore: '已忽略' },
  marks: { done: '完成', failed: '失败', absent: '没有', running: '进行' },
  here: '当前：',
  typing: '输入一个键，再按回车：一个字母、一个数字，或者键名，如 esc、down、pagedown。直接按回车就是回车键，输入 ? 列出本页的按键。',
};
