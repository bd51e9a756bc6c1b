import type { Finding } from '../../model/finding.ts';
import { findingId } from '../../model/finding-id.ts';
import type { Machine } from '../../model/machine.ts';
import { list, text, type Text } from '../../model/text.ts';
import { notKeptUp, type NotKeptUp } from '../../settings/kept-up.ts';
import { wordsAt } from '../../settings/parsed.ts';
import { subjectsOf } from '../../settings/subjects.ts';

export const ID = 'unsupervised-process';

const NOTES: Readonly<Record<NotKeptUp['lacks'], Text>> = {
  restart: text('not started again when it ends', '结束之后不会再启动'),
  start: text('not started with supervisord', '不会随 supervisord 启动'),
  owner: text('started in a terminal', '在终端里启动'),
};

/** What compose starts is one file's affair and one finding; everything else is a program's own line. */
const keyOf = ({ program, lacks, at }: NotKeptUp): string =>
  program.starter === 'container' ? `compose ${program.service.compose?.project ?? ''}` : `${at?.file ?? ''} ${program.name} ${lacks === 'owner' ? 'owner' : 'own'}`;

function finding(machine: Machine, all: readonly [NotKeptUp, ...NotKeptUp[]]): Finding {
  const [first] = all;
  const services = [...new Map(all.map((n) => [n.program.service.name, n.program.service])).values()];
  const names = list([...new Set(all.map((n) => n.program.name))]);
  const many = new Set(all.map((n) => n.program.name)).size > 1;
  const places = all.flatMap((n) => n.at ?? []);
  const live = all.some((n) => n.program.live.processes.length > 0);
  const why: Text = first.lacks === 'owner'
    ? text('It was started in a terminal. When it ends, or the machine is started anew, nobody starts it again.', '它是在终端里启动的。它结束之后，或者机器重启之后，没有人会再启动它。')
    : text('What ends once stays away until somebody notices: an attempt that fails takes the service down for good.', '一旦结束就一直没了，直到有人发现：一次失败的攻击也能让服务就此停掉。');
  return {
    id: findingId(ID, places[0]?.file ?? first.program.service.name, keyOf(first)),
    risk: ID,
    severity: 'low',
    confidence: live ? 'seen' : 'declared',
    title: text(`Nobody starts ${names.en} again when ${many ? 'they end' : 'it ends'}`, `${names['zh-CN']} 结束之后没有人再启动`),
    short: text(`${names.en} not started again`, `${names['zh-CN']} 没人再启动`),
    why,
    subjects: services.flatMap((s) => subjectsOf(machine, s)),
    places,
    chain: places.slice(0, 1).map((at) => ({ kind: 'config', label: 'decides', file: at.file, line: at.line })),
    seen: [],
    from: all.flatMap((n) => (n.at ? [{ place: n.at, words: wordsAt(machine, n.at), note: NOTES[n.lacks] }] : [])),
    detail: { services: services.map((s) => s.name), key: keyOf(first) },
  };
}

export function detect(machine: Machine): readonly Finding[] {
  const groups = new Map<string, [NotKeptUp, ...NotKeptUp[]]>();
  for (const one of notKeptUp(machine)) {
    const group = groups.get(keyOf(one));
    if (group) group.push(one);
    else groups.set(keyOf(one), [one]);
  }
  return [...groups.values()].map((all) => finding(machine, all));
}

/** The same programs again, for the ways out. */
export const programsOfFinding = (finding: Finding, machine: Machine): readonly NotKeptUp[] => notKeptUp(machine).filter((n) => keyOf(n) === finding.detail['key']);
