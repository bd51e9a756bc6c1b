import { lineage } from '../files/dockerfile.ts';
import type { EditFile } from '../model/change.ts';
import type { Machine } from '../model/machine.ts';
import { refuse, type Refusal } from '../model/risk.ts';
import { text } from '../model/text.ts';
import { confined } from './confined.ts';
import { editOf } from './edit.ts';
import { IS_NGINX, upstreamSockets, type Nginx, type WorkerUser } from './nginx-main.ts';
import { baseOf, runningOf, shipped } from './service-files.ts';

export interface NginxAccount {
  readonly name: 'www-data' | 'nginx';
  /** Its number, where the image is one whose numbers are known. */
  readonly uid?: number;
}

const WWW_DATA: NginxAccount = { name: 'www-data', uid: 33 };

/** The account that comes with this nginx: Debian's package takes www-data, nginx's own image and Alpine's package make nginx. */
export function accountFor(machine: Machine, { service, main }: Nginx): NginxAccount | undefined {
  const image = service && shipped(machine, service);
  const base = image ? baseOf(image) : (service?.image ?? '');
  if (service && !service.host && IS_NGINX.test(base)) return { name: 'nginx', uid: 101 };
  const runs = image ? lineage(image.stage, image.df).flatMap((s) => s.instructions).filter((i) => i.keyword === 'RUN').map((i) => i.args).join('\n') : '';
  if (/\bapk\b[^\n]*\bnginx\b/.test(runs)) return { name: 'nginx' };
  if (/\bapt(?:-get)?\b[^\n]*\bnginx\b/.test(runs)) return WWW_DATA;
  if (/\b(?:yum|dnf|microdnf)\b[^\n]*\bnginx\b/.test(runs)) return { name: 'nginx' };
  // On the machine itself, or for one elsewhere: Debian's files name folders that no other distribution has.
  if (!image && /\/etc\/nginx\/(?:sites|modules)-enabled\//.test(main?.file.text ?? '')) return { name: 'www-data' };
  return undefined;
}

/** A socket that is there, and that this account could not connect to: nginx would answer 502. */
export function closedTo(machine: Machine, nginx: Nginx, account: NginxAccount): string | undefined {
  const live = nginx.service ? runningOf(machine, nginx.service) : [];
  for (const path of upstreamSockets(nginx)) {
    // It may be opened by another container that shares the folder.
    const seen = machine.containers.flatMap((c) => c.sockets).concat(machine.host.sockets, ...live.map((c) => c.sockets)).find((s) => s.path === path && s.mode !== undefined);
    if (seen?.mode === undefined || (seen.mode & 0o002) !== 0) continue;
    if (account.uid !== undefined && ((seen.uid === account.uid && (seen.mode & 0o200) !== 0) || (seen.gid === account.uid && (seen.mode & 0o020) !== 0))) continue;
    return `${path} (${seen.mode.toString(8)} ${seen.uid ?? '?'}:${seen.gid ?? '?'})`;
  }
  return undefined;
}

/** Only a master that may change users can give its workers away: "setgid(33) failed (1: Operation not permitted)". */
export function cannotGiveAway(machine: Machine, { service }: Nginx): Refusal | undefined {
  if (!service || service.host) return undefined;
  const { dropsAll, adds } = confined(machine, service);
  const needed = ['CHOWN', 'SETGID', 'SETUID'].filter((c) => dropsAll && !adds.has(c));
  return needed.length === 0 ? undefined : refuse(text(`${service.name} drops all capabilities; nginx needs ${needed.join(', ')} back to start workers of another user`, `${service.name} 移除了全部 capability；nginx 要用别的用户启动工作进程，需要 ${needed.join('、')}`));
}

/** Another user in the place of the one that is written; its group goes with it. */
export function setWorkerUser(user: WorkerUser, name: string): EditFile | Refusal {
  if (user.directive) return editOf(user.file, [{ ...user.directive.argsSpan, text: name }]);
  const raw = user.file.text.slice(user.at.start, user.at.end);
  const found = /\buser\s+(\S+(?:[ \t]+\S+)?)[ \t]*;/.exec(raw);
  const args = found?.[1];
  if (!found || args === undefined) return refuse(text('the user stands in a form that can\'t be edited by itself', '用户的写法无法单独修改'));
  const start = user.at.start + found.index + found[0].indexOf(args);
  return editOf(user.file, [{ start, end: start + args.length, text: name }]);
}
