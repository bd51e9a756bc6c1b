import type { Lang } from '../model/text.ts';

/** The locale as POSIX has it: LC_ALL, then LC_MESSAGES, then LANG; the first that says something decides. */
export function langOf(env: NodeJS.ProcessEnv): Lang {
  const locale = env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || '';
  return /^zh/i.test(locale) ? 'zh-CN' : 'en';
}
