import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { mirror } from './packages.ts';
import { answer, cache, debianRoot, must, say } from './shell.ts';

const debian = 'debian:bookworm-slim';
const python = 'python:3.11-slim';

/** The two images that scenarios build on. No registry is needed: they are made from Debian's packages, once per machine. */
export function images(): void {
  if (!there(debian)) importDebian();
  if (!there(python)) must(['docker', 'build', '-q', '-t', python, '-'], { input: pythonOnTop });
}

export const there = (image: string) => answer(['docker', 'image', 'inspect', '-f', '{{.Id}}', image]) !== undefined;

// What people expect of the image of that name: `python` on the path, and an interpreter when no command is given.
const pythonOnTop = `FROM ${debian}
ENV LANG=C.UTF-8
RUN ln -s /usr/bin/python3 /usr/local/bin/python && ln -s /usr/bin/python3 /usr/local/bin/python3
CMD ["python3"]
`;

function importDebian(): void {
  const arch = answer(['docker', 'version', '--format', '{{.Server.Arch}}']) ?? 'unknown';
  const tarball = path.join(cache, `bookworm-${arch}.tar.gz`);
  if (!existsSync(tarball)) {
    if (!debianRoot()) return must(['docker', 'pull', debian], { minutes: 10 });
    make(tarball, arch);
  }
  const search = 'ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
  must(['docker', 'import', '--change', 'CMD ["bash"]', '--change', search, tarball, debian]);
}

function make(tarball: string, arch: string): void {
  say(`making ${debian} with debootstrap, about a minute`);
  const tree = mkdtempSync('/var/tmp/harden-tui-base-');
  try {
    const from = mirror();
    must(['debootstrap', '--variant=minbase', `--arch=${arch}`, '--include=python3,ca-certificates', 'bookworm', tree, from], { minutes: 10 });
    likeAnImage(tree);
    const passing = `${tarball}.${process.pid}`;
    must(['tar', '-C', tree, '-cz', ...left.map((pattern) => `--exclude=./${pattern}`), '-f', passing, '.']);
    renameSync(passing, tarball);
  } finally {
    rmSync(tree, { recursive: true, force: true });
  }
}

// As in the published slim image, and nothing of this machine's (its name, its resolver).
const left = [
  'dev/*', 'proc/*', 'sys/*', 'etc/resolv.conf', 'etc/hostname', 'var/log/*',
  'var/cache/apt/archives/*.deb', 'var/cache/apt/*.bin', 'var/lib/apt/lists/*',
  'usr/share/doc/*', 'usr/share/locale/*', 'usr/share/man/man*/*',
];

function likeAnImage(tree: string): void {
  // Without it `apt-get install redis-server` starts a server while the image is being built.
  writeFileSync(path.join(tree, 'usr/sbin/policy-rc.d'), '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  mkdirSync(path.join(tree, 'etc/dpkg/dpkg.cfg.d'), { recursive: true });
  writeFileSync(path.join(tree, 'etc/dpkg/dpkg.cfg.d/docker-speed'), 'force-unsafe-io\n');
  // Builds reach the mirror as this machine does: through its proxy, and with its leniency towards an old mirror's dates.
  const ways = (answer(['apt-config', 'dump']) ?? '').split('\n').filter((line) => /^Acquire::(https?::Proxy|Check-(Valid-Until|Date)) /.test(line));
  if (ways.length > 0) writeFileSync(path.join(tree, 'etc/apt/apt.conf.d/90-host'), `${ways.join('\n')}\n`);
}
