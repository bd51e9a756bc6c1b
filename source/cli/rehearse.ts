import type { RehearsalWish } from '../engine/session.ts';
import type { Looked } from './look.ts';
import type { Plan } from '../model/plan.ts';
import type { Rehearsal } from '../model/rehearsal.ts';
import { text } from '../model/text.ts';
import { rehearsalText } from '../report/rehearsal-text.ts';
import { paintFor } from './deliver.ts';
import { columnsOf, type Io } from './io.ts';
import { live } from './live.ts';
import type { Args } from './parse.ts';

/** Old and new beside each other on copies, said on stderr as it goes; undefined where nothing of the plan runs in a container. */
export async function rehearsePlan({ session }: Looked, plan: Plan, args: Args, io: Io, interrupt: AbortSignal, wish: RehearsalWish = {}): Promise<Rehearsal | undefined> {
  const { lang, flags } = args;
  const onEvent = live(io.stderr, { steps: plan.steps, tell: (s) => session.tell(s), lang, verbose: flags.verbose ?? false });
  const rehearsal = await session.rehearse?.(plan, onEvent, interrupt, wish);
  if (!rehearsal) return undefined;
  io.stderr.write(`\n${rehearsalText(rehearsal, { lang, columns: columnsOf(io.stderr), paint: paintFor(io.stderr, args, io.env) })}\n`);
  return rehearsal;
}

/** `fix --rehearse`: nothing of it runs in a container, so there is nothing to be copied. */
export const NOTHING_TO_REHEARSE = text('Nothing of this plan runs in a container, so there is no rehearsal.', '这个方案没有涉及正在容器里运行的服务，因此没有预演。');
