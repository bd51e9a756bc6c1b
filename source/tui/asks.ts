import type { Session } from '../engine/session.ts';
import { Stop } from '../model/errors.ts';
import { awayBefore } from '../report/away-for.ts';
import { toldShort } from '../report/places.ts';
import type { Message } from './message.ts';
import { ownOf } from './own-check.ts';
import type { Pages } from './pages.ts';
import { pageOf } from './report.ts';
import { tally } from './tally.ts';
import type { Ask } from './turn.ts';
import type { Wizard } from './wizard.ts';

/** What the wizard may ask of the world. */
export interface World {
  readonly session: Session;
  readonly now: () => number;
  calls?(): readonly (readonly string[])[];
  edit?(file: string, line: number): Promise<void>;
  copy(text: string): void;
  readonly pages?: Pages;
  /** What should never happen: the wizard closes, and whoever started it shows the stack. */
  broken(error: unknown): void;
}

type Tell = (message: Message) => void;

/** Carries out what turns ask for, and tells the wizard what came of it. */
export function perform(world: World, current: () => Wizard, tell: Tell): (ask: Ask) => void {
  const { session } = world;
  let interrupt = new AbortController();

  const answer = async (ask: Ask): Promise<void> => {
    switch (ask.kind) {
      case 'inspect': {
        const machine = await session.inspect((progress) => tell({ kind: 'progress', progress }));
        return tell({ kind: 'inspected', machine, findings: session.diagnose(machine) });
      }
      case 'answer': {
        const { machine } = current().looking;
        const answered = machine && await session.answer?.(machine, ask.appEditors);
        return answered && tell({ kind: 'answered', machine: answered, findings: session.diagnose(answered) });
      }
      case 'beyond': {
        const { machine } = current().looking;
        return machine && tell({ kind: 'beyond', of: ask.of, findings: await session.beyond?.(machine, ask.of) ?? [] });
      }
      case 'calls': return tell({ kind: 'calls', calls: world.calls?.() ?? [] });
      case 'offers': {
        const { machine, findings } = current().looking;
        const finding = findings.find((one) => one.id === ask.finding);
        if (!machine || !finding) return;
        // After a run the files are not those that were read: what can't be worked out on them any more stays unsaid.
        const offers = await session.offers(machine, finding).catch((error: unknown) => {
          if (error instanceof Stop && current().ended) return undefined;
          throw error;
        });
        return offers && tell({ kind: 'offers', machine, finding: ask.finding, offers });
      }
      case 'config': {
        const { machine } = current().looking;
        const configured = machine && await session.writeConfig?.(machine, ask.before, ask.after);
        return configured && tell({ kind: 'configured', machine: configured, findings: session.diagnose(configured), finding: ask.finding, decision: ask.decision, back: ask.back });
      }
      case 'plan': {
        const { machine } = current().looking;
        if (!machine) return;
        const plan = await session.plan(machine, ask.choices, ask.without);
        const preview = await session.preview(plan);
        // Where runs of before can't be read it is not known: nothing hangs on it.
        const away = awayBefore(await session.history().catch(() => []), plan.root, tally(plan).services);
        return tell({ kind: 'planned', choices: ask.choices, plan, preview, tells: plan.steps.map((step) => toldShort(session.tell(step), step.change, plan)), ...(away ? { away } : {}) });
      }
      case 'apply': {
        interrupt = new AbortController();
        const result = await session.apply(ask.plan, (event) => tell({ kind: 'event', event, at: world.now() }), interrupt.signal);
        return tell({ kind: 'ended', of: 'apply', result });
      }
      case 'rehearse': {
        interrupt = new AbortController();
        const { signal } = interrupt;
        // An engine that was interrupted says so by a Stop: here that is what was asked for, and no trouble.
        const result = await session.rehearse?.(ask.plan, (event) => tell({ kind: 'event', event, at: world.now() }), signal, ownOf(ask.own)).catch((error: unknown) => {
          if (signal.aborted && error instanceof Stop) return undefined;
          throw error;
        });
        return tell({ kind: 'rehearsed', plan: ask.plan, result: signal.aborted ? 'stopped' : result ?? 'none' });
      }
      case 'least': {
        const { machine } = current().looking;
        if (!machine) return;
        interrupt = new AbortController();
        const { signal } = interrupt;
        const seen = await session.leastPrivilege?.(machine, ask.sought, (event) => tell({ kind: 'trial', event, at: world.now() }), signal).catch((error: unknown) => {
          if (signal.aborted && error instanceof Stop) return undefined;
          throw error;
        });
        return tell({ kind: 'searched', finding: ask.finding, ...(seen && !signal.aborted ? { seen: { machine: seen, findings: session.diagnose(seen) } } : {}) });
      }
      case 'sort-out': {
        const { machine } = current().looking;
        if (!machine) return;
        interrupt = new AbortController();
        const { triage } = await import('../engine/triage.ts');
        const sorted = await triage(ask.plan, ask.complaint, {
          // What is the person's own may be what breaks.
          session: { ...session, ...(session.rehearse ? { rehearse: (part, onEvent, ends) => session.rehearse?.(part, onEvent, ends, ownOf(ask.own)) ?? Promise.resolve(undefined) } : {}) },
          machine, manner: 'rehearsing', interrupt: interrupt.signal,
          onAttempt: (plan) => tell({ kind: 'attempt', plan: ask.plan, trying: plan.choices.map((choice) => choice.finding) }),
          onEvent: () => (event) => tell({ kind: 'event', event, at: world.now() }),
        });
        const found = { guilty: sorted.guilty.map((one) => ({ finding: one.finding.id, what: one.complaint.what })), along: sorted.along.map((one) => one.finding.id) };
        return tell({ kind: 'sorted', plan: ask.plan, ...(sorted.cut || found.guilty.length === 0 ? {} : { found }) });
      }
      case 'interrupt': return interrupt.abort();
      case 'summary': {
        const runs = await session.history();
        // The newest stands last; a run already undone has nothing to take back.
        return tell({ kind: 'summary', summary: runs.findLast((run) => (ask.run === undefined ? run.ending === 'applied' : run.run === ask.run)) });
      }
      case 'since': {
        // Without an answer the question says what undo does about a file that was edited, whichever it is.
        const found = await session.since?.(ask.run).catch((error: unknown) => {
          if (error instanceof Stop) return undefined;
          throw error;
        });
        return found && tell({ kind: 'since', run: ask.run, found });
      }
      case 'to-come': {
        // What stands in the way of it is said when it is asked for in earnest.
        const commands = await session.undoOnPaper?.(ask.run).catch((error: unknown) => {
          if (error instanceof Stop) return undefined;
          throw error;
        });
        return commands && tell({ kind: 'to-come', run: ask.run, commands });
      }
      case 'history': {
        const runs = await session.history();
        // What crashes left lies in Docker, too: where that can't be asked, the runs are shown all the same.
        const left = await session.leftovers().catch((error: unknown) => {
          if (error instanceof Stop) return undefined;
          throw error;
        });
        const past = runs.map((summary) => ({ summary, tells: summary.plan.steps.map((step) => toldShort(session.tell(step), step.change, summary)) }));
        return tell({ kind: 'history', history: { runs: past.reverse(), ...(left ? { left } : {}), verified: new Map() } });
      }
      case 'verify': return tell({ kind: 'verified', run: ask.run, verified: await session.verify(ask.run) });
      case 'undo': return tell({ kind: 'ended', of: 'undo', result: await session.undo(ask.run, (event) => tell({ kind: 'event', event, at: world.now() })) });
      case 'place': {
        const place = await world.pages?.place(ask.page);
        return place === undefined ? undefined : tell({ kind: 'place', page: ask.page, place });
      }
      case 'write': {
        const content = await pageOf(ask.page, current(), session);
        const name = content === undefined ? undefined : await world.pages?.write(ask.page, content);
        return name === undefined ? undefined : tell({ kind: 'written', page: ask.page, name });
      }
      case 'copy': return world.copy(ask.text);
      case 'edit': {
        await world.edit?.(ask.file, ask.line);
        return tell({ kind: 'edited' });
      }
    }
  };

  return (ask) => {
    answer(ask).catch((error: unknown) => {
      if (error instanceof Stop) tell({ kind: 'stopped', what: error.what, next: error.next });
      else world.broken(error);
    });
  };
}
