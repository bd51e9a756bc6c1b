import { resolve } from 'node:path';
import type { EditUndo } from '../changes/edit-file.ts';
import type { OwnUndo } from '../changes/own-mount.ts';
import type { System } from '../system/system.ts';
import type { Recorded } from './journal.ts';

/** What undo will find, asked before it begins; nothing is changed by asking. */
export interface Since {
  /** Files of the run that are not as it left them. */
  readonly edited: readonly string[];
  /** What goes back to root in a volume or a folder: what was root's, and what came since; unknown where nobody can be asked. */
  readonly owners: readonly { readonly source: string; readonly were: number; readonly came?: number }[];
}

/** How many entries belong to a uid there now. */
async function ownedBy(uid: number, image: string, mount: { readonly type: 'volume' | 'bind'; readonly source: string }, { docker }: System): Promise<number | undefined> {
  const told = await docker?.ask({ kind: 'helper', image, user: '0:0', mounts: [{ ...mount, target: '/mnt' }], argv: ['find', '/mnt', '-xdev', '-uid', String(uid), '-printf', '.'] }).catch(() => undefined);
  return told?.code === 0 ? told.stdout.length : undefined;
}

export async function sinceOf({ head, standing, undos }: Recorded, system: System): Promise<Since> {
  const steps = standing.steps.filter((step) => undos.has(step.number));
  const files = await Promise.all(steps.flatMap(({ number, change }) => (change.kind !== 'edit-file' ? [] : [(async () => {
    const { after } = undos.get(number) as EditUndo;
    const now = await system.files.read(resolve(head.root, change.path)).catch(() => undefined);
    return now?.equals(Buffer.from(after, 'base64')) ? [] : [change.path];
  })()])));
  const owners = await Promise.all(steps.flatMap(({ number, change }) => (change.kind !== 'own-mount' ? [] : [(async () => {
    const { entries, already } = undos.get(number) as OwnUndo;
    // Where the new user had something there before, undo gives back what it took, and nothing else.
    const now = already > 0 ? undefined : await ownedBy(change.uid, change.image, change.mount, system);
    return { source: change.mount.source, were: entries.length, ...(already > 0 ? { came: 0 } : now === undefined ? {} : { came: Math.max(0, now - entries.length) }) };
  })()])));
  return { edited: files.flat(), owners };
}
