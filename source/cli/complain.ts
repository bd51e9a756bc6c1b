import { Stop } from '../model/errors.ts';
import { spaced, text, type Lang } from '../model/text.ts';
import { oneLine, plain } from '../report/plain.ts';
import { wrap } from '../report/wrap.ts';
import { columnsOf, suggested, type Io } from './io.ts';

const OURS = text('This is a mistake of ours, not of your project. Please report it.', '这是我们的错误，与你的项目无关。请报告给我们。');
const MORE = text('What was applied is in harden-tui history, and harden-tui undo takes it back. --verbose shows where it happened.', '已应用的内容见 harden-tui history，用 harden-tui undo 撤销。--verbose 会显示出错的位置。');

/** It ended in the middle, because nothing was left that could go on. */
export const LOST = {
  what: text('It ended before it was through: something never answered. This is a mistake of ours, please report it.', '没有做完就结束了：有一处始终没有应答。这是我们的错误，请报告给我们。'),
  next: text('What was begun, and what is left: harden-tui history', '查看已开始和未完成的内容：harden-tui history'),
};

/** The folder it is started in was removed since: a shell goes on standing there. */
export const NOWHERE = {
  what: text('The folder that this is started in is not there any more.', '启动命令时所在的目录已经不存在。'),
  next: text('Go to a project first: cd', '请先进入一个项目：cd'),
};

const SILENT = new Stop(text('Docker stopped answering.', 'Docker 停止响应。'), [text('See whether it runs: docker info', '查看它是否在运行：docker info')]);

/** Errors of files, sockets and the engine as the user's situation: what, where, what to do. */
function ofSystem(error: NodeJS.ErrnoException & { statusCode?: number }): Stop | undefined {
  const at = error.path ?? '';
  if (error.syscall === 'connect') return SILENT;
  if (error.statusCode !== undefined) return new Stop(text(`Docker refused: ${error.message}`, `Docker 拒绝了：${error.message}`), SILENT.next);
  switch (error.code) {
    case 'EACCES':
    case 'EPERM': return new Stop(text(`${at || 'A file'} may not be read or written by this user.`, `当前用户无权读写${spaced(at || '文件').trimEnd()}。`), [text('Run it as the user who owns it, or mend its mode.', '请用它的属主来运行，或修正它的权限。')]);
    case 'ENOSPC': return new Stop(text('The disk is full.', '磁盘已满。'), [text('Make room, then run it again.', '腾出空间后再运行一次。')]);
    case 'EROFS': return new Stop(text(`${at || 'The file system'} is read-only.`, `${spaced(at || '文件系统').trimStart()}是只读的。`));
    case 'ENOENT': return at === '' ? undefined : new Stop(text(`There is no ${at}.`, `${at} 不存在。`));
    case 'ECONNREFUSED':
    case 'ECONNRESET':
    case 'EPIPE': return SILENT;
    default: return undefined;
  }
}

/** Says what went wrong on stderr, calmly; gives the exit code. */
export function complain(error: unknown, io: Pick<Io, 'stderr' | 'suggest'>, lang: Lang, verbose: boolean): number {
  const stop = error instanceof Stop ? error : error instanceof Error ? ofSystem(error) : undefined;
  const say = (line: string): void => void io.stderr.write(`${line}\n`);
  if (stop) {
    for (const line of wrap(oneLine(stop.what[lang]), columnsOf(io.stderr))) say(line);
    for (const next of stop.next) say(`  ${suggested(oneLine(next[lang]), io)}`);
  } else {
    say(OURS[lang]);
    say(`  ${oneLine(error instanceof Error ? `${error.name}: ${error.message}` : String(error))}`);
    for (const line of wrap(suggested(MORE[lang], io), columnsOf(io.stderr) - 2)) say(`  ${line}`);
  }
  if (verbose && error instanceof Error && error.stack) say(plain(error.stack));
  return stop?.exitCode ?? 2;
}
