import type { Event } from '../engine/session.ts';
import { quote } from '../files/shellwords.ts';
import { foreign } from './plain.ts';
import type { LogLine, Run } from './wizard.ts';

/** A build may say ten thousand lines; the last ones explain. */
const KEPT = 2000;

const said = (log: readonly LogLine[], more: LogLine): readonly LogLine[] => [...(log.length >= KEPT ? log.slice(1 - KEPT) : log), more];

/** A program that redraws a row ends it with what counts. */
const lastDrawn = (row: string): string => row.replace(/\r+$/, '').split('\r').at(-1) ?? '';

/** What is known of a run after one more event. */
export function heard(run: Run, event: Event, at: number): Run {
  switch (event.kind) {
    case 'command':
      return { ...run, commands: [...run.commands, event.argv], log: said(run.log, { kind: 'command', text: foreign(quote(event.argv)) }) };
    case 'line':
      return { ...run, log: said(run.log, { kind: 'line', text: foreign(lastDrawn(event.line)) }) };
    case 'step': {
      // The same numbers come again while a run is taken back: what was done stays told apart from what is undone.
      const which = run.phase === 'taking-back' ? 'back' : 'steps';
      const known = run[which].get(event.step);
      const since = event.state === 'running' && known?.state !== 'running' ? at - event.ms : known?.since ?? at - event.ms;
      return { ...run, [which]: new Map(run[which]).set(event.step, { state: event.state, since, ms: event.ms, text: event.text ?? known?.text }) };
    }
    case 'phase': {
      const asked = run.phase === 'watching' || run.phase === 'proving';
      return { ...run, phase: event.phase, phaseSince: at, ...(asked ? { checkedMs: (run.checkedMs ?? 0) + at - run.phaseSince } : {}) };
    }
    case 'vital':
    case 'verdict':
    case 'rehearsal':
    case 'compared':
      // The result carries them all, in their order.
      return run;
  }
}
