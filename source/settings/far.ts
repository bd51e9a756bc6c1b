import type { Change } from '../model/change.ts';
import type { Machine } from '../model/machine.ts';
import { text, type Text } from '../model/text.ts';

type Far = Pick<Machine, 'docker'>;

const farFolder = (path: string): Text => text(
  `it writes to ${path}, a folder of the machine that Docker runs on: whose it is can't be seen or changed from here; run harden-tui there`,
  `它会写 ${path}，这是运行 Docker 的那台机器上的目录：在这里看不到也改不了它归谁所有；请在那台机器上运行 harden-tui`,
);

/** A folder that lies on Docker's machine, where that is another one than ours: here the same path is something else. */
export function farMount({ docker }: Far, mounts: readonly { readonly type: string; readonly source: string }[]): Text | undefined {
  const far = docker?.remote ? mounts.find((m) => m.type === 'bind') : undefined;
  return far && farFolder(far.source);
}

/** The same for what changes would hand to somebody. */
export const farChange = (machine: Far, changes: readonly Change[]): Text | undefined =>
  farMount(machine, changes.flatMap((c) => (c.kind === 'own-mount' || c.kind === 'set-folder' ? [c.mount] : [])));
