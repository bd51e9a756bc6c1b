import type { Event, Offer, Preview, Progress, Result, RunSummary } from '../engine/session.ts';
import type { Since } from '../engine/since.ts';
import type { LeastEvent } from '../engine/least/index.ts';
import type { Finding } from '../model/finding.ts';
import type { Verified } from '../model/held.ts';
import type { Elsewhere, Machine } from '../model/machine.ts';
import type { Choice, Plan } from '../model/plan.ts';
import type { Rehearsal } from '../model/rehearsal.ts';
import type { Text } from '../model/text.ts';
import type { AwayBefore } from '../report/away-for.ts';
import type { Answers } from './answers.ts';
import type { Page } from './pages.ts';
import type { History } from './screens/history/state.ts';
import type { Sorted } from './rehearsing.ts';
import type { Decision } from './wizard.ts';

/** All that can happen to the wizard, keys and answers alike. */
export type Message =
  | { readonly kind: 'key'; readonly key: string }
  | { readonly kind: 'pasted'; readonly text: string }
  /** A `y` that was not by itself, where a yes is asked for. */
  | { readonly kind: 'no-yes' }
  /** What the terminal answered about itself. */
  | { readonly kind: 'terminal'; readonly answers: Answers }
  | { readonly kind: 'size'; readonly columns: number; readonly rows: number }
  /** A signal that ends programs: leaves nothing half done, then leaves with its exit code. */
  | { readonly kind: 'signal'; readonly code: number }
  | { readonly kind: 'progress'; readonly progress: Progress }
  | { readonly kind: 'inspected'; readonly machine: Machine; readonly findings: readonly Finding[] }
  /** The same machine with an answer that decides severities. */
  | { readonly kind: 'answered'; readonly machine: Machine; readonly findings: readonly Finding[] }
  /** The project's own settings are written, and the decision that wanted it stands. */
  | { readonly kind: 'configured'; readonly machine: Machine; readonly findings: readonly Finding[]; readonly finding: string; readonly decision: Decision | undefined; readonly back: boolean }
  /** What is not this project's was looked at. */
  | { readonly kind: 'beyond'; readonly of: Elsewhere['kind']; readonly findings: readonly Finding[] }
  | { readonly kind: 'calls'; readonly calls: readonly (readonly string[])[] }
  | { readonly kind: 'offers'; readonly machine: Machine; readonly finding: string; readonly offers: readonly Offer[] }
  | { readonly kind: 'planned'; readonly choices: readonly Choice[]; readonly plan: Plan; readonly preview: Preview; readonly tells: readonly Text[]; readonly away?: AwayBefore }
  | { readonly kind: 'event'; readonly event: Event; readonly at: number }
  /** `none`: nothing of it runs in a container. `stopped`: its copies were taken away before it ended. */
  | { readonly kind: 'rehearsed'; readonly plan: Plan; readonly result: Rehearsal | 'none' | 'stopped' }
  /** Another part of a plan that broke is rehearsed. */
  | { readonly kind: 'attempt'; readonly plan: Plan; readonly trying: readonly string[] }
  | { readonly kind: 'sorted'; readonly plan: Plan; readonly found?: Sorted }
  | { readonly kind: 'trial'; readonly event: LeastEvent; readonly at: number }
  /** A search by trials is over; the machine knows what was seen, unless it was stopped. */
  | { readonly kind: 'searched'; readonly finding: string; readonly seen?: { readonly machine: Machine; readonly findings: readonly Finding[] } }
  | { readonly kind: 'ended'; readonly of: 'apply' | 'undo'; readonly result: Result }
  | { readonly kind: 'summary'; readonly summary: RunSummary | undefined }
  | { readonly kind: 'since'; readonly run: string; readonly found: Since }
  | { readonly kind: 'to-come'; readonly run: string; readonly commands: readonly (readonly string[])[] }
  /** A page would be written there. */
  | { readonly kind: 'place'; readonly page: Page; readonly place: string }
  | { readonly kind: 'written'; readonly page: Page; readonly name: string }
  | { readonly kind: 'history'; readonly history: History }
  | { readonly kind: 'verified'; readonly run: string; readonly verified: Verified }
  /** Back from the editor. */
  | { readonly kind: 'edited' }
  /** The user's situation stands in the way of what was asked. */
  | { readonly kind: 'stopped'; readonly what: Text; readonly next: readonly Text[] };
