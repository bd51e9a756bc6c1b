import { lastEntry } from '../files/ini.ts';
import type { Change } from '../model/change.ts';
import type { Machine } from '../model/machine.ts';
import type { Refusal } from '../model/risk.ts';
import type { Place } from '../model/setting.ts';
import { written } from './compose-services.ts';
import { gunicornsOf, type Gunicorn } from './gunicorn.ts';
import { told } from './gunicorn-settings.ts';
import { containerGrace, graceOf, setContainerGrace, setGrace } from './grace.ts';
import { programsOf, type Program } from './program.ts';
import { shipped } from './service-files.ts';
import { stoppedAtOnce } from './stopped-at-once.ts';
import { unitEntry } from './unit.ts';
import { uwsgis, type Uwsgi } from './uwsgi.ts';
import { leavesSocket, reloads, type StopSignal } from './uwsgi-stop.ts';

/** A program that is not stopped when it is told to, or not given the time for it. */
export interface Unclean {
  readonly program: Program;
  /** It starts anew · its time is too short · its children are told to stop with it · its socket stays behind. */
  readonly why: 'reloads' | 'no-time' | 'all-at-once' | 'leaves-socket';
  readonly at: Place;
  readonly mend: readonly Change[] | Refusal;
  /** `reloads`: the signal that it takes for it. */
  readonly signal?: StopSignal;
  /** `no-time`: what it is given, what it may take, and whether somebody wrote that. */
  readonly time?: { readonly given: number; readonly wants: number; readonly by: 'supervisord' | 'systemd' | 'docker'; readonly said: boolean };
}

/** What people write for the two signals that a uWSGI tells apart; any other is a matter of its own. */
function signalOf(written: string | undefined): StopSignal | undefined {
  if (written === undefined || /^(?:SIG)?TERM$|^15$/i.test(written)) return 'TERM';
  return /^(?:SIG)?QUIT$|^3$/i.test(written) ? 'QUIT' : undefined;
}

/** The signal that its owner stops it with, said or by default. */
function stopSignal(machine: Machine, { supervisor, unit, service, starter }: Program): StopSignal | undefined {
  if (supervisor) return signalOf(lastEntry(supervisor.ini, supervisor.section, 'stopsignal')?.value);
  if (unit) return unitEntry(unit, 'Service', 'ExecStop') ? undefined : signalOf(unitEntry(unit, 'Service', 'KillSignal')?.value);
  if (starter !== 'container') return undefined;
  const inImage = shipped(machine, service)?.stage.instructions.filter((i) => i.keyword === 'STOPSIGNAL').at(-1)?.args.trim();
  const inCompose = (service.compose ? written(machine.files, service.compose) : []).flatMap((w) => { const v = w.service.keys.get('stop_signal')?.value; return v?.kind === 'scalar' ? [v.value] : []; })[0];
  return signalOf(inCompose ?? inImage);
}

const stoppedByTerm = (machine: Machine, program: Program): boolean => stopSignal(machine, program) === 'TERM';

function uwsgi(machine: Machine, u: Uwsgi): Unclean | undefined {
  const signal = stopSignal(machine, u.program);
  return (signal && reloads(machine, u, signal)) ?? leavesSocket(machine, u);
}

/** A task gets this long to end; ten seconds, which supervisord and Docker wait, are too few (a task of thirty was lost, FACTS.md section 1). */
const TASK = 60;

/** The shortest of those that wait for it: its own owner, and the container around that. */
function tooShort(machine: Machine, program: Program, enough: number, wants: number, asked: boolean): readonly Unclean[] {
  const own = graceOf(machine, program);
  const around = program.supervisor ? containerGrace(machine, program) : undefined;
  const short = [own, around].find((g) => g !== undefined && g.seconds < enough && (asked || g.said));
  if (!short) return [];
  const outer = short === around;
  // The container has to wait a little longer than the supervisord inside.
  const mend = outer ? setContainerGrace(machine, program, Math.max(wants, own?.seconds === undefined ? 0 : Math.min(own.seconds, 600)) + 5) : setGrace(machine, program, wants);
  return [{ program, why: 'no-time', at: short.at, mend, time: { given: short.seconds, wants: enough, by: short.by, said: short.said } }];
}

function celery(machine: Machine, program: Program): readonly Unclean[] {
  const { supervisor, unit, words } = program;
  if (program.kind !== 'celery' || !words.some((w) => w.value === 'worker') || !stoppedByTerm(machine, program)) return [];
  const short = tooShort(machine, program, TASK / 2, TASK, true);
  const together = supervisor || unit ? stoppedAtOnce(program) : undefined;
  return together ? [{ program, why: 'all-at-once', ...together }, ...short] : short;
}

/** Its own time is thirty seconds by default. Only where one of the two was written they are compared. */
function gunicorn(machine: Machine, g: Gunicorn): readonly Unclean[] {
  if (!stoppedByTerm(machine, g.program)) return [];
  const said = told(machine, g, 'graceful_timeout');
  const seconds = said ? Number(said.value) : 30;
  return said?.guess || Number.isNaN(seconds) ? [] : tooShort(machine, g.program, seconds, seconds + 5, said !== undefined);
}

export const unclean = (machine: Machine): readonly Unclean[] => [
  ...uwsgis(machine).flatMap((u) => uwsgi(machine, u) ?? []),
  ...programsOf(machine).flatMap((p) => celery(machine, p)),
  ...gunicornsOf(machine).flatMap((g) => gunicorn(machine, g)),
];
