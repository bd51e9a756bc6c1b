import type { LeastEvent, Sought } from '../engine/least/index.ts';
import type { Finding } from '../model/finding.ts';
import type { Text } from '../model/text.ts';
import type { Trial } from '../model/least.ts';

/** A search for the least that a service holds with, as it goes. */
export interface Searching {
  readonly finding: string;
  readonly sought: readonly Sought[];
  readonly limits?: { readonly trials: number; readonly seconds: number };
  readonly now?: { readonly service: string; readonly number: number; readonly most: number; readonly given: string; readonly since: number };
  readonly done: readonly { readonly service: string; readonly number: number; readonly trial: Trial }[];
  readonly found: readonly { readonly service: string; readonly text: Text }[];
  readonly stopping: boolean;
  readonly over: boolean;
}

/** Risks whose ways out are found by trials, and nowhere else. */
const BY_TRIAL: Readonly<Record<string, 'capabilities' | 'writable'>> = { 'all-capabilities': 'capabilities', 'writable-rootfs': 'writable' };

/** What a finding's way out has to know first; undefined where no trial can tell. */
export function soughtFor(finding: Finding): Sought | undefined {
  const what = BY_TRIAL[finding.risk];
  const service = finding.detail['service'];
  if (!what || finding.foreign || typeof service !== 'string') return undefined;
  return { service, capabilities: what === 'capabilities', writable: what === 'writable' };
}

export const newSearch = (finding: string, sought: readonly Sought[]): Searching => ({ finding, sought, done: [], found: [], stopping: false, over: false });

export function heardOfTrial(search: Searching, event: LeastEvent, at: number): Searching {
  switch (event.kind) {
    case 'limits': return { ...search, limits: { trials: event.trials, seconds: event.seconds } };
    case 'trial': return { ...search, now: { service: event.service, number: event.number, most: event.most, given: event.given, since: at } };
    case 'tried': return { ...search, now: undefined, done: [...search.done, { service: event.service, number: event.number, trial: event.trial }] };
    case 'found': return { ...search, now: undefined, found: [...search.found, { service: event.service, text: event.text }] };
  }
}
