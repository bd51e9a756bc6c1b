/** One way out, as its heading and first paragraph tell it. */
export interface ReadmeFix {
  readonly id: string;
  readonly title: string;
  /** Its one price, as a screen has it: without the sentence's capital letter and full stop. */
  readonly price: string;
  /** Everything after the price, as Markdown. */
  readonly body: string;
}

export interface ReadmeSection {
  readonly heading: string;
  /** Markdown; of the section with the ways out, only what stands before the first one. */
  readonly body: string;
}

/** A risk's README.md: what the wizard shows, what `explain` prints, and the page of the documentation. */
export interface Readme {
  readonly title: string;
  /** The paragraph under the title: one or two sentences. */
  readonly short: string;
  readonly sections: readonly ReadmeSection[];
  readonly fixes: readonly ReadmeFix[];
}

/** The fixed headings, in their order; the fourth holds the ways out. */
export const HEADINGS = {
  en: ['What', 'Why it matters', 'How we find it', 'What we can change', 'When to leave it', 'References'],
  'zh-CN': ['是什么', '为什么重要', '怎么发现的', '可以怎么改', '什么时候不用改', '参考'],
} as const;

interface Part {
  readonly level: number;
  readonly heading: string;
  readonly body: string;
}

/** Cuts at headings of level 1 to 3; a `#` inside a fenced block is a comment of its language, not a heading. */
function parts(markdown: string): readonly Part[] {
  const found: { level: number; heading: string; lines: string[] }[] = [];
  let fence = '';
  for (const line of markdown.split(/\r?\n/)) {
    const mark = /^\s*(`{3,}|~{3,})/.exec(line)?.[1] ?? '';
    const heading = fence === '' ? /^(#{1,3}) +(.+?) *$/.exec(line) : null;
    if (fence === '') fence = mark;
    else if (mark.startsWith(fence)) fence = '';
    if (heading) found.push({ level: heading[1]!.length, heading: heading[2]!, lines: [] });
    else found.at(-1)?.lines.push(line);
  }
  return found.map(({ level, heading, lines }) => ({ level, heading, body: lines.join('\n').trim() }));
}

/** `Mends old volumes itself.` becomes `mends old volumes itself`; `TLS ends there.` keeps its capitals. */
function price(paragraph: string): string {
  const line = paragraph.replace(/\s*\n\s*/g, ' ').replace(/[.。]$/, '');
  return line.replace(/^[A-Z](?=[a-z]|\s)/, (letter) => letter.toLowerCase());
}

function fix({ heading, body }: Part): ReadmeFix {
  const [, id = '', title = heading] = /^([a-z0-9-]+)(?:: *|：)(.+)$/.exec(heading) ?? [];
  const [first = '', ...rest] = body.split(/\n{2,}/);
  return { id, title, price: price(first), body: rest.join('\n\n') };
}

export function readReadme(markdown: string): Readme {
  const all = parts(markdown);
  const top = all.find((part) => part.level === 1);
  return {
    title: top?.heading ?? '',
    short: top?.body ?? '',
    sections: all.filter((part) => part.level === 2).map(({ heading, body }) => ({ heading, body })),
    fixes: all.filter((part) => part.level === 3).map(fix),
  };
}
