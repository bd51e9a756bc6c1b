import { text, type Text } from '../../model/text.ts';

interface Meaning {
  readonly line: RegExp;
  readonly means: (found: RegExpExecArray) => Text;
}

/** What the words of a log mean, the surest first. */
const TABLE: readonly Meaning[] = [
  { line: /# == CRITICAL == .*AOF-loading-client/, means: () => text('redis refuses commands of its own append-only file: what they had written is missing.', 'redis 拒绝执行自己 AOF 文件里的命令：它们写入的数据会丢失。') },
  { line: /unable to find user ([^\s:]+)/, means: ([, user = '']) => text(`There is no account ${user} in the image: the engine can't start anything as it.`, `镜像里没有账号 ${user}：引擎无法以它启动任何程序。`) },
  { line: /(?:\[Errno 98\]|EADDRINUSE|Address already in use)/i, means: () => text('Two programs want the same port or socket: the second one gives up.', '两个程序要用同一个端口或套接字：后来的那个只能放弃。') },
  { line: /bind\(\)?.*?(?:Permission denied|\(13|EACCES)|(?:Permission denied|EACCES).*?(?:0\.0\.0\.0|:::|\bport\b|listen)/i, means: () => text('Its user may not listen on a port below 1024, or on a socket in that folder.', '它的用户不能监听 1024 以下的端口，或那个目录里的套接字。') },
  { line: /(?:Read-only file system|EROFS|Errno 30)[^'"/]*['"]?(\/?[^\s'":]*)?/, means: ([, path]) => text(`The file system is read-only${path ? ` where it wants to write ${path}` : ''}: it needs a volume or a tmpfs there.`, `它要写入的地方${path ? `（${path}）` : ''}是只读的：那里需要卷或 tmpfs。`) },
  { line: /(chown|setgroups|setuid|setgid|initgroups|setegid|seteuid|chmod)\b.*?(?:Operation not permitted|EPERM)|(?:Operation not permitted|EPERM).*?\b(chown|setgroups|setuid|setgid|initgroups|chmod)\b/i, means: ([, a, b]) => text(`It calls ${a ?? b ?? ''}, which takes a capability that it does not have any more.`, `它要调用 ${a ?? b ?? ''}，但所需的 capability 已被去掉。`) },
  { line: /(?:PermissionError|Permission denied|EACCES)[^'"/]*['"]?(\/[^\s'":]+)?/, means: ([, path]) => text(path ? `Its user may not open or write ${path}: it belongs to another user.` : 'Its user may not open or write something that belongs to another user.', path ? `它的用户不能打开或写入 ${path}：那是别的用户的。` : '它的用户不能打开或写入属于别人的内容。') },
  { line: /Operation not permitted|EPERM/, means: () => text('It does something that takes a capability which it does not have any more.', '它要做的事所需的 capability 已被去掉。') },
  { line: /\b(?:NOAUTH|WRONGPASS|ACCESS_REFUSED|AccessRefused)\b|Authentication required|(?:password|user) authentication failed|Access denied for user|invalid (?:username-password pair|password)/i, means: () => text('Whom it speaks to asks for a login, and it brings none, or another one.', '它连接的一方要求登录，而它没有带登录信息，或带的不对。') },
  { line: /Temporary failure in name resolution|Name or service not known|EAI_AGAIN|getaddrinfo/, means: () => text('It looks for a name that is not there: no way leads out of a copy.', '它要找的主机名不存在：副本没有通往外面的路。') },
  { line: /exec(?: format error|: ".*?": )|no such file or directory: unknown|executable file not found/i, means: () => text('The program that it is to start is not in the image, or may not be started by its user.', '要启动的程序不在镜像里，或它的用户无权启动。') },
];

/** What the lines mean, in plain words, where they are known. */
export function meansOf(lines: readonly string[]): Text | undefined {
  for (const { line, means } of TABLE) {
    for (const one of [...lines].reverse()) {
      const found = line.exec(one);
      if (found) return means(found);
    }
  }
  return undefined;
}

/** Words of a program that gives up, not of one that complains and goes on. */
const GIVES_UP = /\[(?:emerg|crit|alert)\]|\b(?:FATAL|CRITICAL|PANIC)\b/;
const letters = (line: string): string => line.replace(/\d+/g, '');

/** A line of a log that decides, and that the log of what it is as it stands has not: nothing that is waited for comes after it. */
export function decides(log: string, asItIs: readonly string[]): boolean {
  const known = new Set(asItIs.map(letters));
  return log.split('\n').some((line) => GIVES_UP.test(line) && meansOf([line]) !== undefined && !known.has(letters(line.trimEnd())));
}

/** What it had is not read any more: redis refuses commands of its own append-only file, and goes on without what they had written. */
export const LOST = /# == CRITICAL == .*AOF/;

/** Whom it needs turned it away, or it has lost them. */
const CUT_OFF = /\b(?:NOAUTH|WRONGPASS|NOPERM|ACCESS_REFUSED|AccessRefused)\b|Authentication required|(?:password|user) authentication failed|Access denied for user|invalid (?:username-password pair|password)|Cannot connect to [\w+-]+:\/\/|Lost connection to /i;
/** What such a program says when that has passed: one that starts before its broker does complains, and then goes on. */
const PASSED = /\bConnected to\b|\bready\.?$|connection (?:re-?)?established|re-?connected/i;

/** A line that says so, and nothing behind it in the log says that it has passed. */
export function cutOff(line: string, log: string): boolean {
  if (!CUT_OFF.test(line)) return false;
  const lines = log.split('\n').map((l) => l.trimEnd());
  return !lines.slice(lines.lastIndexOf(line) + 1).some((l) => PASSED.test(l));
}

/** A program that died of what it may not do, or a thread of it: no tool that complains and is ignored on purpose. */
export const DIED = /^(?:[\w.]+\.)?(?:PermissionError|BlockingIOError)\b|^OSError: \[Errno (?:1|13|30)\]|\bError: (?:EACCES|EROFS|EPERM)\b/;
