import type { Finding } from '../../model/finding.ts';
import { findingId } from '../../model/finding-id.ts';
import type { Machine } from '../../model/machine.ts';
import { chainOf } from '../../settings/chain.ts';
import { wordsAt } from '../../settings/parsed.ts';
import { unclean, type Unclean } from '../../settings/unclean-stop.ts';
import { words } from './words.ts';
import { subjectsOf } from '../../settings/subjects.ts';

export const ID = 'unclean-stop';

function finding(machine: Machine, one: Unclean): Finding {
  const { program: { service, name }, why, at } = one;
  const { title, short, because, note } = words(one);
  // What a program may lack besides is told apart; the first two never meet.
  const symbol = why === 'reloads' || why === 'no-time' ? name : `${name}:${why}`;
  return {
    id: findingId(ID, at.file, `${service.name}/${symbol}`),
    risk: ID,
    severity: why === 'leaves-socket' ? 'info' : 'low',
    confidence: 'declared',
    title,
    short,
    why: because,
    subjects: subjectsOf(machine, service),
    places: [at],
    chain: chainOf(machine, service, at),
    seen: [],
    from: [{ place: at, words: wordsAt(machine, at), note }],
    detail: { service: service.name, program: name, why },
    aspect: symbol,
  };
}

export const detect = (machine: Machine): readonly Finding[] => unclean(machine).map((u) => finding(machine, u));
