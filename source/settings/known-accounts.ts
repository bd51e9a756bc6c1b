import type { Machine } from '../model/machine.ts';
import { distributionOf } from './distribution.ts';
import { baseImage, baseOf, type Shipped } from './service-files.ts';

export type Kind = 'user' | 'group';

const words = (all: string): readonly string[] => all.split(' ');

/** What /etc/passwd and /etc/group of the plain images hold; of Debian and Alpine several releases together. */
const DEBIAN = {
  user: words('root daemon bin sys sync games man lp mail news uucp proxy www-data backup list irc gnats nobody _apt systemd-network systemd-timesync messagebus'),
  group: words('root daemon bin sys adm tty disk lp mail news uucp man proxy kmem dialout fax voice cdrom floppy tape sudo audio dip www-data backup operator list irc src gnats shadow utmp video sasl plugdev staff games users nogroup ssh input render kvm'),
};
const ALPINE = {
  user: words('root bin daemon adm lp sync shutdown halt mail news uucp operator man postmaster cron ftp sshd at squid xfs games cyrus vpopmail ntp smmsp guest nobody'),
  group: words('root bin daemon sys adm tty disk lp mem kmem wheel floppy mail news uucp man cron console audio cdrom dialout ftp sshd input at tape video netdev readproc squid xfs kvm games shadow cdrw www-data usb vpopmail users ntp smmsp guest utmp ping nogroup nobody'),
};
const RPM = {
  user: words('root bin daemon adm lp sync shutdown halt mail operator games ftp nobody dbus systemd-coredump systemd-network systemd-resolve systemd-oom tss'),
  group: words('root bin daemon sys adm tty disk lp mem kmem wheel cdrom mail man dialout floppy games tape video ftp lock audio users nobody dbus utmp input kvm render tss systemd-journal'),
};
const BUSYBOX = { user: words('root daemon bin sys sync mail www-data operator nobody'), group: words('root daemon bin sys adm tty disk lp mail kmem wheel cdrom dialout floppy video audio tape www-data operator utmp plugdev staff sudo users nobody nogroup') };
const DISTROLESS = { user: words('root nobody nonroot'), group: words('root tty staff nobody nonroot') };
const NONE = { user: [], group: [] };

/** Official images and the accounts they bring beside those of their distribution. */
const OFFICIAL: readonly [RegExp, readonly string[]][] = [
  [/^(?:debian|ubuntu|alpine|python|ruby|golang|rust|openjdk|eclipse-temurin|buildpack-deps|gcc|perl|elixir|erlang|bash|docker)$/, ['ubuntu']],
  [/^node$/, ['node']], [/^nginx$/, ['nginx']], [/^(?:httpd|php|wordpress|nextcloud|drupal)$/, ['www-data']], [/^(?:redis|valkey)$/, ['redis', 'valkey']], [/^postgres$/, ['postgres']],
  [/^(?:mysql|mariadb|percona)$/, ['mysql']], [/^mongo$/, ['mongodb']], [/^rabbitmq$/, ['rabbitmq']], [/^memcached$/, ['memcache']], [/^haproxy$/, ['haproxy']], [/^jenkins$/, ['jenkins']],
];

interface Known {
  readonly names: readonly string[];
}

const plainName = (image: string): string => image.replace(/^(?:docker\.io\/)?(?:library\/)?/, '').replace(/[:@].*$/, '');

/** The accounts of a base image, by its name; undefined where nobody here can know them. */
function ofBase(base: string, distribution: string, kind: Kind): Known | undefined {
  const name = plainName(base);
  if (name === 'scratch') return { names: NONE[kind] };
  if (name === 'busybox') return { names: BUSYBOX[kind] };
  if (/^gcr\.io\/distroless\//.test(base)) return { names: DISTROLESS[kind] };
  const official = OFFICIAL.find(([pattern]) => pattern.test(name));
  if (official) return { names: [...(distribution === 'alpine' ? ALPINE : DEBIAN)[kind], ...official[1]] };
  if (/^(?:fedora|centos|rockylinux|almalinux|amazonlinux|oraclelinux)$/.test(name) || /^registry\.(?:access\.)?redhat\.(?:com|io)\/ubi\d+\/ubi(?:-minimal|-init)?(?:[:@]|$)/.test(base)) return { names: RPM[kind] };
  return undefined;
}

/** True or false where the base of an image is known to have, or not to have, that account; undefined where nobody can say. */
export function baseHas(machine: Machine, s: Shipped, kind: Kind, name: string): boolean | undefined {
  // Its own USER is one that it has.
  const [user, group] = (baseImage(machine, s)?.user ?? '').split(':');
  if ((kind === 'user' ? user : group) === name) return true;
  return ofBase(baseOf(s), distributionOf(s), kind)?.names.includes(name);
}

/** The same for an image that has no Dockerfile here. */
export const imageHas = (image: string, kind: Kind, name: string): boolean | undefined => ofBase(image, /alpine/.test(image) ? 'alpine' : 'debian', kind)?.names.includes(name);
