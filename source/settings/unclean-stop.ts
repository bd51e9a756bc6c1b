import { lastEntry, setEntry } from '../files/ini.ts';
import { isRefused } from '../files/span.ts';
import type { EditFile } from '../model/change.ts';
import type { Machine } from '../model/machine.ts';
import { refuse, type Refusal } from '../model/risk.ts';
import type { Place } from '../model/setting.ts';
import { same, text } from '../model/text.ts';
import { written } from './compose-services.ts';
import { editOf } from './edit.ts';
import { place } from './parsed.ts';
import { programsOf, type Program } from './program.ts';
import { shipped } from './service-files.ts';
import { unitEntry } from './unit.ts';
import { effective, isOn, uwsgis, type Uwsgi } from './uwsgi.ts';
import { setOptions } from './uwsgi-edit.ts';

/** A program that is not stopped when it is told to, or not given the time for it. */
export interface Unclean {
  readonly program: Program;
  readonly why: 'reloads' | 'no-time';
  readonly at: Place;
  readonly mend: readonly EditFile[] | Refusal;
}

const isTerm = (signal: string | undefined): boolean => signal === undefined || /^(?:SIG)?TERM$|^15$/i.test(signal);

/** The signal that its owner stops it with is SIGTERM, said or by default. */
function stoppedByTerm(machine: Machine, { supervisor, unit, service, starter }: Program): boolean {
  if (supervisor) return isTerm(lastEntry(supervisor.ini, supervisor.section, 'stopsignal')?.value);
  if (unit) return isTerm(unitEntry(unit, 'Service', 'KillSignal')?.value) && !unitEntry(unit, 'Service', 'ExecStop');
  if (starter !== 'container') return false;
  const inImage = shipped(machine, service)?.stage.instructions.filter((i) => i.keyword === 'STOPSIGNAL').at(-1)?.args.trim();
  const inCompose = (service.compose ? written(machine.files, service.compose) : []).flatMap((w) => { const v = w.service.keys.get('stop_signal')?.value; return v?.kind === 'scalar' ? [v.value] : []; })[0];
  return isTerm(inCompose ?? inImage);
}

function uwsgi(machine: Machine, own: Uwsgi): readonly Unclean[] {
  const { program } = own;
  if (own.emperor || isOn(own, 'die-on-term') || !stoppedByTerm(machine, program)) return [];
  // Without a master, SIGTERM ends it at once.
  if (!isOn(own, 'master') && effective(own, 'emperor') === undefined) return [];
  const decides = effective(own, 'master') ?? effective(own, 'emperor');
  if (!decides?.at) return [];
  const mend = own.ini ? setOptions(own, [{ name: 'die-on-term', value: 'true' }], [decides.entry ? decides : undefined]) : refuse(text('it reads no ini that was found here: add --die-on-term to its command line', '它没有读取这里找得到的 ini：请在命令行上加 --die-on-term'));
  return [{ program, why: 'reloads', at: decides.at, mend }];
}

/** A task gets this long to end; supervisord's own default is ten seconds (a task of thirty was lost, FACTS.md section 1). */
const WAIT = 60;

function celery(program: Program): readonly Unclean[] {
  const { supervisor, words } = program;
  if (!supervisor || program.kind !== 'celery' || !words.some((w) => w.value === 'worker')) return [];
  const said = lastEntry(supervisor.ini, supervisor.section, 'stopwaitsecs');
  if (said && Number(said.value) >= WAIT / 2) return [];
  const entry = said ?? lastEntry(supervisor.ini, supervisor.section, 'command');
  if (!entry) return [];
  const edits = setEntry(supervisor.ini, supervisor.section, 'stopwaitsecs', String(WAIT), lastEntry(supervisor.ini, supervisor.section, 'stopsignal') ?? entry);
  const mend = isRefused(edits) ? refuse(same(`${supervisor.file.path}: ${edits.refused}`)) : [editOf(supervisor.file, edits)];
  return [{ program, why: 'no-time', at: place(supervisor.file, { start: entry.keySpan.start, end: entry.valueSpan.end }), mend }];
}

export const unclean = (machine: Machine): readonly Unclean[] => [...uwsgis(machine).flatMap((u) => uwsgi(machine, u)), ...programsOf(machine).flatMap(celery)];
