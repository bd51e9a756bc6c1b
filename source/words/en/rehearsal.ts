import type { RehearsalPhase } from '../../engine/session.ts';
import type { Compared } from '../../model/rehearsal.ts';
import { and } from './count.ts';

const copies = (n: number, volumes: readonly string[]): string => [
  `${n === 1 ? 'The one service' : n === 2 ? 'Both services' : `All ${n} services`}, twice, as copies: own networks with no way out, no open ports`,
  ...(volumes.length === 0 ? [] : [`copies of the volume${volumes.length === 1 ? '' : 's'} ${and(volumes)}`]),
].join(', ');

/** `12 s`, `2:05`: nobody waits for tenths. */
const whole = (ms: number): string => (ms < 59_500 ? `${Math.round(ms / 1000)} s` : `${Math.floor(Math.round(ms / 1000) / 60)}:${String(Math.round(ms / 1000) % 60).padStart(2, '0')}`);

export const rehearsal = {
  title: 'Rehearsal',
  inSight: (from: number, to: number, all: number) => `${from}-${to} of ${all}`,
  moreRows: (n: number) => `${n} more: e`,
  volume: (name: string, files: string) => `${name} (${files})`,
  made: (n: number, volumes: readonly string[]) => `${copies(n, volumes)}. Yours were not touched.`,
  making: (n: number, volumes: readonly string[]) => `${copies(n, volumes)}. Yours are not touched; esc stops it and takes every copy away.`,
  stopping: 'Stopping: the copies are taken away. Nothing of yours was touched.',
  phases: {
    building: 'building both from a copy of the files', raising: 'starting the copies', comparing: 'asking both the same things', removing: 'taking the copies away',
  } satisfies Record<RehearsalPhase, string> as Record<RehearsalPhase, string>,
  asIs: 'as it is',
  asPlanned: 'as planned',
  result: { gone: 'gone', left: 'left', same: 'same', WORSE: 'WORSE', 'cannot-tell': 'cannot tell' } satisfies Record<Compared['result'], string> as Record<Compared['result'], string>,
  counts: (gone: number, left: number, same: number, worse: number) => [`${gone} gone`, ...(left > 0 ? [`${left} left`] : []), `${same} same`, `${worse} worse`].join(', '),
  holds: (counts: string, ms: number, buildMs: number) => `Holds: ${counts}. ${whole(ms)}, after ${whole(buildMs)} of building.`,
  breaks: (worse: number, left: number) => `Breaks: ${worse === 0 && left > 0 ? `${left === 1 ? 'what it is to mend is' : `${left} of what it is to mend are`} still there in the copy as planned` : worse === 0 ? 'the copy as planned does not run' : worse === 1 ? 'one thing gets worse' : `${worse} things get worse`}. Nothing of yours has changed.`,
  cannotTell: (why: string) => `Cannot tell${why === '' ? '.' : `: ${why}`}`,
  notCompared: (n: number, all: number) => `${n} of ${all} could not be compared.`,
  goOn: 'a goes on without this answer: it is watched, and taken back if it gets worse.',
  drift: (service: string, brings: readonly string[]) => `Building ${service} brings more than the fix: ${brings.join('; ')}`,
  said: (service: string) => `${service} said, in the copy as planned`,
  inFull: 'Every row in full',
  spoken: (service: string, what: string, asIs: string, asPlanned: string, result: string) => `${service}. ${what}. As it is: ${asIs}. As planned: ${asPlanned}. ${result}.`,
  own: { yours: 'yours', typing: 'Also try a URL, or a command and its arguments:  ', noUrl: (typed: string) => `${typed} is not a URL that can be visited.` },
  notTried: (all: readonly string[]) => `Not tried: ${all.join(' ')}`,
  labels: { means: 'What that means', proofOf: 'proof of' },
  applyAsk: 'apply',
  ways: 'Ways on',
  another: (way: string) => `Instead: ${way}`,
  mends: 'the container mends the volume whenever it starts',
  thenAgain: 'then rehearse again',
  stepBack: (steps: readonly number[]) => `Put step ${and(steps.map(String))} back`,
  stepBackPrice: 'recommended; then rehearse again',
  lacking: (step: number, place: string, owner: string) => `It is step ${step} that gives ${place} to ${owner}, and it was dropped.`,
  putBack: (titles: string) => `Put back: ${titles}`,
  without: (service: string) => `Leave out what touches ${service}`,
  leaveOut: (services: readonly string[]) => `Leave ${and(services)} out`,
  keeps: (services: readonly string[], left: number, all: number) => (services.length === 0 || services.length > 3 ? `keeps ${left} of ${all}; then rehearse again` : `keeps the fixes of ${and(services)}, ${left} of ${all}`),
  triedPrice: (left: number, all: number) => `tried without the others; keeps ${left} of ${all}`,
  doctor: 'Find out which one it is',
  doctorPrice: (n: number) => `rehearses parts of the ${n === 1 ? 'one' : n}`,
  searching: (attempt: number, most: number) => `Finding out which one it is: parts of the plan are rehearsed, each for itself. Attempt ${attempt}${attempt > most ? ': more than one is to blame' : `, of ${most} at most where it is one alone`}.`,
  trying: (titles: string) => `Now: ${titles}`,
  guilty: (title: string, what: string) => `It is "${title}": ${what}`,
  withoutThese: (titles: string) => `Leave out: ${titles}`,
  again: 'Rehearse again',
  againPrice: 'the same plan once more',
  toPlan: 'Back to the plan',
  toPlanPrice: 'nothing is changed',
};
