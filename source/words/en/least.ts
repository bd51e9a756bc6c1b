import { and } from './count.ts';

/** Finding out by trial what a service can do without. */
export const least = {
  title: 'Trials',
  listed: (capabilities: boolean) => `${capabilities ? 'What it can do without' : 'Where it has to write'} is found out by trial: enter, then t.`,
  way: 'to be found out by trial first: t',
  offer: 't finds out by trial: disposable copies are started with less and less.',
  limits: (services: readonly string[], trials: number, seconds: number) => `What can ${and(services)} do without? Copies are started with less and less, and asked what the one as it is answers: at most ${trials} trials, about ${seconds} s each. Yours are not touched; esc stops it and takes every copy away.`,
  begins: 'Raising a copy as it is, to compare with.',
  stopping: 'Stopping: the copies are taken away. Nothing of yours was touched.',
  nth: (n: number, most: number) => `${n} of ${most}`,
  outcome: { holds: 'holds', breaks: 'breaks', 'cannot-tell': 'cannot tell' } as Record<'holds' | 'breaks' | 'cannot-tell', string>,
  found: 'Found',
  of: (service: string, what: string) => `${service}: ${what}`,
  over: 'enter goes back to the finding: its way out says what was found, and shows the diff.',
  nothing: 'It ended before anything was found.',
  trialKey: 'find out by trial',
};
