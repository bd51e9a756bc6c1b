// A machine with a real systemd as its first process, in a container: units, cgroups and /proc are real, and there is no Docker inside.
import { existsSync, realpathSync } from 'node:fs';
import type { TestContext } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { root } from '../listing.ts';
import { docker, engineTest, longTest, unique } from './engine.ts';
import { must, ran, type Told } from './program.ts';

const IMAGE = 'harden-tui-test/systemd';
const DOCKERFILE = `FROM debian:bookworm-slim
RUN apt-get update && apt-get install -y --no-install-recommends systemd dbus gunicorn supervisor util-linux && rm -rf /var/lib/apt/lists/*
# Nothing but what a test starts.
RUN systemctl disable supervisor.service
`;

/** Where cgroups are version 1, systemd needs its own hierarchy alone (measured on 252); `--privileged` fails where we have not all capabilities ourselves. */
const CGROUPS = existsSync('/sys/fs/cgroup/systemd') ? ['-v', '/sys/fs/cgroup/systemd:/sys/fs/cgroup/systemd'] : ['--cgroupns', 'host', '-v', '/sys/fs/cgroup:/sys/fs/cgroup'];
// Root of a machine may read every process; root of a container may not.
// SYS_PTRACE: root of a machine may read what other users' processes hold open, root of a container may not without it.
const RIGHTS = ['--cap-add', 'SYS_ADMIN', '--cap-add', 'SYS_PTRACE', '--security-opt', 'seccomp=unconfined', '--tmpfs', '/run', '--tmpfs', '/run/lock', '--tmpfs', '/tmp', '-e', 'container=docker'];

export interface Systemd {
  /** What a shell script prints; throws when it fails. */
  sh(script: string): Promise<string>;
  /** As another user than root. */
  as(user: string, ...words: readonly string[]): Promise<Told>;
  write(path: string, text: string): Promise<void>;
  read(path: string): Promise<string>;
  /** The built program, inside, as root; its state lies in /var/lib/state. */
  harden(cwd: string, ...words: readonly string[]): Promise<Told>;
}

async function boot(t: TestContext): Promise<Systemd> {
  await must(['docker', 'build', '-q', '-t', IMAGE, '-'], { input: DOCKERFILE });
  const name = unique('ht-systemd');
  const mounts = ['-v', `${root}:/opt/harden-tui:ro`, '-v', `${realpathSync(process.execPath)}:/usr/local/bin/node:ro`];
  docker('run', '-d', '--name', name, ...RIGHTS, ...CGROUPS, ...mounts, IMAGE, '/lib/systemd/systemd');
  t.after(() => docker('rm', '-f', '-v', name));
  const exec = (options: readonly string[], words: readonly string[], input?: string): Promise<Told> => ran(['docker', 'exec', '-i', ...options, name, ...words], input === undefined ? {} : { input });
  const sh = async (script: string): Promise<string> => {
    const told = await exec([], ['sh', '-e'], script);
    if (told.code !== 0) throw new Error(`${script}\nended with ${told.code}:\n${told.stdout}\n${told.stderr}`);
    return told.stdout.trim();
  };
  for (let i = 0; i < 150; i++) {
    const { stdout } = await exec([], ['systemctl', 'is-system-running']);
    if (/running|degraded/.test(stdout)) break;
    if (i === 149) throw new Error(`systemd did not come up: ${stdout}`);
    await pause(200);
  }
  return {
    sh,
    as: (user, ...words) => exec(['-u', user], words),
    async write(path, text) {
      await must(['docker', 'exec', '-i', name, 'sh', '-c', 'mkdir -p "$(dirname "$1")" && cat > "$1"', 'sh', path], { input: text });
    },
    read: async (path) => must(['docker', 'exec', name, 'cat', path]),
    harden: (cwd, ...words) => exec(['-w', cwd, '-e', 'XDG_STATE_HOME=/var/lib/state', '-e', 'LC_ALL=C.UTF-8'], ['/opt/harden-tui/bin/harden-tui.js', ...words]),
  };
}

/** A test inside such a machine; skipped by name where there is no engine. */
export function systemdTest(name: string, body: (t: TestContext, machine: Systemd) => Promise<void>, options: { long?: boolean } = {}): void {
  (options.long ? longTest : engineTest)(name, async (t) => body(t, await boot(t)), { timeout: 8 * 60_000 });
}
