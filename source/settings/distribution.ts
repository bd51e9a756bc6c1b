import { baseOf, type Shipped } from './service-files.ts';

/**
 * What the base distribution makes users with: Debian's and Red Hat's groupadd and useradd, busybox's addgroup and adduser, only a shell
 * (a minimal Red Hat image: two lines are written), or nothing at all.
 */
export type Distribution = 'debian' | 'alpine' | 'rpm' | 'shell' | 'bare';

export function distributionOf(s: Shipped): Distribution {
  const base = baseOf(s);
  if (/alpine|busybox/.test(base)) return 'alpine';
  if (/fedora|centos|rockylinux|almalinux|amazonlinux|oraclelinux|redhat|\bubi\d|suse/.test(base)) return /minimal|micro/.test(base) ? 'shell' : 'rpm';
  return /distroless|scratch|chainguard|cgr\.dev/.test(base) ? 'bare' : 'debian';
}
