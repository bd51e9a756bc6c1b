import { Stop } from '../../model/errors.ts';
import { text } from '../../model/text.ts';
import { BY, LABEL } from '../../system/deeds.ts';
import type { Docker, System } from '../../system/system.ts';
import type { Event } from '../session.ts';
import type { Check } from '../watch.ts';

/** What a rehearsal works with. */
export interface RehearseContext {
  readonly system: System;
  /** Folder of the state: staged copies of the project lie below it. */
  readonly state: string;
  readonly onEvent: (event: Event) => void;
  /** The person's own, asked in both copies (own.ts). */
  readonly own?: readonly Check[];
  /** A rebuild that brings more than the fix ends it with a Stop. */
  readonly refuseDrift?: boolean;
  /** Ends it at once; everything that was made is taken away first. */
  readonly interrupt?: AbortSignal;
}

/** Where the copies stand: everything that is made there carries the one label, and goes with it. */
export interface Ground {
  readonly system: System;
  readonly docker: Docker;
  /** In the names of all that is made. */
  readonly id: string;
  readonly labels: Readonly<Record<string, string>>;
  /** An image of the project's that has a shell: work in volumes is done in it. */
  readonly shell: string;
  readonly interrupt?: AbortSignal;
}

/** Where staged copies lie, below the state's folder. */
export const STAGES = 'rehearsals';

/** Value of the label on everything of a rehearsal. */
export const REHEARSAL = 'rehearsal-';

export const labelsOf = async (system: System, id: string): Promise<Readonly<Record<string, string>>> => ({ [LABEL]: `${REHEARSAL}${id}`, [BY]: await system.processes.me() });

/** Why no copy can be made, or nothing compared: the answer is "cannot tell". */
export class CannotTell extends Error {
  readonly why;
  constructor(why: Stop['what']) {
    super(why.en);
    this.why = why;
  }
}

export function mayGoOn(interrupt: AbortSignal | undefined): void {
  if (interrupt?.aborted) throw new Stop(text('You stopped it. Every copy was taken away.', '你中止了它。所有副本都已清除。'), [], 130);
}

/** A part of a name that Docker takes. */
export const slug = (name: string): string => name.toLowerCase().replace(/[^a-z0-9_.-]+/g, '-').replace(/^[^a-z0-9]+/, '').slice(0, 60) || 'x';
