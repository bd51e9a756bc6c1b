import { resolve } from 'node:path';
import { useradd } from '../changes/make-account.ts';
import type { ByHand, CreateFile, EditFile, RestartHost } from '../model/change.ts';
import type { Machine } from '../model/machine.ts';
import type { Service } from '../model/service.ts';
import { list, text, type Text } from '../model/text.ts';
import { owning } from '../system/deeds.ts';
import type { HostDeed } from './on-host.ts';

function commandsOf(deed: HostDeed): readonly (readonly string[])[] {
  switch (deed.kind) {
    case 'make-account': return [useradd(deed)];
    case 'make-folder': return [['install', '-d', '-o', String(deed.uid), '-g', String(deed.gid), '-m', deed.mode.toString(8), deed.path]];
    case 'set-path': {
      const spoken = owning(deed.path, deed);
      if (deed.code) {
        const those = ['find', deed.path, '-xdev', ...deed.code.but.flatMap((b) => ['-path', b, '-prune', '-o']), '-uid', String(deed.code.from), '-not', '-type', 'l'];
        // The mode first: afterwards they are not found by that owner any more.
        return [[...those, '-exec', 'chmod', 'go-w,g+rX', '{}', '+'], ...spoken.map((argv) => [...those, '-exec', ...argv.slice(0, -1), '{}', '+'])];
      }
      return deed.below ? spoken.map((argv) => (argv[0] === 'chown' ? ['find', deed.path, '-xdev', '-uid', '0', '-exec', ...argv.slice(0, -1), '{}', '+'] : argv)) : spoken;
    }
  }
}

function restartWords(restart: RestartHost): readonly (readonly string[])[] {
  if (restart.by === 'systemd') return [['systemctl', 'daemon-reload'], ['systemctl', 'restart', restart.name]];
  const control = restart.supervisor?.control;
  if (restart.master !== undefined && (restart.how === 'reload' || !control)) return [['kill', '-HUP', String(restart.master)]];
  if (restart.how === 'reload' || !control) return [['supervisorctl', ...(control ?? ['-c', restart.supervisor?.config ?? '']), 'reload']];
  return [['supervisorctl', ...control, restart.how, restart.how === 'update' ? (restart.name.split(':')[0] ?? restart.name) : restart.name]];
}

/** What stands in the project as it is to stand outside: it is installed, not written again. */
export interface Install {
  readonly from: string;
  readonly to: string;
}

/** All that root has to do, in its order: what to write, and the commands. */
export function byRoot(all: readonly (EditFile | CreateFile)[], installs: readonly Install[], deeds: readonly HostDeed[], restarts: readonly RestartHost[]): ByHand {
  const files = all.filter((f) => !installs.some((i) => i.to === f.path));
  const paths = list(files.map((f) => f.path));
  const writes = files.length === 0 ? undefined : text(`change ${paths.en} as shown`, `按所示修改 ${paths['zh-CN']}`);
  const commands = [...deeds.flatMap(commandsOf), ...installs.map(({ from, to }) => ['install', '-m', '644', from, to]), ...restarts.flatMap(restartWords)];
  const runs = commands.length === 0 ? undefined : text('run the commands below', '运行下面的命令');
  const both = [writes, runs].filter((t): t is Text => t !== undefined);
  return {
    kind: 'by-hand', services: [...new Set(restarts.flatMap((r) => r.services))], commands,
    words: text(`as root: ${both.map((t) => t.en).join(', then ')}`, `以 root 身份：${both.map((t) => t['zh-CN']).join('，然后')}`),
    ...(files.length > 0 ? { files } : {}),
  };
}

/** A program that somebody started in a shell: only that somebody knows with which environment, and whether it may end now. */
export function byTheirShell(machine: Machine, service: Service): ByHand {
  const first = machine.host.processes.find((p) => p.pid === service.pids?.[0]);
  const cwd = service.host?.cwd ?? first?.cwd;
  return {
    kind: 'by-hand', services: [service.name],
    words: text(`stop ${service.name} and start it again as it was started: no unit and no supervisord keeps it`, `停止 ${service.name}，再按原来的方式启动：没有 unit 或 supervisord 管理它`),
    commands: [...(first ? [['kill', String(first.pid)]] : []), ...(cwd ? [['cd', resolve(cwd)]] : []), ...(first ? [first.argv] : [])],
  };
}

/** A unit of a user's own systemd: `systemctl` without `--user` would look for another one of that name. */
export function byTheirManager(machine: Machine, service: Service, manager: number): ByHand {
  const name = service.host?.name ?? service.name;
  const as = machine.uid === manager ? [] : ['sudo', '-u', `#${manager}`, `XDG_RUNTIME_DIR=/run/user/${manager}`];
  return {
    kind: 'by-hand', services: [service.name],
    words: text(`start ${name} again as uid ${manager}: it is a unit of that user's own systemd`, `以 uid ${manager} 重新启动 ${name}：它是该用户自己的 systemd 的 unit`),
    commands: [[...as, 'systemctl', '--user', 'daemon-reload'], [...as, 'systemctl', '--user', 'restart', name]],
  };
}
