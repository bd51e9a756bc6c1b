import { splitWords } from '../files/shellwords.ts';

/** What a redis (or valkey, keydb) is told about who may talk to it; each undefined where nobody says. */
export interface RedisConfig {
  readonly password?: boolean;
  /** The user that everybody is who gives no name: `open` without a password, `closed` with one or switched off. */
  readonly defaultUser?: 'open' | 'closed';
  readonly aclFile?: string;
  readonly protectedMode?: boolean;
  readonly bind?: readonly string[];
  readonly include?: readonly string[];
  /** TLS is spoken on this port. */
  readonly tlsPort?: number;
  readonly plainPort?: number;
}

/** `user default off`, `user default on >secret`, as a line of redis.conf or of an ACL file, or behind `--user`. */
function defaultUser(words: readonly string[]): RedisConfig['defaultUser'] {
  if (words[0] !== 'default') return undefined;
  const rest = words.slice(1);
  const secret = rest.findLastIndex((w) => /^[>#]/.test(w));
  const open = rest.findLastIndex((w) => w === 'nopass');
  const off = rest.findLastIndex((w) => w === 'off' || w === 'reset');
  const on = rest.lastIndexOf('on');
  if (off > on || secret > open || rest.includes('resetpass')) return 'closed';
  return 'open';
}

function directive(name: string, args: readonly string[]): RedisConfig {
  const [first = ''] = args;
  switch (name.toLowerCase()) {
    case 'requirepass': return { password: first !== '' };
    case 'aclfile': return { aclFile: first };
    case 'protected-mode': return { protectedMode: first.toLowerCase() !== 'no' };
    case 'bind': return { bind: args };
    case 'include': return { include: args };
    case 'tls-port': return { tlsPort: Number(first) };
    case 'port': return { plainPort: Number(first) };
    case 'user': {
      const user = defaultUser(args);
      return user ? { defaultUser: user } : {};
    }
    default: return {};
  }
}

/** The folder that a redis.conf names, its last `dir`. It is entered at every start, also where nothing is saved (7.0.15: "FATAL CONFIG FILE ERROR", measured). */
export const dirOf = (text: string): string | undefined => splitWords([...text.matchAll(/^[ \t]*dir[ \t]+(.*)$/gim)].at(-1)?.[1] ?? '').words[0]?.value;

/** redis.conf: a directive on a line, the last one counts. */
export function readRedisConf(text: string): RedisConfig {
  let all: RedisConfig = {};
  for (const line of text.split(/\r?\n/)) {
    if (/^\s*(#|$)/.test(line)) continue;
    const [name = '', ...args] = splitWords(line).words.map((w) => w.value);
    all = { ...all, ...directive(name, args) };
  }
  return all;
}

/** An ACL file: `user NAME …` lines; undefined where the default user is not spoken of. */
export const readAcl = (text: string): RedisConfig => readRedisConf(text.split(/\r?\n/).filter((l) => /^\s*user\s/.test(l)).join('\n'));

/** The words behind `redis-server`: a file first, then `--directive value …`. */
export function readRedisArgs(words: readonly string[]): RedisConfig & { readonly file?: string } {
  const first = words[0] !== undefined && !words[0].startsWith('-') ? words[0] : undefined;
  let all: RedisConfig = {};
  for (let i = first === undefined ? 0 : 1; i < words.length; i++) {
    const name = words[i] ?? '';
    if (!name.startsWith('--')) continue;
    const until = words.findIndex((w, j) => j > i && w.startsWith('--'));
    all = { ...all, ...directive(name.slice(2), words.slice(i + 1, until < 0 ? undefined : until).flatMap((w) => splitWords(w).words.map((x) => x.value))) };
  }
  return { ...all, ...(first === undefined ? {} : { file: first }) };
}
