import { join } from 'node:path';
import { Stop } from '../model/errors.ts';
import { text } from '../model/text.ts';
import type { Io } from './io.ts';

/** A report into a folder, under a name that is free there: what lies there already is never written over. */
export async function saveReport(folder: string, content: string, io: Pick<Io, 'doors'>): Promise<string> {
  const files = await io.doors.files();
  for (let n = 1; n < 1000; n++) {
    const name = n === 1 ? 'harden-tui-report.md' : `harden-tui-report-${n}.md`;
    try {
      if (await files.claim(join(folder, name), content)) return name;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code !== 'EACCES' && code !== 'EPERM' && code !== 'EROFS' && code !== 'ENOSPC') throw error;
      throw new Stop(text(`The report could not be written to ${folder} (${code}).`, `无法把报告写到 ${folder}（${code}）。`), [text('The same on stdout: harden-tui scan --format markdown', '同样的内容可输出到标准输出：harden-tui scan --format markdown')]);
    }
  }
  throw new Stop(text(`There are a thousand reports in ${folder} already.`, `${folder} 里已经有一千份报告了。`), [text('Move some of them away.', '请移走一些。')]);
}
