/** Names whose value is a secret: the last word says so. `PASSWORD_HASHERS`, `TOKEN_TTL` and `GF_AUTH_ANONYMOUS_ENABLED` end in another one. */
const NAME = /(?:^|[_.-])(?:(?:pg)?pass(?:word|wd|phrase)?|pwd|secret(?:[_-]?key)?(?:[_-]?base)?|token|api[_-]?key|(?:access|private|encryption|signing|auth|master)[_-]?key|credentials?|requirepass|rediscli_auth)$/i;
const CAMEL = /[a-z](?:Password|Secret(?:Key)?|Token|ApiKey)$/;
/** Settings about secrets: `MYSQL_ALLOW_EMPTY_PASSWORD`, `MYSQL_RANDOM_ROOT_PASSWORD`, `STRIPE_PUBLIC_KEY`, `X_CSRF_TOKEN`. */
const ABOUT = /(?:^|[_-])(?:allow|empty|random|require|use|enable|disable|no|ignore|public|publishable|verify|reset|forgot|min|max|csrf|one_?time)(?:[_-]|$)/i;

export const isSecretName = (name: string): boolean => (NAME.test(name) || CAMEL.test(name)) && !ABOUT.test(name);

/** Shapes that only keys of well-known services have, whatever the name. */
const KEY = /^(?:AKIA[0-9A-Z]{16}|gh[pousr]_[A-Za-z0-9]{36,}|github_pat_\w{22,}|glpat-[\w-]{20,}|xox[abpr]-[\w-]{10,}|[sr]k_live_\w{16,}|AIza[\w-]{35}|SG\.[\w-]{16,}\.[\w-]{16,}|npm_[A-Za-z0-9]{36})$|^-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----/;

/** A login inside an address; its password may still be somebody else's variable. */
const LOGIN = /^[a-z][a-z0-9+.-]{1,40}:\/\/[^/\s:@]{0,200}:([^/\s@]{1,300})@/i;

/** `$VAR`, a path, a template, a word that switches something, the name of a vault's entry: the value is elsewhere, or none. */
const ELSEWHERE = /\$[\w{(]|^%\(|\{\{|^(?:file|vault|op|ssm|secretsmanager|arn|gcp|azurekv):|^ENC\[|^(?:\.{0,2}|~)\/|^os\.|^(?:true|false|yes|no|on|off|none|null|nil|undefined|trust|md5|scram-sha-256|0|1)$/i;
/** What a template says where a value is to be put. */
const PLACEHOLDER = /^(?:<.*>|\[.*\]|x{3,}|\*+|\.{3,}|_+|(?:your|my|put|insert|enter|add)[-_ ].*|replace[-_ ]?(?:me|this).*|to[-_ ]?do|fixme|tbd|generated?|dummy|placeholder)$/i;

/** Passwords that everybody knows: to move them hides nothing, they have to be changed. */
const KNOWN = /^(?:postgres|root|admin|administrator|password|passw0rd|changeme|change[-_ ]?(?:me|it|this).*|guest|example|test|testing|secret|dev|development|docker|user|mysql|redis|rabbitmq|minio|minioadmin|mongo|123456?7?8?|qwerty|letmein)$/i;

/** The login of an address: its password, and the address without it. */
export function loginIn(word: string): { readonly password: string; readonly address: string } | undefined {
  const [, scheme, password, rest] = /(?<![\w+.-])([a-z][a-z0-9+.-]{1,40}:\/\/)[^/\s:@]{0,200}:([^/\s@]{1,300})@([\w.:-]*)/i.exec(word) ?? [];
  return scheme === undefined || password === undefined || word.includes('guest:guest@') ? undefined : { password, address: `${scheme}${rest ?? ''}` };
}

/** What a value holds: the name says it already, or it is a password in an address, or a key known by its shape. */
export const holds = (name: string, value: string): 'said' | 'password' | 'key' => (isSecretName(name) && !name.startsWith('-') ? 'said' : KEY.test(value.trim()) ? 'key' : 'password');

export type Worth = 'none' | 'known' | 'secret';

/** What the value of a variable is worth to somebody who reads the file. */
export function worth(name: string, value: string): Worth {
  const v = value.trim();
  if (v === '' || v.length > 20_000) return 'none';
  if (KEY.test(v)) return 'secret';
  const login = LOGIN.exec(v)?.[1];
  if (login !== undefined) return ELSEWHERE.test(login) || PLACEHOLDER.test(login) || /\$[\w{(]/.test(v) || v.includes('guest:guest@') ? 'none' : KNOWN.test(login) ? 'known' : 'secret';
  if (!isSecretName(name) || ELSEWHERE.test(v) || PLACEHOLDER.test(v) || /^ssh-(?:rsa|ed25519) |^-----BEGIN (?:PUBLIC KEY|CERTIFICATE)/.test(v)) return 'none';
  return KNOWN.test(v) ? 'known' : 'secret';
}

/** `.env.example` and its like are forms to fill in. */
export const isExample = (path: string): boolean => /(?:^|[./_-])(?:example|sample|template|dist|tmpl|default)s?(?:[./_-]|$)/i.test(path.split('/').at(-1) ?? '') || /(?:^|\/)(?:examples?|samples?|tests?|fixtures?|docs?)\//i.test(path);
