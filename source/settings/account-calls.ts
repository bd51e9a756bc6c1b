import { runCommands, type CommandWord as Word } from './run-commands.ts';
import type { Shipped } from './service-files.ts';

/** Flags with a value of their own, so that the value is not taken for the account's name. */
const TAKES: Readonly<Record<string, RegExp>> = {
  useradd: /^(?:-[bcdefgGkKpPRsuZ]|--(?:base-dir|comment|home(?:-dir)?|expiredate|inactive|gid|groups|skel|key|password|prefix|root|shell|uid|selinux-user))$/,
  adduser: /^--(?:uid|gid|home|shell|ingroup|gecos|comment|conf|firstuid|lastuid|firstgid|lastgid|add_extra_groups)$/,
  busybox: /^(?:-[hgsGuk]|--(?:home|gecos|shell|ingroup|uid|skel))$/,
  groupadd: /^(?:-[gKpRPU]|--(?:gid|key|password|root|prefix|users))$/,
  addgroup: /^(?:-g|--gid)$/,
};

/** One call of a tool that makes an account or a group. */
export interface AccountCall {
  readonly tool: string;
  readonly at: Word;
  readonly flags: ReadonlyMap<string, string>;
  readonly names: readonly string[];
}

function callOf(words: readonly Word[], busybox: boolean): AccountCall | undefined {
  const [first] = words;
  if (!first || !/^(?:[\w./]*\/)?(?:useradd|adduser|groupadd|addgroup)$/.test(first.value)) return undefined;
  const tool = first.value.split('/').at(-1) ?? '';
  const takes = TAKES[tool === 'adduser' && busybox ? 'busybox' : tool];
  const flags = new Map<string, string>();
  const names: string[] = [];
  const rest = words.slice(1);
  for (let i = 0; i < rest.length; i++) {
    const value = rest[i]?.value ?? '';
    if (/^\d*[<>]/.test(value)) break;
    const equals = /^(--[\w-]+)=(.*)$/.exec(value);
    const glued = /^(-[ugG])(\w+)$/.exec(value);
    if (equals) flags.set(equals[1] ?? '', equals[2] ?? '');
    else if (takes?.test(value)) flags.set(value, rest[++i]?.value ?? '');
    // `-rm`, `-mu 1000`: single letters written together; only the last may have a value.
    else if (/^-\w{2,}$/.test(value) && !(glued && takes?.test(glued[1] ?? ''))) {
      const last = `-${value.at(-1) ?? ''}`;
      for (const letter of value.slice(1)) flags.set(`-${letter}`, '');
      if (takes?.test(last)) flags.set(last, rest[++i]?.value ?? '');
    } else if (glued && takes?.test(glued[1] ?? '')) flags.set(glued[1] ?? '', glued[2] ?? '');
    else if (value.startsWith('-')) flags.set(value, '');
    else names.push(value);
  }
  return { tool, at: first, flags, names };
}

/** Every such call in the RUN lines of the image that ships; an earlier build stage's accounts are not in it. */
export const accountCalls = (s: Shipped, busybox: boolean): readonly AccountCall[] => runCommands(s).flatMap((words) => callOf(words, busybox) ?? []);
