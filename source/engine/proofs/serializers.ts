import { X509Certificate } from 'node:crypto';
import { text } from '../../model/text.ts';
import { programOf } from '../../settings/roles.ts';
import type { System } from '../../system/system.ts';
import { containersOf, type Witness } from './witness.ts';

const TRIES = 8;

/** `celery -A shop.tasks worker -l info` asked as `celery -A shop.tasks inspect --json conf`, by the same program. */
export function inspectArgv(argv: readonly string[], destination: string): readonly string[] | undefined {
  const at = argv.indexOf('worker');
  if (at < 0) return undefined;
  return [...argv.slice(0, at), 'inspect', '--json', '--timeout', '5', '--destination', destination, 'conf'];
}

/** The same program asks through the broker who is there; by any name, as a worker may have been given another than its host's. */
export function pingArgv(argv: readonly string[]): readonly string[] | undefined {
  const at = argv.indexOf('worker');
  return at < 0 ? undefined : [...argv.slice(0, at), 'inspect', '--json', '--timeout', '5', 'ping'];
}

function accepted(stdout: string): readonly string[] | undefined {
  const from = stdout.indexOf('{');
  try {
    const [conf] = Object.values(JSON.parse(stdout.slice(from)) as Record<string, { accept_content?: string[] }>);
    return conf?.accept_content;
  } catch {
    return undefined;
  }
}

/** One expired certificate stops every worker (measured): the day belongs where the result is read. */
async function validUntil(system: System, container: string, path: string): Promise<string | undefined> {
  const pem = await system.docker?.ask({ kind: 'exec', container, argv: ['cat', path] });
  try {
    return new Date(new X509Certificate(pem?.stdout ?? '').validTo).toISOString().slice(0, 10);
  } catch {
    return undefined;
  }
}

/** The worker itself says what it accepts (`inspect conf` shows the live configuration, FACTS.md section 4). */
export const serializers: Witness<'serializers'> = async (proof, machine, system) => {
  const name = proof.service;
  const unknown = { outcome: 'cannot-tell' as const, text: text(`${name}: the worker did not answer`, `${name}：worker 没有回答`) };
  const [container] = containersOf(machine, name);
  const worker = container?.processes.find((p) => programOf(p.argv) === 'celery' && p.argv.includes('worker'));
  const raw = container && (await system.docker?.look.container(container.id));
  const argv = worker && raw && inspectArgv(worker.argv, `celery@${raw.Config.Hostname}`);
  if (!container || !argv) return unknown;
  for (let i = 0; i < TRIES; i++) {
    const answer = await system.docker?.ask({ kind: 'exec', container: container.id, argv });
    const accept = answer && accepted(answer.stdout);
    if (accept) {
      const good = accept.length === proof.accept.length && accept.every((a) => proof.accept.includes(a));
      const said = accept.join(', ');
      const until = good && proof.certificate ? await validUntil(system, container.id, proof.certificate) : undefined;
      const holds = until ? text(`; its certificate holds until ${until}`, `；证书有效期到 ${until}`) : text('', '');
      return { outcome: good ? 'gone' : 'left', text: text(`${name} itself says: ${said}${good ? ', nothing else' : ''}${holds.en}`, `${name} 自己说：${accept.join('、')}${good ? '，没有别的' : ''}${holds['zh-CN']}`) };
    }
    await system.pause(1500);
  }
  return unknown;
};
