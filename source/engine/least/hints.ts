/** What programs write when the kernel refuses them something, and the capability that they miss. Read in this order. */
const WORDS: readonly [RegExp, readonly string[]][] = [
  [/chown|changing ownership|change owner/i, ['CHOWN']],
  [/failed switching|set(?:res?|re|e)?[ug]id|setgroups|initgroups|drop privileges?|set (?:user|group) (?:id|to)|can't set (?:user|group)|cannot set (?:user|group)|su-exec|runuser|change_user/i, ['SETUID', 'SETGID']],
  [/\bsu: |cannot change (?:user|group)|unable to (?:change|set) (?:user|group)/i, ['SETUID', 'SETGID']],
  [/bind(?:\(\)|ing)?\b.{0,120}(?:permission denied|eacces|\b13\b)|permission denied.{0,60}:\d{1,3}\b|can't connect to \('[^']*', \d{1,3}\)/i, ['NET_BIND_SERVICE']],
  [/\bping\b.{0,80}not permitted|raw socket|SOCK_RAW|socket: operation not permitted|icmp.{0,60}(?:permission|not permitted)/i, ['NET_RAW']],
  [/\bchroot\b/i, ['SYS_CHROOT']],
  [/\bmknod\b/i, ['MKNOD']],
  [/set(?:f)?cap\b|capabilities on file/i, ['SETFCAP']],
  [/bounding set|capbset|PR_SET_SECUREBITS|cap_set_proc/i, ['SETPCAP']],
  [/\bkill\b.{0,80}not permitted/i, ['KILL']],
  [/chmod|changing permissions|set(?:ting)? (?:permissions|mode|times)|utime/i, ['FOWNER']],
  [/audit/i, ['AUDIT_WRITE']],
];

const REFUSED = /not permitted|denied|eperm|eacces|failed|can't|cannot|unable|error/i;

/** Root is refused what it could always do: another's file or folder. */
const DENIED = /permission denied|eacces|cannot (?:open|create|remove)/i;

/** The capabilities that the lines of a log ask for; what is only "denied" means other people's files. */
export function hints(log: readonly string[]): readonly string[] {
  const refused = log.filter((l) => REFUSED.test(l));
  // What a Python program did stands on the line above its error.
  const near = log.filter((_, i) => log.slice(i, i + 3).some((l) => REFUSED.test(l)));
  const named = WORDS.flatMap(([words, needs]) => (near.some((l) => words.test(l)) ? needs : []));
  const denied = refused.some((l) => DENIED.test(l) && !WORDS.some(([words]) => words.test(l))) ? ['DAC_OVERRIDE'] : [];
  return [...new Set([...named, ...denied])];
}
