import type { Machine } from '../model/machine.ts';
import type { Service } from '../model/service.ts';
import { openedIn } from './image-folder.ts';
import { namedPaths } from './named-paths.ts';
import { programsOf, type Program } from './program.ts';
import { FRONTS, programOf, STORES } from './roles.ts';
import { runningOf, tidy } from './service-files.ts';

/** What a program's code is written in. */
const CODE = /\.(?:py|sh|bash|js|mjs|ts|rb|php|pl)$/;
const LONGEST = 262_144;

export const inside = (place: string, path: string): boolean => path === place || path.startsWith(`${place}/`);

/** Apps that supervisord starts in a container: what stands in front of them only reads what they write. */
export const appsIn = (machine: Machine, service: Service): readonly Program[] =>
  programsOf(machine).filter((p) => p.service.name === service.name && p.starter === 'supervisord' && !FRONTS.test(p.kind));

/** It holds a file open there. */
export const seenWriting = ({ live }: Pick<Program, 'live'>, place: string): boolean => live.processes.some((p) => p.writes?.some((w) => inside(place, w.path)));

/** A server of data whose words or configuration say that it keeps it there. */
const keeps = (machine: Machine, program: Program, place: string): boolean =>
  STORES.test(program.kind) && (seenWriting(program, place) || [...program.words.map((w) => w.value.replace(/^--?[\w-]+=/, '')), ...namedPaths(machine, program)].some((p) => inside(place, tidy(p))));

/** supervisord itself opens its logs there: what is in it is root's, and no app's data. */
export const isSupervisords = (machine: Machine, service: Service, place: string): boolean =>
  openedIn(machine, service).some((p) => inside(place, p))
  || runningOf(machine, service).some((c) => c.processes.some((p) => programOf(p.argv) === 'supervisord' && p.writes?.some((w) => inside(place, w.path))));

/** Some code that comes with the image names it. */
function isInCode(machine: Machine, service: Service, place: string): boolean {
  const context = service.build?.context ?? '';
  const named = new RegExp(`["'\\s=>(]${place.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?=["'/\\s;),]|$)`, 'm');
  return [...machine.files.values()].some((f) => CODE.test(f.path) && !f.path.startsWith('/') && (context === '' || f.path.startsWith(`${context}/`)) && f.text.length <= LONGEST && named.test(f.text));
}

/**
 * Whether a mounted place is a program's too, though nothing of its own says so. Where it writes stands mostly in its code, and
 * which code is whose nobody can tell: so what a container mounts for writing belongs to all of its apps, unless a server of data
 * keeps it, or one of them is seen at work there and no code names it.
 */
export function isEverybodys(machine: Machine, program: Program, place: string): boolean {
  if (STORES.test(program.kind) || isSupervisords(machine, program.service, place)) return false;
  const others = appsIn(machine, program.service).filter((p) => p.name !== program.name);
  if (others.some((p) => keeps(machine, p, place))) return false;
  return !others.some((p) => seenWriting(p, place)) || isInCode(machine, program.service, place);
}

/**
 * Programs of a container that have no business in a mounted place: servers of data in the apps', the apps in theirs, and what stands
 * in front. All the others are asked by themselves whether they may write there. 'anybody': it is supervisord's, for its logs.
 */
export function strangersAt(machine: Machine, service: Service, place: string): readonly string[] | 'anybody' {
  const all = programsOf(machine).filter((p) => p.service.name === service.name && p.starter === 'supervisord');
  const apps = appsIn(machine, service);
  const keepers = apps.filter((p) => keeps(machine, p, place));
  if (keepers.length === 0 && isSupervisords(machine, service, place) && !apps.some((p) => seenWriting(p, place)) && !isInCode(machine, service, place)) return 'anybody';
  const mine = (p: Program): boolean => (keepers.length > 0 ? keepers.includes(p) || seenWriting(p, place) : apps.includes(p) && !STORES.test(p.kind));
  return all.filter((p) => !mine(p)).map((p) => p.name);
}
