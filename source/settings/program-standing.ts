import type { Finding } from '../model/finding.ts';
import type { Machine } from '../model/machine.ts';
import type { Place } from '../model/setting.ts';
import { chainOf } from './chain.ts';
import { wordsAt } from './parsed.ts';
import type { Program } from './program.ts';
import { subjectsOf } from './subjects.ts';

/** Where a finding about one program stands. Of several under one supervisord the name tells them apart. */
export function programStanding(machine: Machine, program: Program, at: Place | undefined): Pick<Finding, 'subjects' | 'places' | 'chain' | 'seen' | 'from' | 'detail' | 'aspect'> {
  const { service } = program;
  return {
    subjects: subjectsOf(machine, service),
    places: at ? [at] : [],
    chain: chainOf(machine, service, at),
    seen: [],
    from: at ? [{ place: at, words: wordsAt(machine, at) }] : [],
    detail: { service: service.name, program: program.name },
    ...(program.starter === 'supervisord' ? { aspect: program.name } : {}),
  };
}
