import { text } from '../../model/text.ts';
import { programOf } from '../../settings/roles.ts';
import { pingArgv } from './serializers.ts';
import { containersOf, type Witness } from './witness.ts';

const TRIES = 8;
const BEAT_MS = 1500;

/** Remote ports of established connections, of /proc/net/tcp's own table. */
const remotePorts = (table: string): readonly number[] =>
  table.split('\n').flatMap((row) => {
    const [, , remote = '', state] = row.trim().split(/\s+/);
    return state === '01' ? [parseInt(remote.split(':')[1] ?? '', 16)] : [];
  });

/** The worker answers through the broker, and its connections go to the port where TLS is spoken. Its own library has checked the certificate. */
export const brokerTls: Witness<'broker-tls'> = async (proof, machine, system) => {
  const name = proof.service;
  const [container] = containersOf(machine, name);
  const worker = container?.processes.find((p) => programOf(p.argv) === 'celery' && p.argv.includes('worker'));
  const argv = worker && pingArgv(worker.argv);
  if (!container || !argv) return { outcome: 'cannot-tell', text: text(`${name}: no worker could be seen`, `${name}：看不到 worker`) };
  let said = '';
  for (let i = 0; i < TRIES; i++) {
    const answer = await system.docker?.ask({ kind: 'exec', container: container.id, argv });
    said = answer?.stderr.trim().split('\n').at(-1) ?? '';
    if (answer?.stdout.includes('pong')) {
      const tables = await Promise.all(['/proc/net/tcp', '/proc/net/tcp6'].map((path) => system.docker?.ask({ kind: 'exec', container: container.id, argv: ['cat', path] })));
      const ports = tables.flatMap((t) => remotePorts(t?.stdout ?? ''));
      if (!ports.includes(proof.port)) return { outcome: 'cannot-tell', text: text(`${name} answers, but no connection to port ${proof.port} was seen`, `${name} 有回答，但没看到到端口 ${proof.port} 的连接`) };
      return { outcome: 'gone', text: text(`${name} answers through port ${proof.port}, whose certificate it has checked`, `${name} 通过端口 ${proof.port} 回答，证书已核对`) };
    }
    await system.pause(BEAT_MS);
  }
  return { outcome: 'left', text: text(`${name} does not answer through the broker any more${said ? `: ${said.slice(0, 160)}` : ''}`, `${name} 不再通过消息队列回答${said ? `：${said.slice(0, 160)}` : ''}`) };
};
