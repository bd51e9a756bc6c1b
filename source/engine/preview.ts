import { deedOf } from '../changes/index.ts';
import type { Bench } from '../changes/deed.ts';
import type { Change } from '../model/change.ts';
import type { Step } from '../model/plan.ts';
import type { Secret } from '../model/secret.ts';
import { preview } from '../system/preview.ts';
import type { System } from '../system/system.ts';
import { gitPatch } from './diffs.ts';
import type { Preview } from './session.ts';

/** What a person is to write is shown as if we did. */
const written = ({ change }: Step): readonly Change[] => (change.kind === 'by-hand' ? (change.files ?? []) : [change]);

/** The very deeds of apply, on a system that keeps writes: what it shows is what apply does. `base` is what paths are relative to. */
export async function onPaper(system: System, root: string, steps: readonly Step[], base = root, secrets: readonly Secret[] = []): Promise<Preview> {
  const paper = preview(system);
  const bench: Bench = { system: paper.system, root, run: 'N', say: () => undefined };
  for (const change of steps.flatMap(written)) {
    const deed = deedOf(change.kind);
    await deed.run(change, await deed.prepare(change, bench), bench);
  }
  const changed = paper.files().filter((f) => (f.before || f.after) && !(f.before && f.after && f.before.equals(f.after)));
  return { diffs: changed.map((f) => ({ ...gitPatch(f, base, root), ...(secrets.length > 0 ? { secrets } : {}) })), commands: paper.commands() };
}
