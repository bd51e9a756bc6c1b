import { lastEntry, replaceValue, setEntry } from '../files/ini.ts';
import { isRefused } from '../files/span.ts';
import type { Change } from '../model/change.ts';
import { refuse, type Refusal } from '../model/risk.ts';
import type { Place } from '../model/setting.ts';
import { same } from '../model/text.ts';
import { editOf } from './edit.ts';
import { place } from './parsed.ts';
import type { Program } from './program.ts';
import { flags } from './started.ts';
import { unitEntry } from './unit.ts';
import { setUnitLines } from './unit-edit.ts';
import { yes } from './unit-service.ts';

interface AtOnce {
  readonly at: Place;
  readonly mend: readonly Change[] | Refusal;
}

/** Its tasks run in processes of their own, which SIGTERM ends at once (measured: "Worker exited prematurely", the task was lost). */
const forks = (program: Program): boolean => flags(program.words, ['-P', '--pool']).every((f) => f.value === 'prefork' || f.value === 'processes');

/** A worker whose children are told to stop with it, before they have ended their tasks: `stopasgroup`, and systemd's default. */
export function stoppedAtOnce(program: Program): AtOnce | undefined {
  const { supervisor, unit } = program;
  if (!forks(program)) return undefined;
  if (supervisor) {
    const { ini, section, file } = supervisor;
    const entry = lastEntry(ini, section, 'stopasgroup');
    if (!entry || !yes(entry.value)) return undefined;
    const off = replaceValue(ini, entry, 'false');
    // It had taken that along; without it what is left after the time would stay behind.
    const kill = setEntry(ini, section, 'killasgroup', 'true', entry);
    const at = place(file, { start: entry.keySpan.start, end: entry.valueSpan.end });
    return { at, mend: isRefused(off) || isRefused(kill) ? refuse(same(`${file.path}: ${isRefused(off) ? off.refused : ''}`)) : [editOf(file, [...off, ...kill])] };
  }
  if (!unit || unitEntry(unit, 'Service', 'ExecStop')) return undefined;
  const said = unitEntry(unit, 'Service', 'KillMode');
  const entry = said ?? unitEntry(unit, 'Service', 'ExecStart');
  if (!entry || (said && said.value !== 'control-group')) return undefined;
  // Only the worker itself is told; what is left of it after the time is killed.
  return { at: place(entry.file, { start: entry.entry.keySpan.start, end: entry.entry.valueSpan.end }), mend: setUnitLines(unit, [{ section: 'Service', key: 'KillMode', value: 'mixed' }], '30-stop.conf') };
}
