import type { Machine } from '../model/machine.ts';
import { text, type Text } from '../model/text.ts';
import { programOf, rolesIn } from '../settings/roles.ts';

const known = new WeakMap<Machine, readonly Text[]>();
/** As the engine has it: empty, `root`, `0`, each with a group or without. */
const startsAsRoot = (user: string): boolean => /^(?:root|0*)(?::|$)/.test(user);
const uids = (all: readonly number[]): string => [...new Set(all)].sort((a, b) => a - b).join(', ');

/** Who gives root up by itself comes before who keeps it on purpose. */
interface Fine {
  readonly text: Text;
  readonly byDesign: boolean;
}

function seen({ containers }: Machine): Fine[] {
  return containers.filter((one) => one.running && !one.restarting && one.processes.length > 0).flatMap((one): Fine[] => {
    const name = one.service ?? one.name;
    const { root, byDesign, others } = rolesIn(one);
    if (root.length > 0 || others.length === 0 || one.processes.some((p) => p.outside !== undefined)) return [];
    const who = uids(others.map((p) => p.uid.effective));
    const master = byDesign[0];
    if (master) {
      const program = programOf(master.argv);
      return [{ byDesign: true, text: text(`${program} in ${name} keeps a root master by design, its ${others.length === 1 ? 'worker is' : 'workers are'} uid ${who}`, `${name} 里的 ${program} 主进程用 root 是正常设计，它的工作进程是 uid ${who}`) }];
    }
    return startsAsRoot(one.user) ? [{ byDesign: false, text: text(`${name} steps down to uid ${who} by itself`, `${name} 会自己降到 uid ${who}`) }] : [];
  });
}

/** What somebody who counts root processes or users would flag, and why it is fine as it is. */
export function looksFine(machine: Machine): readonly Text[] {
  const found = known.get(machine) ?? seen(machine).sort((a, b) => Number(a.byDesign) - Number(b.byDesign)).map((one) => one.text);
  known.set(machine, found);
  return found;
}
