import { guarded, type Secret } from '../model/secret.ts';
import type { Lang } from '../model/text.ts';

// Each begins where a word begins: a run of letters is then walked through once, however long a hostile line is.
const LOGIN = /(?<![a-z0-9+.-])([a-z][a-z0-9+.-]*:\/\/[^\s:@/'"]*:)([^\s@/'"]+)(?=@)/gi;
const ASSIGNED = /(?<![\w.-])(-*[A-Za-z_][\w.-]*["'\]]*\s*[:=]\s*)("[^"]*"|'[^']*'|[^\s"',;}]+)/g;
/** `redis-server --requirepass x`, also as the words of a list. */
const SPOKEN = /(?<![\w-])((?:--?(?:requirepass|masterauth|pass|password|token|secret|basic[-_]auth)|requirepass|masterauth)(?:\s+|["'],\s*["']))([^\s"',]+)/gi;

/** Short flags, each of its own program: `redis-cli -a x ping`, `mysqladmin -px`. */
const SHORT = /(?<![\w-])((?:(?:redis|valkey|keydb)-cli\b[^\n]{0,200}?[\s"']-a(?:\s+|["'],\s*["']))|(?:(?:mysql|mariadb)[\w-]{0,20}\b[^\n]{0,200}?[\s"']-p)|(?:\bcurl\b[^\n]{0,200}?[\s"'](?:-u|--user)(?:\s+|["'],\s*["'])[^\s:"']{1,80}:))([^\s"',]+)/gi;

/** `$VAR` and `<generated:…>` stand for a value, a path says where one lies, a call computes one, and a flag is none. */
const NO_VALUE = /^["']?(\$|<generated:|[./~%]|os\.|\*+$)|[()[\]{}]|^["']?(true|false|yes|no|on|off|none|null|nil|0|1|)["']?$/i;
const NO_NAME = /_(file|path|url)$|author|^auth$|^(pass|passwd)$|password_hashers|private_?(tmp|network|directory)/i;

const nameOf = (before: string): string => /^-*([\w.-]*)/.exec(before)?.[1] ?? '';
const isSecret = (name: string, value: string): boolean => !NO_VALUE.test(value) && !NO_NAME.test(name) && typeof guarded(name, '') !== 'string';

function hidden(value: string): string {
  const quote = /^["']/.exec(value)?.[0] ?? '';
  return `${quote}[secret]${quote}`;
}

/** The line as it may be shown: logins in URLs and values of secret names are gone, everything else stands as it is. */
export function discreet(line: string): string {
  return line
    .replace(LOGIN, (whole, before: string, secret: string) => (NO_VALUE.test(secret) ? whole : `${before}[secret]`))
    .replace(SPOKEN, (whole, before: string, value: string) => (NO_VALUE.test(value) ? whole : `${before}[secret]`))
    .replace(SHORT, (whole, before: string, value: string) => (NO_VALUE.test(value) ? whole : `${before}[secret]`))
    .replace(ASSIGNED, (whole, before: string, value: string) => (isSecret(nameOf(before), value) ? before + hidden(value) : whole));
}

/** Does a line hold the clear text of what looks like a secret? */
export const holdsSecret = (line: string): boolean => discreet(line) !== line;

const parts = new WeakMap<Secret, RegExp>();

/** The value standing alone: `pw` is not in `https://pwned`. */
function alone(secret: Secret): RegExp {
  const known = parts.get(secret) ?? new RegExp(`(?<!\\w)${secret.reveal().replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?!\\w)`);
  parts.set(secret, known);
  return known;
}

/** Does it hold one of these values, whatever the name beside it? */
export const holdsOne = (line: string, secrets: readonly Secret[]): boolean => secrets.some((s) => alone(s).test(line));

/** What stands for a secret, in the language that it is read in: as wide as the English one, so nothing beside it moves. Not for programs. */
export const hiddenIn = (shown: string, lang: Lang): string => (lang === 'en' ? shown : shown.replace(/(\\?)\[secret\\?\]/g, '$1[已隐去$1]'));

/** The line without them. */
export const withoutThese = (line: string, secrets: readonly Secret[]): string => secrets.reduce((rest, s) => rest.replace(new RegExp(alone(s), 'g'), '[secret]'), line);
