import type { LeastEvent, Sought } from '../engine/least/index.ts';
import { text, type Lang } from '../model/text.ts';
import { oneLine } from '../report/plain.ts';
import { duration } from '../report/terms.ts';
import { discreet } from '../report/discreet.ts';
import { wanted, type Wishes } from './choose.ts';
import { interruptible } from './interrupt.ts';
import type { Io } from './io.ts';
import type { Looked } from './look.ts';
import type { Args } from './parse.ts';

/** Risks whose ways out are found by trials, and nowhere else. */
const BY_TRIAL = { 'all-capabilities': 'capabilities', 'writable-rootfs': 'writable' } as const;

/** The services that the wanted findings are about, each with what it is to be tried without. */
function soughtIn({ findings }: Looked, wish: Wishes): readonly Sought[] {
  const all = new Map<string, Sought>();
  for (const f of findings.filter((x) => wanted(x, wish) && x.confidence !== 'guess')) {
    const what = BY_TRIAL[f.risk as keyof typeof BY_TRIAL] as 'capabilities' | 'writable' | undefined;
    const service = f.detail['service'];
    if (!what || typeof service !== 'string') continue;
    all.set(service, { ...(all.get(service) ?? { service, capabilities: false, writable: false }), [what]: true });
  }
  return [...all.values()];
}

const SIGN = { holds: 'ok ', breaks: ' x ', 'cannot-tell': ' ? ' } as const;

/** Each trial as it goes: on a terminal the running one is shown, then replaced by its end. */
function telling(lang: Lang, { stderr }: Io): (event: LeastEvent) => void {
  let open = false;
  const line = (words: string): void => {
    stderr.write(`${open ? '\r\u001b[K' : ''}${words}\n`);
    open = false;
  };
  return (event) => {
    switch (event.kind) {
      case 'limits': {
        const names = event.services.map(oneLine).join(', ');
        line(text(
          `Trying what ${names} can do without, in disposable copies: at most ${event.trials} trials for each, about ${event.seconds} s each. Nothing of yours is touched; Ctrl-C ends it.`,
          `用一次性副本试验 ${names.replaceAll(', ', '、')} 用不着什么：每个最多 ${event.trials} 次，每次约 ${event.seconds} 秒。不会碰你的任何东西；按 Ctrl-C 结束。`,
        )[lang]);
        return;
      }
      case 'trial':
        if (!stderr.isTTY) return;
        stderr.write(`${open ? '\r\u001b[K' : ''} *  ${oneLine(event.service)}  ${event.number}/${event.most}  ${oneLine(event.given)}`.slice(0, Math.max(20, (stderr.columns || 80) - 1)));
        open = true;
        return;
      case 'tried': {
        const { given, outcome, log, why, ms } = event.trial;
        line(`${SIGN[outcome]} ${oneLine(event.service)}  ${oneLine(given)}  ${duration(ms, lang)}`);
        const said = log.at(-1)?.trim();
        if (why) line(`      ${oneLine(why[lang])}`);
        if (said) line(`      ${oneLine(discreet(said))}`);
        return;
      }
      case 'found':
        line(`    ${oneLine(event.service)}${lang === 'en' ? ': ' : '：'}${oneLine(event.text[lang])}`);
    }
  };
}

/**
 * What can only be found by trying is tried, where that was asked for: with `--rehearse`, or before anything is applied.
 * The machine then has what was seen, and the ways out read it.
 */
export async function tryLeast(looked: Looked, wish: Wishes, args: Args, io: Io): Promise<Looked> {
  const { flags, lang } = args;
  const { session, machine } = looked;
  const asked = flags.rehearse === true || (flags.yes === true && flags['dry-run'] !== true && flags['files-only'] !== true && flags['no-rehearse'] !== true);
  const sought = asked && machine.docker && session.leastPrivilege ? soughtIn(looked, wish) : [];
  if (sought.length === 0) return looked;
  let tried = machine;
  await interruptible(io, lang, async (interrupt) => {
    tried = (await session.leastPrivilege?.(machine, sought, telling(lang, io), interrupt)) ?? machine;
    return 0;
  });
  return { ...looked, machine: tried };
}
