import { join, relative } from 'node:path';
import { Stop } from '../model/errors.ts';
import { text, type Text } from '../model/text.ts';
import type { Page, Pages } from '../tui/pages.ts';
import type { Io } from './io.ts';

const NAMES: Readonly<Record<Page, (n: string) => string>> = { report: (n) => `harden-tui-report${n}.md`, plan: (n) => `harden-tui-plan${n}.json` };
const INSTEAD: Readonly<Record<Page, Text>> = {
  report: text('The same on stdout: harden-tui scan --format markdown', '同样的内容可输出到标准输出：harden-tui scan --format markdown'),
  plan: text('Into a file of your choice: harden-tui fix --save-plan FILE', '存到你指定的文件：harden-tui fix --save-plan FILE'),
};
const MOST = 1000;

/** What `w` writes, into a folder, under a name that is free there. A plan is said as it can be typed where this was called; a report by where it lies, whatever folder one stands in by then. */
export function pagesIn(folder: string, io: Pick<Io, 'doors' | 'cwd' | 'home'>): Pages {
  const nameOf = (page: Page, n: number): string => NAMES[page](n === 1 ? '' : `-${n}`);
  const said = (page: Page, name: string): string => {
    if (page === 'report') return join(`${folder}/`.startsWith(`${io.home}/`) ? `~${folder.slice(io.home.length)}` : folder, name);
    const near = relative(io.cwd, join(folder, name));
    return near.startsWith('..') ? join(folder, name) : near;
  };
  const full = (): Stop => new Stop(text(`There are a thousand files of that name in ${folder} already.`, `${folder} 里这个名字的文件已经有一千个了。`), [text('Move some of them away.', '请移走一些。')]);
  return {
    async place(page) {
      const files = await io.doors.files();
      for (let n = 1; n < MOST; n++) if (!(await files.stat(join(folder, nameOf(page, n))))) return said(page, nameOf(page, n));
      throw full();
    },
    async write(page, content) {
      const files = await io.doors.files();
      for (let n = 1; n < MOST; n++) {
        try {
          if (await files.claim(join(folder, nameOf(page, n)), content)) return said(page, nameOf(page, n));
        } catch (error) {
          const { code } = error as NodeJS.ErrnoException;
          if (code !== 'EACCES' && code !== 'EPERM' && code !== 'EROFS' && code !== 'ENOSPC') throw error;
          throw new Stop(text(`${nameOf(page, n)} could not be written to ${folder} (${code}).`, `无法把 ${nameOf(page, n)} 写到 ${folder}（${code}）。`), [INSTEAD[page]]);
        }
      }
      throw full();
    },
  };
}
