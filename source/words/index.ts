import type { Lang } from '../model/text.ts';
import { en, type Words } from './words.en.ts';
import { zhCN } from './words.zh-CN.ts';

export type { Words } from './words.en.ts';

const catalogues: Readonly<Record<Lang, Words>> = { en, 'zh-CN': zhCN };

/** Every string of the interface in one language. */
export const words = (lang: Lang): Words => catalogues[lang];
