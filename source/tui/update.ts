import { canBeUndone } from '../report/runs-text.ts';
import { lookAgain } from './again.ts';
import { beyondStopped, lookedBeyond, wishedBeyond } from './beyond.ts';
import { configured } from './decisions.ts';
import type { Answers } from './answers.ts';
import { asksToWrite, wasWritten } from './asking.ts';
import { interrupted } from './interrupt.ts';
import type { Message } from './message.ts';
import { pressed, wrote } from './pressed.ts';
import { attempting, heardOf, isUnderWay } from './rehearsing.ts';
import { heard } from './run.ts';
import { leave } from './screens/common.ts';
import { confirmScreen } from './screens/confirm/state.ts';
import { doneScreen, untouched, verdictsOf } from './screens/done/state.ts';
import { asked, spreadOn, takenNow, withHighlighted } from './screens/findings/decide.ts';
import { toFindings } from './screens/findings/open.ts';
import { nextOpen } from './screens/findings/state.ts';
import { plan } from './screens/findings/keys.ts';
import { barred } from './screens/plan/state.ts';
import { seen, toProjects } from './screens/projects/open.ts';
import { canRehearse, rehearse } from './screens/rehearsal/open.ts';
import { takenBackScreen } from './screens/taken-back/state.ts';
import { heardOfTrial } from './trials.ts';
import { note, openFresh, put, restart, turn, type Ask, type Turn } from './turn.ts';
import { viewOf } from './view.ts';
import { shown, type Wizard } from './wizard.ts';

type Of<K extends Message['kind']> = Extract<Message, { kind: K }>;

/** How many calls were made so far stands in the footer. */
const counting = ({ given }: Wizard): readonly Ask[] => (given.can.calls ? [{ kind: 'calls' }] : []);

/** Everything was seen: decisions about what is no longer there are forgotten, and we go where it was wished to go. */
function inspected(wizard: Wizard, { machine, findings }: Of<'inspected'>): Turn {
  const decisions = new Map([...wizard.decisions].filter(([id]) => findings.some((finding) => finding.id === id)));
  const next = seen({ ...wizard, decisions }, machine, findings);
  const screen = shown(next);
  if (screen.name !== 'looking' || screen.onward === undefined) return turn(next);
  const there = toProjects(next, toFindings);
  if (screen.onward === 'findings' || shown(there.wizard).name === 'projects') return there;
  const { wizard: planning, asks } = plan(there.wizard);
  return turn(planning, ...there.asks, ...asks);
}

/** Severities and their order may be others now; ways out that are still being worked out are asked for on the new picture. */
function answered(wizard: Wizard, { machine, findings }: Of<'answered'>): Turn {
  const again = [...wizard.offers].flatMap(([finding, known]) => (known === 'asked' ? [{ kind: 'offers' as const, finding }] : []));
  return withHighlighted(seen(wizard, machine, findings), ...again);
}

/** The settings are written: findings count as they say, and the decision stands. */
function written(wizard: Wizard, { machine, findings, finding, decision, back }: Of<'configured'>): Turn {
  const next = configured(wizard, finding, decision, back);
  const screen = shown(next);
  const onward = screen.name === 'findings' && screen.at === finding && decision && !back;
  return answered(onward ? put(next, nextOpen(screen, next)) : next, { kind: 'answered', machine, findings });
}

/** What was seen in the copies is part of the machine now: the finding's way out is worked out again with it. */
function searched(wizard: Wizard, { finding, seen: found }: Of<'searched'>): Turn {
  const search = wizard.search && { ...wizard.search, now: undefined, over: true };
  if (wizard.leaveWith !== undefined) return leave({ ...wizard, search }, wizard.leaveWith);
  const over = { ...wizard, search };
  if (!found) return turn({ ...over, stack: over.stack.filter((screen) => screen.name !== 'least') });
  // A row's findings are tried together, and what is known of one may tell another one's way.
  const about = [finding, ...(search?.sought ?? []).flatMap(({ service }) => found.findings.filter((one) => one.risk === found.findings.find((first) => first.id === finding)?.risk && one.detail['service'] === service).map((one) => one.id))];
  const asked = new Map([...over.offers, ...about.map((id) => [id, 'asked'] as const)]);
  const again = [...asked].flatMap(([id, known]) => (known === 'asked' ? [{ kind: 'offers' as const, finding: id }] : []));
  return turn({ ...seen(over, found.machine, found.findings), offers: asked }, ...again);
}

function offered(wizard: Wizard, { machine, finding, offers }: Of<'offers'>): Turn {
  // Of a picture that is no longer ours.
  if (machine !== wizard.looking.machine) return turn(wizard);
  const { wizard: next, asks } = spreadOn({ ...wizard, offers: new Map(wizard.offers).set(finding, offers) });
  const more = takenNow(next);
  return turn(more.wizard, ...asks, ...more.asks);
}

function planned(wizard: Wizard, { choices, plan: made, preview, tells, away }: Of<'planned'>): Turn {
  if (wizard.draft?.choices !== choices) return turn(wizard);
  const next = { ...wizard, draft: { choices, plan: made, preview, tells, ...(away ? { away } : {}) } };
  // A choice that could not be planned is read first.
  const goesOn = wizard.draft.thenRehearse && shown(next).name === 'plan' && made.refused.length === 0 && barred(next) === undefined && canRehearse(next);
  return goesOn ? rehearse(next) : turn(next);
}

/** A run came to its end: its outcome replaces everything on the way there. */
function ended(wizard: Wizard, { of, result }: Of<'ended'>): Turn {
  const run = of === 'apply' ? wizard.applied : wizard.undoing;
  if (!run) return turn(wizard);
  const over = { ...run, result };
  const next: Wizard = { ...wizard, ended: { kind: of, run: over, result }, ...(of === 'apply' ? { applied: over } : { undoing: over }) };
  if (wizard.leaveWith !== undefined) return leave(next, wizard.leaveWith);
  if (of === 'undo') return turn(next);
  if (result.ending !== 'applied') return turn(restart(next, takenBackScreen));
  // Of what was left as it is it is said why: of what nobody looked at, its ways are not known yet.
  return asked(restart(next, doneScreen), ...untouched(next, verdictsOf(next)).map((one) => one.id));
}

/** A rehearsal ended: its outcome stands on its screen. Where there was nothing to rehearse, the way goes on without. */
function rehearsed(wizard: Wizard, { plan: tried, result }: Of<'rehearsed'>): Turn {
  const { rehearsal } = wizard;
  if (rehearsal?.plan !== tried) return turn(wizard);
  if (typeof result !== 'string') {
    const next = { ...wizard, rehearsal: { ...rehearsal, result } };
    return wizard.leaveWith === undefined ? turn(next) : leave(next, wizard.leaveWith);
  }
  const wasShown = shown(wizard).name === 'rehearsal';
  const without = { ...wizard, rehearsal: undefined, stack: wizard.stack.filter((screen) => screen.name !== 'rehearsal') };
  if (wizard.leaveWith !== undefined) return leave(without, wizard.leaveWith);
  return turn(result === 'none' && wasShown ? openFresh(without, confirmScreen) : without);
}

/** Which run it is about is shown at once; what changed since is asked of the files and the engine, and comes when it is known. */
function summed(wizard: Wizard, { summary }: Of<'summary'>): Turn {
  const next = { ...wizard, summary: summary ?? 'none' as const };
  return summary && canBeUndone(summary) ? turn(next, { kind: 'since', run: summary.run }, { kind: 'to-come', run: summary.run }) : turn(next);
}

/** Who is to blame is found; or the search was ended, and what is known is that it breaks. */
function sorted(wizard: Wizard, { plan: tried, found }: Of<'sorted'>): Turn {
  const { rehearsal } = wizard;
  if (rehearsal?.plan !== tried) return turn(wizard);
  const doctor = found && { attempt: rehearsal.doctor?.attempt ?? 0, trying: [], found };
  const next = { ...wizard, rehearsal: { ...rehearsal, stopping: false, doctor } };
  return wizard.leaveWith === undefined ? turn(next) : leave(next, wizard.leaveWith);
}

function eventHeard(wizard: Wizard, { event, at }: Of<'event'>): Turn {
  if (wizard.rehearsal && isUnderWay(wizard.rehearsal)) return turn({ ...wizard, rehearsal: heardOf(wizard.rehearsal, event, at) });
  if (wizard.undoing && !wizard.undoing.result) return turn({ ...wizard, undoing: heard(wizard.undoing, event, at) });
  return turn(wizard.applied ? { ...wizard, applied: heard(wizard.applied, event, at) } : wizard);
}

/** What stopped us is shown; what was being waited for is given up, so that nothing waits for ever. */
function stopped(wizard: Wizard, { what, next }: Of<'stopped'>): Turn {
  const offers = new Map([...wizard.offers].filter(([, known]) => known !== 'asked'));
  const applied = wizard.applied?.result ? wizard.applied : undefined;
  const undoing = wizard.undoing?.result ? wizard.undoing : undefined;
  const rehearsal = wizard.rehearsal?.result ? { ...wizard.rehearsal, stopping: false, doctor: wizard.rehearsal.doctor?.found && wizard.rehearsal.doctor } : undefined;
  const search = wizard.search && { ...wizard.search, over: true };
  const history = wizard.history && { ...wizard.history, verified: new Map([...wizard.history.verified].filter(([, known]) => known !== 'asked')) };
  const looking = { ...wizard.looking, beyond: beyondStopped(wizard) };
  const rest = { ...wizard, looking, offers, applied, undoing, rehearsal, search, history, spread: undefined };
  if (wizard.leaveWith !== undefined) return leave(rest, wizard.leaveWith);
  const stack = wizard.stack.filter((screen) => screen.name !== 'applying' && screen.name !== 'least' && (screen.name !== 'rehearsal' || rehearsal !== undefined) && (screen.name !== 'plan' || wizard.draft?.plan !== undefined));
  return turn(openFresh({ ...rest, stack }, { name: 'trouble', what, next }));
}

/** `--ascii` stays what it is; a terminal that draws our few signs too wide gets letters in their place. */
const known = (given: Wizard['given'], { ground, wide = false }: Answers): Wizard['given'] => ({ ...given, ascii: given.ascii || wide, ...(ground ? { ground } : {}) });

/** The whole wizard, as one pure function: what is, and what happened, give what is next and what to ask the world for. */
export function update(wizard: Wizard, message: Message): Turn {
  if (wizard.left !== undefined) return turn(wizard);
  switch (message.kind) {
    case 'key': return pressed(wizard, message.key);
    case 'pasted': return wrote(wizard, message.text);
    case 'no-yes': return turn(note(wizard, viewOf(wizard).words.confirm.noYes));
    case 'terminal': return turn({ ...wizard, given: known(wizard.given, message.answers) });
    case 'size': return turn({ ...wizard, size: { columns: message.columns, rows: message.rows } });
    case 'signal': return interrupted(wizard, message.code, true);
    case 'progress': {
      const others = wizard.looking.progress.filter((one) => one.source !== message.progress.source);
      return turn({ ...wizard, looking: { ...wizard.looking, progress: [...others, message.progress] } }, ...counting(wizard));
    }
    case 'inspected': {
      const { wizard: next, asks } = inspected(wizard, message);
      return turn(next, ...asks, ...wishedBeyond(next), ...counting(next));
    }
    case 'answered': return answered(wizard, message);
    case 'beyond': return turn(lookedBeyond(wizard, message.of, message.findings), ...counting(wizard));
    case 'configured': return written(wizard, message);
    case 'calls': return turn({ ...wizard, calls: message.calls });
    case 'offers': return offered(wizard, message);
    case 'planned': return planned(wizard, message);
    case 'event': return eventHeard(wizard, message);
    case 'rehearsed': return rehearsed(wizard, message);
    case 'attempt': return turn(wizard.rehearsal?.plan === message.plan ? { ...wizard, rehearsal: attempting(wizard.rehearsal, message.trying) } : wizard);
    case 'trial': return turn(wizard.search ? { ...wizard, search: heardOfTrial(wizard.search, message.event, message.at) } : wizard);
    case 'searched': return searched(wizard, message);
    case 'sorted': return sorted(wizard, message);
    case 'ended': return ended(wizard, message);
    case 'summary': return summed(wizard, message);
    case 'since': return turn({ ...wizard, since: { run: message.run, found: message.found } });
    case 'to-come': return turn({ ...wizard, toCome: { run: message.run, commands: message.commands } });
    case 'place': return asksToWrite(wizard, message.page, message.place);
    case 'written': return wasWritten(wizard, message.page, message.name);
    case 'history': return turn({ ...wizard, history: message.history });
    case 'verified': return turn(wizard.history ? { ...wizard, history: { ...wizard.history, verified: new Map(wizard.history.verified).set(message.run, message.verified) } } : wizard);
    case 'edited': return lookAgain(wizard, 'findings');
    case 'stopped': return stopped(wizard, message);
  }
}
