import type { Finding, Severity } from '../../model/finding.ts';
import { findingId } from '../../model/finding-id.ts';
import type { Machine } from '../../model/machine.ts';
import { list, text, type Text } from '../../model/text.ts';
import { chainOf } from '../../settings/chain.ts';
import { wordsAt } from '../../settings/parsed.ts';
import { socketSeen } from '../../settings/said-seen.ts';
import { doors, governed, groupMay, isOutside, isPublished, othersMay, type Door } from '../../settings/supervisord-doors.ts';
import { containerSubjects } from '../../settings/subjects.ts';

export const ID = 'supervisor-open-control';

/** How bad an open door is; undefined for one that is shut. */
function severity(machine: Machine, door: Door): Severity | undefined {
  if (door.kind === 'unix') {
    if (door.password) return undefined;
    return othersMay(door) ? 'high' : groupMay(door) ? 'medium' : undefined;
  }
  const outside = isOutside(door);
  // With a login, but in clear text over the network.
  if (door.password) return outside && (door.service.host !== undefined || isPublished(machine, door)) ? 'low' : undefined;
  if (!outside) return 'medium';
  return door.service.host || isPublished(machine, door) ? 'high' : 'medium';
}

function title(door: Door): Text {
  const mode = ((door.socket?.mode ?? door.mode) ?? 0).toString(8).padStart(3, '0');
  if (door.kind === 'unix') {
    return othersMay(door)
      ? text(`Every user may command supervisord (socket ${mode})`, `所有用户都能指挥 supervisord（套接字 ${mode}）`)
      : text(`A whole group may command supervisord (socket ${mode})`, `整个组都能指挥 supervisord（套接字 ${mode}）`);
  }
  if (door.password) return text(`supervisord's password goes over the network in clear (port ${door.port ?? ''})`, `supervisord 的密码在网络上明文传输（端口 ${door.port ?? ''}）`);
  return isOutside(door)
    ? text(`supervisord takes orders from the network without a password (port ${door.port ?? ''})`, `supervisord 不用密码就听从网络上的命令（端口 ${door.port ?? ''}）`)
    : text(`supervisord takes orders on port ${door.port ?? ''} without a password`, `supervisord 在端口 ${door.port ?? ''} 上不用密码就听从命令`);
}

function why(machine: Machine, door: Door): Text {
  const names = [...new Set(governed(machine, door).map((p) => p.name))].slice(0, 4);
  const what = names.length > 0 ? list(names) : text('its programs', 'supervisord 的程序');
  const who = door.kind === 'unix'
    ? text(othersMay(door) ? 'Any user, also one that an app was broken into as,' : `Everybody in the group ${door.chown?.split(':')[1] ?? String(door.socket?.gid ?? '')}`, othersMay(door) ? '任何用户，包括应用被攻破后的那个用户，' : `组 ${door.chown?.split(':')[1] ?? String(door.socket?.gid ?? '')} 里的每个人`)
    : isOutside(door) ? text('Whoever reaches this port', '谁能连到这个端口，谁就') : text('Every program of this machine or container, also one that was broken into,', '本机或容器里的任何程序，包括被攻破的那个，');
  return text(
    `${who.en} can stop ${what.en}, start them again, and read and clear their logs. supervisord does it as root.`,
    `${who['zh-CN']}都能停掉和重新启动 ${what['zh-CN']}，读取和清空它们的日志。supervisord 以 root 身份照办。`,
  );
}

/** The same in so few words that the list has room for them. */
function short(door: Door): Text {
  const mode = ((door.socket?.mode ?? door.mode) ?? 0).toString(8).padStart(3, '0');
  const port = door.port ?? '';
  if (door.kind === 'unix') return othersMay(door) ? text(`supervisord obeys every user (${mode})`, `supervisord 听从所有用户（${mode}）`) : text(`supervisord obeys a whole group (${mode})`, `supervisord 听从整个组（${mode}）`);
  if (door.password) return text(`supervisord password in clear (${port})`, `supervisord 的密码明文传输（${port}）`);
  return isOutside(door) ? text(`supervisord open to network (${port})`, `supervisord 听从网络命令（${port}）`) : text(`supervisord without a password (${port})`, `supervisord 不用密码（${port}）`);
}

function finding(machine: Machine, door: Door, how: Severity): Finding {
  const { service, at, section, socket, listener, path } = door;
  const seen = socket?.mode !== undefined
    ? [socketSeen(path ?? '', socket)]
    : listener ? [text(`supervisord: listens on ${listener.address}:${listener.port}.`, `supervisord：监听 ${listener.address}:${listener.port}`)] : [];
  return {
    id: findingId(ID, at.file, section.name),
    risk: ID,
    severity: how,
    confidence: door.guess ? 'guess' : seen.length > 0 ? 'seen' : 'declared',
    title: title(door),
    short: short(door),
    why: why(machine, door),
    subjects: [{ kind: 'service', name: service.name }, ...containerSubjects(machine, service), ...(path ? [{ kind: 'socket' as const, name: path }] : [])],
    places: [at],
    chain: chainOf(machine, service, at),
    seen,
    from: [{ place: at, words: wordsAt(machine, at), ...(door.kind === 'inet' && !door.password ? { note: text('no username and password here', '这里没有 username 和 password') } : {}) }],
    detail: { file: at.file, section: section.name },
    aspect: `${section.name}${door.password ? ' login' : ''}`,
  };
}

/** Each door of each supervisord by itself: a socket may be shut where a port stands open. */
export const detect = (machine: Machine): readonly Finding[] => doors(machine).flatMap((door) => {
  const how = severity(machine, door);
  return how ? [finding(machine, door, how)] : [];
});
