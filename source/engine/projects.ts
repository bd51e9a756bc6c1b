import type { Finding } from '../model/finding.ts';
import type { Machine } from '../model/machine.ts';

/** One compose project under PATH: the folder of its compose file, and what of it runs. */
export interface Project {
  /** Relative to the root, '' for the root itself; it tells projects apart. */
  readonly folder: string;
  readonly name: string;
  readonly services: number;
  readonly running: number;
}

const known = new WeakMap<Machine, readonly Project[]>();

/** Compose projects by their folders; one that also runs under another name (`-p`) is still one. */
export function projectsOf(machine: Machine): readonly Project[] {
  const before = known.get(machine);
  if (before) return before;
  const all = machine.services.flatMap((s) => (s.compose ? [{ ...s.compose, runs: machine.containers.some((c) => c.running && s.containers.includes(c.id)) }] : []));
  const projects = [...new Set(all.map((s) => s.directory))].sort((a, b) => a.localeCompare(b, 'en', { numeric: true })).map((folder): Project => {
    const mine = all.filter((s) => s.directory === folder);
    const shown = mine.find((s) => s.runs) ?? mine[0]!;
    return {
      folder, name: shown.project,
      services: new Set(mine.map((s) => s.service)).size, running: new Set(mine.filter((s) => s.runs).map((s) => s.service)).size,
    };
  });
  known.set(machine, projects);
  return projects;
}

/** The one project of these services, where several lie under PATH; else what the whole is called. */
export function nameFor(machine: Machine, services: readonly string[]): string {
  const mine = new Set(machine.services.filter((s) => services.includes(s.name)).map((s) => s.compose?.project));
  const [only] = mine;
  return projectsOf(machine).length > 1 && mine.size === 1 && only !== undefined ? only : machine.name;
}

const below = (path: string, folder: string): boolean => folder === '' || path === folder || path.startsWith(`${folder}/`);

/** The project whose folder lies nearest around a file. */
const around = (projects: readonly Project[], path: string): Project | undefined =>
  path.startsWith('/') ? undefined : projects.filter((p) => below(path, p.folder)).sort((a, b) => b.folder.length - a.folder.length)[0];

/** The projects that a finding is about: those of its services; where it names none, the one around the file that decides. None: it is everybody's. */
function foldersOf(finding: Finding, machine: Machine): ReadonlySet<string> {
  const named = finding.subjects.flatMap((s) => (s.kind === 'service' ? machine.services.filter((one) => one.name === s.name) : []));
  const services = named.flatMap((s) => s.compose?.directory ?? []);
  if (services.length > 0) return new Set(services);
  return new Set(finding.places.flatMap((p) => around(projectsOf(machine), p.file)?.folder ?? []));
}

/** Findings of one project, with those that belong to no project at all. */
export function findingsOf(folder: string, machine: Machine, findings: readonly Finding[]): readonly Finding[] {
  return findings.filter((finding) => {
    const folders = foldersOf(finding, machine);
    return folders.size === 0 || folders.has(folder);
  });
}
