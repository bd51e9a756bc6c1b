import type { Words } from '../words.en.ts';

export const trouble: Words['trouble'] = {
  title: '停下了',
  next: '可以这样做',
};
