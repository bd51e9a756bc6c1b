import { Stop } from '../model/errors.ts';
import type { Machine } from '../model/machine.ts';
import type { Plan } from '../model/plan.ts';
import { text, type Text } from '../model/text.ts';
import { isPickle, namesPickle, settingsNamed } from '../settings/celery.ts';
import { pickleByDefault } from '../settings/pickle-default.ts';
import { waitingFor } from '../settings/queues.ts';
import type { System } from '../system/system.ts';
import { queued } from './queued.ts';
import { containersNow } from './running.ts';

const TYPES: Readonly<Record<string, readonly string[]>> = { json: ['application/json'], yaml: ['application/x-yaml'], msgpack: ['application/x-msgpack'], auth: ['application/data'], pickle: ['application/x-python-serialize'] };

const reads = (accept: readonly string[], type: string): boolean => accept.some((a) => a === type || (TYPES[a] ?? []).includes(type) || (isPickle(a) && isPickle(type)));

/** Something of the project still sends pickle, so drain-first is the way that is left. */
const sendsPickle = (machine: Machine): boolean => settingsNamed(machine, 'task_serializer').some((s) => namesPickle(s) !== 'no') || pickleByDefault(machine).length > 0;

/** A choice that would lose messages, and what can be done instead. */
export interface Undrained {
  readonly finding: string;
  readonly what: Text;
  readonly next: Text;
}

/**
 * A worker that reads less than before throws away what waits for it: it is acknowledged and lost (measured, FACTS.md
 * section 4). So the broker is asked before anything is begun. Where it can't be asked, this stays unsaid, as it was.
 */
export async function undrained(plan: Plan, machine: Machine, { docker }: System): Promise<readonly Undrained[]> {
  if (!docker) return [];
  const all: Undrained[] = [];
  for (const { finding, proofs, due } of plan.owed) {
    const path = plan.findings.find((f) => f.id === finding)?.detail['file'];
    for (const proof of proofs) {
      if (proof.kind !== 'serializers' || due || typeof path !== 'string') continue;
      const worker = machine.services.find((s) => s.name === proof.service);
      const where = worker && waitingFor(machine, worker, path);
      const found = where && (await queued(where, machine, docker));
      if (!where || !found) continue;
      const lost = [...found.types].filter(([type]) => !reads(proof.accept, type)).reduce((sum, [, n]) => sum + n, 0);
      const pickled = [...found.types].filter(([type]) => isPickle(type)).reduce((sum, [, n]) => sum + n, 0);
      const still = sendsPickle(machine);
      // Of what could only be counted it matters whether pickle is sent at all.
      const maybe = still ? found.unknown : 0;
      if (lost + maybe === 0) continue;
      const [n, name] = [lost + maybe, where.broker.name];
      const kind = pickled > 0 && pickled === lost ? (pickled === n ? text(', pickled', '，都是 pickle') : text(`, ${pickled} of them pickled`, `，其中 ${pickled} 条是 pickle`)) : maybe > 0 && lost === 0 ? text('; of what kind can\'t be told without taking them', '；不取出来就看不出是哪一种') : text('', '');
      all.push({
        finding,
        what: text(`${n} ${n === 1 ? 'message waits' : 'messages wait'} for ${proof.service} in ${name}${kind.en}, and it would throw ${n === 1 ? 'it' : 'them'} away: afterwards it reads ${proof.accept.join(', ')} alone.`, `${name} 里有 ${n} 条消息在等 ${proof.service}${kind['zh-CN']}，改完它们会被丢掉：之后它只读 ${proof.accept.join('、')}。`),
        next: still
          ? text('Read both for a while first: harden-tui fix --fix pickle-serializer=drain-first', '先让它两种都读一段时间：harden-tui fix --fix pickle-serializer=drain-first')
          : containersNow(machine, proof.service).length > 0 || worker.host?.running === true
            ? text('JSON is sent already: try again when they are done.', '现在已经只发 JSON：等它们处理完再试一次。')
            : text(`JSON is sent already, but ${proof.service} does not run: start it, and try again when they are done.`, `现在已经只发 JSON，但 ${proof.service} 没有在运行：先启动它，等它们处理完再试一次。`),
      });
      break;
    }
  }
  return all;
}

/** The last look before a plan is begun: what came into the queue since stops all of it. */
export async function mustBeDrained(plan: Plan, machine: Machine, system: System): Promise<void> {
  const [first] = await undrained(plan, machine, system);
  if (first) throw new Stop(text(`${first.what.en} Nothing was begun.`, `${first.what['zh-CN']}什么都没有开始。`), [first.next]);
}
