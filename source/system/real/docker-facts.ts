import type Dockerode from 'dockerode';
import type { DockerFacts } from '../../model/machine.ts';
import type { Shell } from '../system.ts';
import { isRemote } from './endpoint.ts';

interface Info {
  ID: string;
  OperatingSystem: string;
  SecurityOptions: string[] | null;
  CgroupVersion?: string;
  ServerVersion: string;
}

async function plugin(shell: Shell, name: string): Promise<string | undefined> {
  const { code, stdout } = await shell.ask(['docker', name, 'version', ...(name === 'compose' ? ['--short'] : [])], { timeoutMs: 10_000 });
  return code === 0 ? /\d+\.\d+[.\d]*/.exec(stdout)?.[0] : undefined;
}

export async function guardedFacts(engine: Dockerode, endpoint: string, shell: Shell): Promise<DockerFacts> {
  const [info, version, compose, buildx] = await Promise.all([
    engine.info() as Promise<Info>, engine.version(), plugin(shell, 'compose'), plugin(shell, 'buildx'),
  ]);
  const options = (info.SecurityOptions ?? []).join(' ');
  return {
    id: info.ID,
    engine: version.Version,
    api: version.ApiVersion,
    endpoint,
    remote: isRemote(endpoint),
    ...(compose === undefined ? {} : { compose }),
    ...(buildx === undefined ? {} : { buildx }),
    userns: options.includes('name=userns'),
    rootless: options.includes('name=rootless'),
    mac: options.includes('name=apparmor') ? 'apparmor' : options.includes('name=selinux') ? 'selinux' : 'none',
    ...(options.includes('name=no-new-privileges') ? { noNewPrivileges: true } : {}),
    desktop: info.OperatingSystem.includes('Docker Desktop'),
    cgroup: info.CgroupVersion ?? '1',
  };
}
