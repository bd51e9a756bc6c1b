import type { DockerOptions } from 'dockerode';
import { text } from '../../model/text.ts';
import { Stop } from '../../model/errors.ts';

/** What dockerode wants for an endpoint as the docker CLI writes it. */
export function clientOptions(endpoint: string): DockerOptions {
  const url = /^([a-z]+):\/\/(.*)$/.exec(endpoint);
  const [, scheme = '', rest = ''] = url ?? [];
  if (scheme === 'unix' || scheme === 'npipe') return { socketPath: rest };
  if (scheme === 'tcp' || scheme === 'http' || scheme === 'https') {
    const at = new URL(`${scheme === 'tcp' ? 'http' : scheme}://${rest}`);
    return { protocol: scheme === 'https' ? 'https' : 'http', host: at.hostname, port: Number(at.port || 2375) };
  }
  throw new Stop(text(`This Docker address is of a kind that can't be used yet: ${endpoint}`, `暂不支持这种 Docker 地址：${endpoint}`), [
    text('Use a unix:// or tcp:// address, or run harden-tui on that machine.', '请使用 unix:// 或 tcp:// 地址，或在那台机器上运行 harden-tui。'),
  ]);
}
