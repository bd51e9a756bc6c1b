import type { Change, Confine, OwnMount, RunsAs, SetFolder, StopServices } from '../model/change.ts';
import type { Machine } from '../model/machine.ts';
import type { Proposal } from '../model/risk.ts';
import type { Service } from '../model/service.ts';
import { leftRunning, startedAgain } from '../settings/started-again.ts';
import { withOverride } from '../settings/compose-services.ts';
import { sharers } from '../settings/built-by.ts';
import { warmSeconds } from '../settings/grace.ts';
import { programOf } from '../settings/roles.ts';
import { draftHost, type HostDraft } from './draft-host.ts';
import { isFileChange } from './edits.ts';
import { ownRun } from './own-run.ts';
import { sharing } from './replaceable.ts';
import { runsNow, serving, type Draft, type Taken } from './taken.ts';

const runsAs = (service: Service, machine: Machine, taken: readonly Taken[]): RunsAs => {
  const celery = machine.containers.some((c) => service.containers.includes(c.id) && c.processes.some((p) => programOf(p.argv) === 'celery'));
  const grace = celery ? { seconds: warmSeconds(machine, service) } : {};
  if (service.compose) return { service: service.name, compose: service.compose, ...grace };
  const plain = machine.containers.find((c) => c.id === service.containers[0]);
  const remap = taken.flatMap((t) => t.proposal.remap ?? []).filter((r) => r.service === service.name).map(({ service: _, ...rest }) => rest);
  const held = taken.flatMap((t) => t.proposal.confine ?? []).filter((c) => c.service === service.name).map(({ service: _, ...rest }) => rest);
  const confine: { readonly confine?: Confine } = held.length > 0 ? { confine: Object.assign({}, ...held) as Confine } : {};
  const run = plain && ownRun(plain, remap, confine.confine);
  return { service: service.name, ...grace, ...(plain ? { container: { id: plain.id, name: plain.name, ...(remap.length > 0 ? { remap } : {}), ...confine, ...(run ? { run } : {}) } } : {}) };
};

/** Whoever runs an image that is built anew is started from it: a sibling left on the old one would change at the next `up`, unseen. */
const alongside = (machine: Machine, names: readonly string[]): readonly string[] => machine.services.filter((s) => names.includes(s.name)).flatMap((s) => sharers(machine, s).map((x) => x.name));

const rebuiltBy = (machine: Machine, taken: readonly Taken[]): ReadonlySet<string> => new Set(alongside(machine, taken.flatMap((t) => t.proposal.rebuild)));

/** Services in containers that are started anew: those that a choice wants so, and who lives in their network. */
function anewIn(machine: Machine, taken: readonly Taken[]): { readonly own: readonly Service[]; readonly live: readonly Service[] } {
  const replaced = new Set([...rebuiltBy(machine, taken), ...taken.flatMap((t) => t.proposal.replace)]);
  const own = machine.services.filter((s) => !s.host && replaced.has(s.name) && runsNow(machine, s));
  return { own, live: [...own, ...sharing(machine, own).filter((s) => runsNow(machine, s))] };
}

const withThem = (machine: Machine, anew: readonly Service[]): Pick<StopServices, 'again'> => {
  const again = startedAgain(machine, anew);
  return again.length > 0 ? { again } : {};
};

/** Images, then stop, own, start: no step leaves a state in which neither the old nor the new runs. */
function draftContainers(machine: Machine, taken: readonly Taken[], files: readonly Change[]): readonly Draft[] {
  const because = (wants: (p: Proposal) => boolean): readonly string[] => serving(taken, wants);
  const drafts: Draft[] = [];
  // A service that gets its first Dockerfile brings what builds it; nothing here built it so far.
  const firsts = taken.flatMap((t) => t.proposal.changes.filter((c) => c.kind === 'build-image'));
  const rebuilt = rebuiltBy(machine, taken);
  const { own, live } = anewIn(machine, taken);
  for (const service of machine.services) {
    const first = firsts.find((b) => b.service === service.name);
    if (first && service.containers.length > 0) drafts.push({ change: first, because: because((p) => p.rebuild.includes(service.name)) });
    const users = sharers(machine, service);
    if (first || !rebuilt.has(service.name) || !service.build || !service.image || service.builtBy !== undefined || users.every((s) => s.containers.length === 0)) continue;
    drafts.push({
      change: { kind: 'build-image', service: service.name, image: service.image, build: service.build, ...(service.compose ? { compose: service.compose } : {}) },
      because: because((p) => users.some((s) => p.rebuild.includes(s.name))),
    });
  }
  const owned: (OwnMount | SetFolder)[] = [];
  const alike = (a: Change, b: OwnMount | SetFolder): boolean => a.kind === b.kind && a.mount.source === b.mount.source;
  for (const { proposal } of taken) {
    for (const change of proposal.changes) {
      if ((change.kind === 'own-mount' || change.kind === 'set-folder') && !owned.some((o) => alike(change, o))) owned.push(change);
    }
  }
  const data = owned.map((change): Draft => ({ change, because: because((p) => p.changes.some((c) => alike(c, change))) }));
  // Behind stop, so that on the way back the old containers stand before the volume goes.
  const keys = taken.flatMap((t) => t.proposal.changes.filter((c) => c.kind === 'make-keys'));
  for (const change of keys.filter((k, i) => keys.findIndex((o) => o.volume === k.volume) === i)) data.push({ change, because: because((p) => p.changes.some((c) => c.kind === 'make-keys' && c.volume === change.volume)) });
  const filled = taken.flatMap((t) => t.proposal.changes.filter((c) => c.kind === 'fill-volume'));
  for (const change of filled) data.push({ change, because: because((p) => p.changes.includes(change)) });
  // Down, it is not started by us; what it wrote before is still there, and its new user has to find it his.
  if (live.length === 0) return [...drafts, ...data];
  const anew = because((p) => [...alongside(machine, p.rebuild), ...p.replace].some((name) => own.some((s) => s.name === name)));
  const services = live.map((s) => runsAs(s, machine, taken));
  const again = withThem(machine, live);
  drafts.push({ change: { kind: 'stop-services', services, ...again }, because: anew }, ...data);
  // An override file that is new is read from this start on; the stop, and a way back, know nothing of it.
  const made = files.flatMap((c) => (c.kind === 'create-file' ? [c.path] : []));
  const then = services.map((s) => (s.compose ? { ...s, compose: withOverride(s.compose, made, machine.files) } : s));
  drafts.push({ change: { kind: 'start-services', services: then, ...again }, because: anew });
  return drafts;
}

/** Workers in containers whose broker is a program of the machine: stopped before it is started again, and started behind it. */
function aroundHost(machine: Machine, { drafts, anew }: HostDraft): readonly Draft[] {
  const again = startedAgain(machine, anew);
  const at = (first: boolean): number => (first ? drafts.findIndex((d) => d.change.kind === 'restart-host') : drafts.findLastIndex((d) => d.change.kind === 'restart-host') + 1);
  const because = [...new Set(drafts.flatMap((d) => (d.change.kind === 'restart-host' ? d.because : [])))];
  if (again.length === 0 || at(true) < 0) return drafts;
  return [
    ...drafts.slice(0, at(true)), { change: { kind: 'stop-services', services: [], again }, because },
    ...drafts.slice(at(true), at(false)), { change: { kind: 'start-services', services: [], again }, because },
    ...drafts.slice(at(false)),
  ];
}

/** Files first, then what runs in containers, then what runs on the machine itself; at the end what only a person can do. */
export function draft(machine: Machine, taken: readonly Taken[], files: readonly Change[]): readonly Draft[] {
  const { own, live } = anewIn(machine, taken);
  const host = draftHost(machine, taken, files.filter(isFileChange), live);
  // New ones before those that name them: compose does not take a file that names an env file which is not there.
  const ordered = [...files.filter((f) => f.kind === 'create-file'), ...files.filter((f) => f.kind !== 'create-file')];
  const written = ordered.filter((f) => isFileChange(f) && !host.byHand.includes(f)).map((change): Draft => ({
    change,
    because: serving(taken, (p) => p.changes.some((c) => isFileChange(c) && isFileChange(change) && c.path === change.path)),
  }));
  // Last of all: what leans on both would be to do twice.
  const left = leftRunning(machine, [...live, ...host.anew]).map((change): Draft => ({ change, because: serving(taken, (p) => [...alongside(machine, p.rebuild), ...p.replace].some((name) => [...own, ...host.anew].some((s) => s.name === name))) }));
  return [...written, ...draftContainers(machine, taken, files), ...aroundHost(machine, host), ...left];
}
