import { lookAgain } from './again.ts';
import { interrupted } from './interrupt.ts';
import type { Message } from './message.ts';
import { pressed, wrote } from './pressed.ts';
import { heard } from './run.ts';
import { leave } from './screens/common.ts';
import { doneScreen } from './screens/done/state.ts';
import { taken, withHighlighted } from './screens/findings/decide.ts';
import { findingsScreen } from './screens/findings/state.ts';
import { plan } from './screens/findings/keys.ts';
import { takenBackScreen } from './screens/taken-back/state.ts';
import { openFresh, restart, turn, type Turn } from './turn.ts';
import { shown, type Wizard } from './wizard.ts';

type Of<K extends Message['kind']> = Extract<Message, { kind: K }>;

/** Everything was seen: decisions about what is no longer there are forgotten, and we go where it was wished to go. */
function inspected(wizard: Wizard, { machine, findings }: Of<'inspected'>): Turn {
  const decisions = new Map([...wizard.decisions].filter(([id]) => findings.some((finding) => finding.id === id)));
  const seen = { ...wizard, looking: { ...wizard.looking, machine, findings }, decisions };
  const screen = shown(seen);
  if (screen.name !== 'looking' || screen.onward === undefined) return turn(seen);
  const there = withHighlighted(openFresh(seen, findingsScreen));
  if (screen.onward === 'findings') return there;
  const { wizard: next, asks } = plan(there.wizard);
  return turn(next, ...there.asks, ...asks);
}

function offered(wizard: Wizard, { machine, finding, offers }: Of<'offers'>): Turn {
  // Of a picture that is no longer ours.
  if (machine !== wizard.looking.machine) return turn(wizard);
  const next = { ...wizard, offers: new Map(wizard.offers).set(finding, offers) };
  const screen = shown(next);
  return screen.name === 'findings' && screen.taking.includes(finding) ? taken(screen, next, finding, offers) : turn(next);
}

function planned(wizard: Wizard, { choices, plan: made, preview, tells }: Of<'planned'>): Turn {
  return turn(wizard.draft?.choices === choices ? { ...wizard, draft: { choices, plan: made, preview, tells } } : wizard);
}

/** A run came to its end: its outcome replaces everything on the way there. */
function ended(wizard: Wizard, { of, result }: Of<'ended'>): Turn {
  const run = of === 'apply' ? wizard.applied : wizard.undoing;
  if (!run) return turn(wizard);
  const over = { ...run, result };
  const next: Wizard = { ...wizard, ended: { kind: of, run: over, result }, ...(of === 'apply' ? { applied: over } : { undoing: over }) };
  if (wizard.leaveWith !== undefined) return leave(next, wizard.leaveWith);
  if (of === 'undo') return turn(next);
  return turn(restart(next, result.ending === 'applied' ? doneScreen : takenBackScreen));
}

function eventHeard(wizard: Wizard, { event, at }: Of<'event'>): Turn {
  if (wizard.undoing && !wizard.undoing.result) return turn({ ...wizard, undoing: heard(wizard.undoing, event, at) });
  return turn(wizard.applied ? { ...wizard, applied: heard(wizard.applied, event, at) } : wizard);
}

/** What stopped us is shown; what was being waited for is given up, so that nothing waits for ever. */
function stopped(wizard: Wizard, { what, next }: Of<'stopped'>): Turn {
  const offers = new Map([...wizard.offers].filter(([, known]) => known !== 'asked'));
  const applied = wizard.applied?.result ? wizard.applied : undefined;
  const undoing = wizard.undoing?.result ? wizard.undoing : undefined;
  const rest = { ...wizard, offers, applied, undoing };
  if (wizard.leaveWith !== undefined) return leave(rest, wizard.leaveWith);
  const stack = wizard.stack.filter((screen) => screen.name !== 'applying' && (screen.name !== 'plan' || wizard.draft?.plan !== undefined));
  return turn(openFresh({ ...rest, stack }, { name: 'trouble', what, next }));
}

/** The whole wizard, as one pure function: what is, and what happened, give what is next and what to ask the world for. */
export function update(wizard: Wizard, message: Message): Turn {
  if (wizard.left !== undefined) return turn(wizard);
  switch (message.kind) {
    case 'key': return pressed(wizard, message.key);
    case 'pasted': return wrote(wizard, message.text);
    case 'size': return turn({ ...wizard, size: { columns: message.columns, rows: message.rows } });
    case 'signal': return interrupted(wizard, message.code, true);
    case 'progress': {
      const others = wizard.looking.progress.filter((one) => one.source !== message.progress.source);
      return turn({ ...wizard, looking: { ...wizard.looking, progress: [...others, message.progress] } });
    }
    case 'inspected': return inspected(wizard, message);
    case 'calls': return turn({ ...wizard, calls: message.calls });
    case 'offers': return offered(wizard, message);
    case 'planned': return planned(wizard, message);
    case 'event': return eventHeard(wizard, message);
    case 'ended': return ended(wizard, message);
    case 'summary': return turn({ ...wizard, summary: message.summary ?? 'none' });
    case 'edited': return lookAgain(wizard, 'findings');
    case 'stopped': return stopped(wizard, message);
  }
}
