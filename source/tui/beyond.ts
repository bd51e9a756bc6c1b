import type { Finding } from '../model/finding.ts';
import type { Elsewhere } from '../model/machine.ts';
import { seen } from './screens/projects/open.ts';
import { turn, type Ask, type Turn } from './turn.ts';
import type { Wizard } from './wizard.ts';

type Kind = Elsewhere['kind'];

const put = (wizard: Wizard, of: Kind, known: readonly Finding[] | 'asked'): Wizard => ({ ...wizard, looking: { ...wizard.looking, beyond: new Map(wizard.looking.beyond).set(of, known) } });

/** Has a look at what is not this project's; it was left out until somebody asks. */
export const lookBeyond = (wizard: Wizard, of: Kind): Turn =>
  wizard.given.can.beyond === true && !wizard.looking.beyond?.has(of) ? turn(put(wizard, of, 'asked'), { kind: 'beyond', of }) : turn(wizard);

/** Its findings stand behind the project's own, and none of them is offered for change. */
export function lookedBeyond(wizard: Wizard, of: Kind, findings: readonly Finding[]): Wizard {
  const { machine, all = [] } = wizard.looking;
  return machine ? seen(put(wizard, of, findings), machine, all) : wizard;
}

/** What was wished once is wished of every later look, too. */
export const wishedBeyond = ({ looking }: Wizard): readonly Ask[] => [...(looking.beyond?.keys() ?? [])].map((of) => ({ kind: 'beyond', of }));

/** For a look that begins anew; or for one that was stopped: what is waited for is given up. */
export const beyondAnew = ({ looking }: Wizard): Wizard['looking']['beyond'] => (looking.beyond ? new Map([...looking.beyond.keys()].map((of) => [of, 'asked' as const])) : undefined);

export const beyondStopped = ({ looking }: Wizard): Wizard['looking']['beyond'] => (looking.beyond ? new Map([...looking.beyond].filter(([, known]) => known !== 'asked')) : undefined);

/** What was found there; undefined while nobody asked, or while it is looked at. */
export function foundBeyond({ looking }: Wizard, of: Kind): readonly Finding[] | undefined {
  const known = looking.beyond?.get(of);
  return known === 'asked' ? undefined : known;
}
