import { variablesOf } from '../files/dockerfile.ts';
import { lastEntry } from '../files/ini.ts';
import { splitWords } from '../files/shellwords.ts';
import type { Machine } from '../model/machine.ts';
import { written } from './compose-services.ts';
import type { Program } from './program.ts';
import { variableOf } from './program-files.ts';
import { shipped } from './service-files.ts';
import { unitEntries } from './unit.ts';
import type { UwsgiOption } from './uwsgi.ts';

const ASSIGNED = /(?:^|[\s,"'])(UWSGI_[A-Z0-9_]+)=/g;
/** uWSGI's own marks for what it starts, not options. */
const OWN = /^UWSGI_(?:ORIGINAL_PROC_NAME|RELOADS|EMPEROR_FD|EMPEROR_FD_CONFIG|VASSALS_DIR|CACHE_SIZE|FILE|SCRIPT|MODULE_VERSION|JAIL_PID|BROODLORD_NUM|SETNS)$/;

const inText = (words: string): readonly string[] => [...words.matchAll(ASSIGNED)].map((m) => m[1] ?? '');

/** Names of `UWSGI_*` variables that somebody sets for a program, in the order of who wins. */
function names(machine: Machine, program: Program): readonly string[] {
  const { service, supervisor, unit } = program;
  const image = service.host ? undefined : shipped(machine, service);
  const found = [
    ...(supervisor ? inText(lastEntry(supervisor.ini, supervisor.section, 'environment')?.value ?? '') : []),
    ...(unit ? unitEntries(unit, 'Service', 'Environment').flatMap((e) => splitWords(e.value).words.map((w) => w.value.split('=')[0] ?? '')) : []),
    ...(service.compose ? written(machine.files, service.compose).flatMap((w) => w.service.environment.map((e) => e.name)) : []),
    ...(image ? image.stage.instructions.filter((i) => i.keyword === 'ENV').flatMap((i) => variablesOf(image.df, i).map((v) => v.name)) : []),
    ...(service.host ? [...(program.live.processes[0]?.env?.keys() ?? [])] : []),
  ];
  return [...new Set(found)].filter((n) => n.startsWith('UWSGI_') && !OWN.test(n));
}

/** `UWSGI_CHMOD_SOCKET=666` is `chmod-socket = 666`, and everything else overrules it (measured with 2.0.21). */
export const uwsgiVariables = (machine: Machine, program: Program): readonly UwsgiOption[] => names(machine, program).flatMap((name): readonly UwsgiOption[] => {
  const found = variableOf(machine, program, name);
  if (!found) return [];
  const { value, file, at } = found;
  return [{ name: name.slice('UWSGI_'.length).toLowerCase().replaceAll('_', '-'), value, bare: false, variable: name, ...(file && at ? { file, at } : {}) }];
});
