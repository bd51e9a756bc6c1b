/** The languages of the interface. Every sentence a user sees exists in both. */
export const LANGS = ['en', 'zh-CN'] as const;
export type Lang = (typeof LANGS)[number];

/** One sentence in every language; chosen at the edge (report/, tui/), never inside. */
export type Text = Readonly<Record<Lang, string>>;

export const text = (en: string, zh: string): Text => ({ en, 'zh-CN': zh });

/** For names, paths and values: the same in every language. */
export const same = (value: string): Text => ({ en: value, 'zh-CN': value });

/** A word in the middle of a Chinese sentence: blanks stand beside Latin letters and beside nothing Chinese. */
export const spaced = (word: string): string => `${/^[\u4e00-\u9fff]/.test(word) ? '' : ' '}${word}${/[\u4e00-\u9fff]$/.test(word) ? '' : ' '}`;

/** `web 和 worker`, `镜像和卷`: blanks beside Latin letters alone. */
export const andIn = (one: string, other: string): string => `${one}${/[\u4e00-\u9fff）”]$/.test(one) ? '' : ' '}和${/^[\u4e00-\u9fff（“]/.test(other) ? '' : ' '}${other}`;

/** An English list: `web`, `web and worker`, `web, worker and admin`; Chinese uses `、` and `和`. */
export function list(names: readonly string[]): Text {
  const head = names.slice(0, -1);
  const last = names.at(-1) ?? '';
  if (head.length === 0) return same(last);
  return text(`${head.join(', ')} and ${last}`, andIn(head.join('、'), last));
}
