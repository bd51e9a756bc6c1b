import type { Found, Least, Trial } from '../model/least.ts';
import type { Machine } from '../model/machine.ts';
import { refuse, type Proposal, type Refusal } from '../model/risk.ts';
import type { Service } from '../model/service.ts';
import { text, type Text } from '../model/text.ts';
import { runningOf } from './service-files.ts';

const OUTCOME: Readonly<Record<Trial['outcome'], Text>> = { holds: text('holds', '保持正常'), breaks: text('breaks', '出错'), 'cannot-tell': text('cannot tell', '无法判断') };

/** What a search found for this service; or the reason why nothing can be proposed yet. */
export function found<K extends keyof Least>(machine: Machine, service: Service, what: K, risk: string): Extract<NonNullable<Least[K]>, { needs: unknown }> | Refusal {
  const made = machine.trials?.get(service.name)?.[what] as Found<unknown> | undefined;
  // Without an engine the command below would say the same again.
  if (!made && !machine.docker) return refuse(text('what it can do without is found by trials on copies, and there is no Docker here to make them', '它能少要什么，要在副本上试验才知道，而这里没有 Docker 可用'));
  if (!made) return refuse(text(`has to be tried first: harden-tui fix --risk ${risk} --rehearse`, `要先试验：harden-tui fix --risk ${risk} --rehearse`));
  return 'refused' in made ? refuse(made.refused) : (made as Extract<NonNullable<Least[K]>, { needs: unknown }>);
}

/** The evidence: each trial, what came of it, and the line of its log that says why. */
export function evidence({ trials, minimal }: { readonly trials: readonly Trial[]; readonly minimal: boolean }): NonNullable<Proposal['along']> {
  const rows = trials.map((t, i) => {
    const [why, said] = [t.why, t.log.at(-1)?.trim()];
    const because = (lang: 'en' | 'zh-CN', colon: string): string => [OUTCOME[t.outcome][lang], ...(why ? [why[lang].replace(/[。.]$/, '')] : []), ...(said === undefined || said === '' ? [] : [said])].join(colon);
    return { label: text(`trial ${i + 1}`, `第 ${i + 1} 次`), text: text(`${t.given}: ${because('en', ': ')}`, `${t.given}：${because('zh-CN', '：')}`) };
  });
  const end = minimal
    ? text('every single one of these was tried without, and missed', '其中每一项都试过去掉，去掉就出错')
    : text('it holds with these; fewer may do, the number of trials was reached', '有这些就能正常工作；可能还能更少，但试验次数已用完');
  return [...rows, { label: text('smallest', '最少'), text: end }];
}

/** The trials were made on what runs, and that is root: what is chosen beside them may make other things necessary. */
export function triedAsRoot(machine: Machine, service: Service): NonNullable<Proposal['along']> {
  const isRoots = runningOf(machine, service).some((c) => c.processes.some((p) => p.uid.effective === 0));
  return isRoots ? [{ label: text('tried as', '试验时'), text: text('root, as it runs now: with another user chosen beside it, it may need other ones. The rehearsal shows that', '以现在的 root 身份：如果同时还选了换用户的办法，需要的可能不同，预演会看到') }] : [];
}
