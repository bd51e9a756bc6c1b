import { text } from '../../model/text.ts';
import { programOf } from '../../settings/roles.ts';
import { containersOf, type Witness } from './witness.ts';

const TRIES = 8;

/** `celery -A shop.tasks worker -l info` asked as `celery -A shop.tasks inspect --json conf`, by the same program. */
export function inspectArgv(argv: readonly string[], destination: string): readonly string[] | undefined {
  const at = argv.indexOf('worker');
  if (at < 0) return undefined;
  return [...argv.slice(0, at), 'inspect', '--json', '--timeout', '5', '--destination', destination, 'conf'];
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
      return { outcome: good ? 'gone' : 'left', text: text(`${name} itself says: ${said}${good ? ', nothing else' : ''}`, `${name} 自己说：${said}${good ? '，没有别的' : ''}`) };
    }
    await system.pause(1500);
  }
  return unknown;
};
