import type { Lang } from '../model/text.ts';

/** A language by its tag or locale, as people write it: `zh`, `zh_CN`, `zh-Hans`, `en-US`; undefined where it is neither. */
export function langNamed(tag: string): Lang | undefined {
  const [language] = tag.toLowerCase().split(/[-_.@]/);
  return language === 'zh' ? 'zh-CN' : language === 'en' ? 'en' : undefined;
}

/** The locale as POSIX has it: LC_ALL, then LC_MESSAGES, then LANG; the first that says something decides. */
export function langOf(env: NodeJS.ProcessEnv): Lang {
  const locale = env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || '';
  return langNamed(locale) ?? 'en';
}
