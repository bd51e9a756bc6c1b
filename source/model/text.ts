/** The languages of the interface. Every sentence a user sees exists in both. */
export const LANGS = ['en', 'zh-CN'] as const;
export type Lang = (typeof LANGS)[number];

/** One sentence in every language; chosen at the edge (report/, tui/), never inside. */
export type Text = Readonly<Record<Lang, string>>;

export const text = (en: string, zh: string): Text => ({ en, 'zh-CN': zh });

/** For names, paths and values: the same in every language. */
export const same = (value: string): Text => ({ en: value, 'zh-CN': value });

/** An English list: `web`, `web and worker`, `web, worker and admin`; Chinese uses `、` and `和`. */
export function list(names: readonly string[]): Text {
  const head = names.slice(0, -1);
  const last = names.at(-1) ?? '';
  if (head.length === 0) return same(last);
  return text(`${head.join(', ')} and ${last}`, `${head.join('、')} 和 ${last}`);
}
