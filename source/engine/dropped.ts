import type { Change, OwnMount, SetFolder } from '../model/change.ts';
import type { Machine } from '../model/machine.ts';
import type { Plan, Step, Tie } from '../model/plan.ts';
import { list, text, type Text } from '../model/text.ts';

/** Names a step whatever its number is: what it does, and to what. The same in every plan that has it. */
export function keyOf(change: Change): string {
  switch (change.kind) {
    case 'own-mount':
    case 'set-folder': return `${change.kind} ${change.mount.type} ${change.mount.source}`;
    case 'set-path':
    case 'make-folder':
    case 'edit-file':
    case 'create-file': return `${change.kind} ${change.path}`;
    case 'build-image':
    case 'restart-host': return `${change.kind} ${change.service}`;
    case 'make-keys':
    case 'fill-volume': return `${change.kind} ${change.volume}`;
    case 'make-account': return `${change.kind} ${change.name}`;
    case 'stop-services':
    case 'start-services': return change.kind;
    case 'by-hand': return `${change.kind} ${change.services.join(' ')}`;
  }
}

/** What was left out of a plan, as a saved one and the next one name it. */
export const withoutOf = ({ dropped }: Pick<Plan, 'dropped'>): readonly string[] => (dropped ?? []).map((s) => keyOf(s.change));

/** What makes a fix what it is. Where a finding has none of these, its other steps are the fix itself. */
const isCore = ({ change }: Step): boolean => change.kind === 'edit-file' || change.kind === 'create-file' || change.kind === 'build-image';

const mountedBy = (machine: Machine, { mount }: OwnMount | SetFolder, services: readonly string[]): readonly string[] =>
  machine.services.filter((s) => services.includes(s.name) && machine.containers.some((c) => s.containers.includes(c.id) && c.mounts.some((m) => m.source === mount.source && !m.readOnly))).map((s) => s.name);

function ofRoot(machine: Machine, { mount }: OwnMount): Text {
  const n = machine.containers.flatMap((c) => c.mounts).find((m) => m.source === mount.source && m.rootEntries !== undefined)?.rootEntries;
  return n === undefined ? text('what root wrote there', '其中属于 root 的内容') : text(n === 1 ? '1 file' : `${n} files`, `其中 ${n} 个文件`);
}

/** What comes of it where such a step is left out and all else is done. */
function follows(step: Step, machine: Machine, ties: readonly Tie[]): Text | undefined {
  const { change } = step;
  const started = ties.filter((t) => step.because.includes(t.finding)).flatMap((t) => t.services);
  switch (change.kind) {
    case 'own-mount': {
      const names = mountedBy(machine, change, started);
      const who = list(names.length > 0 ? names : [change.service]);
      const what = ofRoot(machine, change);
      return text(`${who.en} will not be able to write ${what.en}`, `${who['zh-CN']} 将无法写入${what['zh-CN']}`);
    }
    case 'set-folder': return text(`its owner and mode stay as they are, and ${change.service} may not be able to write there`, `它的属主和权限不变，${change.service} 可能无法在那里写入`);
    case 'set-path': return text('its owner and mode stay as they are: who is to use it as another user may not be able to', '它的属主和权限不变：换了用户的程序可能无法使用它');
    default: return undefined;
  }
}

/**
 * Marks the steps that can be left out while the findings they serve stay chosen: nothing else needs them, and what is
 * left is still a fix. What the build needs is none of these; it goes with its findings.
 */
export const withAlone = (steps: readonly Step[], machine: Machine, ties: readonly Tie[]): readonly Step[] => steps.map((step) => {
  const still = step.because.every((id) => steps.some((s) => isCore(s) && s.because.includes(id)));
  const alone = still && !isCore(step) ? follows(step, machine, ties) : undefined;
  return alone ? { ...step, alone } : step;
});

/** Findings that go when a step goes with all that it serves: theirs, and those that can't do without one of them. */
export function fallingWith({ ties = [], choices }: Pick<Plan, 'ties' | 'choices'>, step: Step): readonly string[] {
  const falls = new Set(step.because);
  for (let before = -1; before !== falls.size;) {
    before = falls.size;
    for (const tie of ties) if (tie.needs.some((n) => falls.has(n))) falls.add(tie.finding);
  }
  return [...new Set([...step.because, ...choices.map((c) => c.finding).filter((id) => falls.has(id))])];
}
