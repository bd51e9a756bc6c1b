import type { Finding } from '../../model/finding.ts';
import { findingId } from '../../model/finding-id.ts';
import type { Machine } from '../../model/machine.ts';
import type { Service } from '../../model/service.ts';
import type { Place } from '../../model/setting.ts';
import { text, type Text } from '../../model/text.ts';
import { runsCelery } from '../../settings/celery-argv.ts';
import { celeryPrograms } from '../../settings/celery-programs.ts';
import { chainOf } from '../../settings/chain.ts';
import { denies } from '../../settings/egress-unit.ts';
import { networksAt, reachesOut } from '../../settings/networks.ts';
import { wordsAt } from '../../settings/parsed.ts';
import type { Program } from '../../settings/program.ts';
import { subjectsOf } from '../../settings/subjects.ts';

export const ID = 'worker-egress';

const WHY = text(
  'A worker takes its orders from a queue. One bad message that gets through can fetch more from anywhere, and send out what it finds.',
  'worker 从队列里领命令。只要有一条坏消息得手，它就能从任何地方再取东西，也能把找到的东西送出去。',
);

function finding(machine: Machine, service: Service, name: string, at: Place | undefined, title: Text, note: Text): Finding {
  return {
    id: findingId(ID, at?.file ?? service.name, name),
    risk: ID,
    severity: 'info',
    confidence: 'declared',
    title,
    short: text(`${name} connects anywhere`, `${name} 可连任何地方`),
    why: WHY,
    subjects: subjectsOf(machine, service),
    places: at ? [at] : [],
    chain: chainOf(machine, service, at),
    seen: [],
    from: at ? [{ place: at, words: wordsAt(machine, at), note }] : [],
    detail: { service: service.name, program: name },
    aspect: name,
  };
}

const firstLine = (program: Program): Place | undefined => program.words.find((w) => w.at)?.at;

/** Celery workers alone: what a web app calls is its own affair, a worker mostly needs its broker. */
export function detect(machine: Machine): readonly Finding[] {
  const inCompose = machine.services.filter((s) => s.compose && runsCelery(machine, s) && reachesOut(machine, s)).map((s) =>
    finding(machine, s, s.name, networksAt(machine, s), text(`${s.name} may connect to anywhere`, `${s.name} 可以连到任何地方`), text('no network of it is internal', '它的网络都不是 internal')));
  const units = celeryPrograms(machine).filter((p) => p.starter === 'systemd' && !denies(p)).map((p) =>
    finding(machine, p.service, p.name, firstLine(p), text(`${p.name} may connect to anywhere`, `${p.name} 可以连到任何地方`), text('the unit has no IPAddressDeny=', 'unit 里没有 IPAddressDeny=')));
  return [...inCompose, ...units];
}
