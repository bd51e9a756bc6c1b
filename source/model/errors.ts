import type { Text } from './text.ts';

/** The user's situation: what happened, and what to try next. Printed calmly, exit code 2 (or as given). */
export class Stop extends Error {
  readonly what: Text;
  readonly next: readonly Text[];
  readonly exitCode: number;
  constructor(what: Text, next: readonly Text[] = [], exitCode = 2) {
    super(what.en);
    this.what = what;
    this.next = next;
    this.exitCode = exitCode;
  }
}

/** Ours: something that cannot be happened. Printed with its stack and where to report it. */
export class Bug extends Error {}
