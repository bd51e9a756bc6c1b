import type { Text } from './text.ts';
import type { Place } from './setting.ts';

export const SEVERITIES = ['critical', 'high', 'medium', 'low', 'info'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** seen: a running thing shows it · declared: a file that decides says so · guess: something could not be resolved. */
export type Confidence = 'seen' | 'declared' | 'guess';

export interface Subject {
  readonly kind: 'service' | 'container' | 'process' | 'socket' | 'file' | 'image';
  readonly name: string;
  readonly id?: string;
}

/** One link of the chain from what runs to the line that decides. */
export interface ChainLink {
  readonly kind: 'process' | 'container' | 'service' | 'image' | 'dockerfile' | 'compose' | 'config' | 'socket';
  readonly label: string;
  readonly file?: string;
  readonly line?: number;
}

/** A line under "From": the place that decides, its words, and a note. */
export interface Evidence {
  readonly place: Place;
  readonly words: string;
  readonly note?: Text;
}

/** A risk seen at a place. One cause, one finding: every service it affects is a subject. */
export interface Finding {
  /** Stable across runs and moved lines: risk + deciding file + symbol, hashed. */
  readonly id: string;
  readonly risk: string;
  readonly severity: Severity;
  readonly confidence: Confidence;
  /** A sentence about this service, never a rule's name. */
  readonly title: Text;
  /** The same for the top of its own screen, where that says the rest anyway. */
  readonly head?: Text;
  /** The same in three or four words, where the title has no room. */
  readonly short?: Text;
  /** What it says of a service, for several of them at once: findings that share it are one row of the list, and one decision. */
  readonly plural?: Text;
  /** Why it matters here, in two sentences. */
  readonly why: Text;
  /** What somebody could do with it, and who is near enough today: the list shows it in place of `why`, which explains. */
  readonly reach?: Text;
  readonly subjects: readonly Subject[];
  readonly places: readonly Place[];
  readonly chain: readonly ChainLink[];
  /** What was seen running ("worker: celery, 3 processes, uid 0"). */
  readonly seen: readonly Text[];
  /** Whom it is there for, as far as that was seen. */
  readonly meant?: readonly Text[];
  /** The lines that decide, in the order of who wins. */
  readonly from: readonly Evidence[];
  /** Names the risk's own detail, so that its fixes need not look again. Plain data. */
  readonly detail: Readonly<Record<string, unknown>>;
  /** What of its subjects it is about, where one risk may find several things at one service: found again means the same one. */
  readonly aspect?: string;
  /** Meant to be so more often than not (a front door): `fix` takes it only where its risk is named. */
  readonly onlyNamed?: boolean;
  /** Its severity would be another one if a question about this project were answered otherwise, and nobody answered it yet. */
  readonly hangsOn?: 'app-editors';
  /** Not this project's: whose it is, and where it would be fixed. It is shown, and never offered for change. */
  readonly foreign?: Text;
  readonly suppressed?: { readonly reason: string; readonly until?: string };
}
