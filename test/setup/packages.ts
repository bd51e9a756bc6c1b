import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { answer, debianRoot, must, present, read, say } from './shell.ts';

// command -> the Debian package that brings it
const tools: Record<string, string> = {
  dockerd: 'docker.io',
  docker: 'docker.io',
  debootstrap: 'debootstrap',
  tmux: 'tmux',
  git: 'git',
  visudo: 'sudo',
};

// The same for the programs that are run on this machine itself (test/host): Debian's, as a server has them. The plugin and what Python imports bring no command.
const programs: Record<string, string> = {
  supervisord: 'supervisor',
  gunicorn: 'gunicorn',
  uwsgi: 'uwsgi-core',
  '/usr/lib/uwsgi/plugins/python3_plugin.so': 'uwsgi-plugin-python3',
  nginx: 'nginx-light',
  'redis-server': 'redis-server',
  celery: 'celery',
  '/usr/lib/python3/dist-packages/flask': 'python3-flask',
  '/usr/lib/python3/dist-packages/redis': 'python3-redis',
};

const here = (command: string) => (command.startsWith('/') ? existsSync(command) : present(command));

// Bookworm's compose is version 1 and it has no buildx, so these two come from trixie. Never docker-cli from there: that removes docker.io.
const plugins: Record<string, string> = { compose: 'docker-compose/trixie', buildx: 'docker-buildx/trixie' };

let updated = false;

function install(packages: string[]): void {
  say(`installing ${packages.join(', ')}`);
  // A source of somebody else's may be out of reach; whether ours was read shows in the install that follows.
  if (!updated) try { must(['apt-get', 'update']); } catch { say('  apt-get update complained; going on with what it has'); }
  updated = true;
  quietly(() => must(['apt-get', 'install', '-y', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=300', ...packages], { minutes: 10 }));
}

/** What Debian installs it also starts: nothing of that is wanted here. */
function quietly(install: () => void): void {
  const policy = '/usr/sbin/policy-rc.d';
  const ours = !existsSync(policy);
  if (ours) writeFileSync(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    install();
  } finally {
    if (ours) rmSync(policy);
  }
}

/** Only what is missing is installed; where nothing may be installed, what is missing is named and the tests skip by themselves. */
export function packages(): void {
  const wanted = { ...tools, ...programs };
  const missing = [...new Set(Object.keys(wanted).filter((command) => !here(command)).map((command) => wanted[command]!))];
  if (missing.length > 0 && !debianRoot()) return say(`not installed, as this is not Debian with root: ${missing.join(', ')}`);
  if (missing.length > 0) install(missing);

  const absent = Object.keys(plugins).filter((plugin) => answer(['docker', plugin, 'version']) === undefined);
  if (absent.length === 0) return;
  if (!debianRoot()) return say(`docker has no ${absent.join(' and no ')} plugin here`);
  if (codename() === 'bookworm') addTrixie();
  install(absent.map((plugin) => plugins[plugin]!));
}

const codename = () => /^VERSION_CODENAME=(.*)$/m.exec(read('/etc/os-release'))?.[1];

// Pinned below everything, so that nothing else ever comes from it.
function addTrixie(): void {
  if (/n=trixie/.test(answer(['apt-cache', 'policy']) ?? '')) return;
  writeFileSync('/etc/apt/sources.list.d/trixie.list', `deb ${mirror()} trixie main\n`);
  writeFileSync('/etc/apt/preferences.d/trixie', 'Package: *\nPin: release n=trixie\nPin-Priority: 50\n');
  updated = false;
}

/** Where this machine itself gets Debian from: the one address that is known to work here. */
export function mirror(): string {
  const folder = '/etc/apt/sources.list.d';
  const files = ['/etc/apt/sources.list', ...readdirSync(folder).sort().map((name) => path.join(folder, name))];
  const lines = files.filter((file) => existsSync(file)).flatMap((file) => read(file).split('\n'));
  for (const line of lines) {
    const uri = /^\s*(?:URIs:|deb\s(?:\s*\[[^\]]*\])?)\s*(\S+\/debian)\/?(?:\s|$)/.exec(line)?.[1];
    if (uri) return uri;
  }
  throw new Error('no Debian mirror is named in /etc/apt: cannot tell where packages come from');
}
