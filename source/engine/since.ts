import { resolve } from 'node:path';
import { backByHand } from '../changes/by-hand.ts';
import { builtSince, type BuildUndo } from '../changes/build-image.ts';
import type { Bench } from '../changes/deed.ts';
import type { EditUndo } from '../changes/edit-file.ts';
import type { OwnUndo } from '../changes/own-mount.ts';
import { startedSince } from '../changes/start-services.ts';
import type { ByHand, Change } from '../model/change.ts';
import type { System } from '../system/system.ts';
import type { Recorded } from './journal.ts';

export interface Anew {
  readonly kind: 'image' | 'container';
  readonly name: string;
  readonly service: string;
}

/** What undo will find, asked before it begins; nothing is changed by asking. */
export interface Since {
  /** Files of the run that are not as it left them. */
  readonly edited: readonly string[];
  /** What somebody built or started anew since: it is kept beside what comes back. */
  readonly anew?: readonly Anew[];
  /** Images of before the run that somebody removed since: these do not come back. */
  readonly lost?: readonly string[];
  /** What goes back to root in a volume or a folder: what was root's, and what came since; unknown where nobody can be asked. */
  /** What is left to a person afterwards, with today's commands. */
  readonly hand?: readonly ByHand[];
  readonly owners: readonly { readonly source: string; readonly were: number; readonly came?: number }[];
}

/** How many entries belong to a uid there now. */
async function ownedBy(uid: number, image: string, mount: { readonly type: 'volume' | 'bind'; readonly source: string }, { docker }: System): Promise<number | undefined> {
  const told = await docker?.ask({ kind: 'helper', image, user: '0:0', mounts: [{ ...mount, target: '/mnt' }], argv: ['find', '/mnt', '-xdev', '-mindepth', '1', '-uid', String(uid), '-printf', '.'] }).catch(() => undefined);
  return told?.code === 0 ? told.stdout.length : undefined;
}

async function anewOf(change: Change, undo: unknown, left: Bench['left'], { docker }: System): Promise<readonly Anew[]> {
  if (!docker) return [];
  if (change.kind === 'build-image') {
    const now = await docker.look.image(change.image).catch(() => undefined);
    return builtSince(change, undo as BuildUndo, now?.Id, left) ? [{ kind: 'image', name: change.image, service: change.service }] : [];
  }
  if (change.kind !== 'start-services') return [];
  const plain = await Promise.all(change.services.map(async ({ service, container }): Promise<readonly Anew[]> => {
    const now = container && (await docker.look.container(container.name).catch(() => undefined));
    return container && now && now.Id !== container.id && startedSince(service, now.Id, left) ? [{ kind: 'container', name: container.name, service }] : [];
  }));
  return plain.flat();
}

export async function sinceOf({ head, standing, undos, proven }: Recorded, system: System): Promise<Since> {
  const steps = standing.steps.filter((step) => undos.has(step.number));
  const files = await Promise.all(steps.flatMap(({ number, change }) => (change.kind !== 'edit-file' ? [] : [(async () => {
    const { after } = undos.get(number) as EditUndo;
    const now = await system.files.read(resolve(head.root, change.path)).catch(() => undefined);
    return now?.equals(Buffer.from(after, 'base64')) ? [] : [change.path];
  })()])));
  const owners = await Promise.all(steps.flatMap(({ number, change }) => (change.kind !== 'own-mount' ? [] : [(async () => {
    const { entries: all, already } = undos.get(number) as OwnUndo;
    // The place itself goes back, too; what lies in it is what is counted, as in the plan.
    const entries = all.filter(({ path }) => path !== '');
    // Where the new user had something there before, undo gives back what it took, and nothing else.
    const now = already > 0 ? undefined : await ownedBy(change.uid, change.image, change.mount, system);
    return { source: change.mount.source, were: entries.length, ...(already > 0 ? { came: 0 } : now === undefined ? {} : { came: Math.max(0, now - entries.length) }) };
  })()])));
  const anew = (await Promise.all(steps.map(({ number, change }) => anewOf(change, undos.get(number), proven?.running, system)))).flat();
  const lost = (await Promise.all(steps.map(async ({ number, change }) => {
    const old = change.kind === 'build-image' ? (undos.get(number) as BuildUndo).image : undefined;
    return change.kind === 'build-image' && old !== undefined && system.docker && !(await system.docker.look.image(old).catch(() => true)) ? [change.image] : [];
  }))).flat();
  const hand = (await Promise.all(steps.map(({ change }) => (change.kind === 'by-hand' ? backByHand(change, system) : undefined)))).filter((one) => one !== undefined);
  return { edited: files.flat(), owners, ...(hand.length > 0 ? { hand } : {}), ...(anew.length > 0 ? { anew } : {}), ...(lost.length > 0 ? { lost } : {}) };
}
