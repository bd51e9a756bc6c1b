import { relative, resolve } from 'node:path';
import { savedPlan } from '../engine/saved-plan.ts';
import { quote } from '../files/shellwords.ts';
import { Stop } from '../model/errors.ts';
import type { Plan } from '../model/plan.ts';
import { text } from '../model/text.ts';
import { jsonText } from '../report/json.ts';
import { writeTo } from './deliver.ts';
import { suggested, type Io } from './io.ts';
import type { Looked } from './look.ts';
import type { Args } from './parse.ts';

/** What is saved has not been applied. */
export const notWithYes = (): Stop => new Stop(
  text('--save-plan belongs to the dry run: with --yes there is nothing left to apply.', '--save-plan 用于试运行：加了 --yes 就没有可留待应用的内容了。'),
  [text('To look first: harden-tui fix --save-plan FILE', '先看看：harden-tui fix --save-plan FILE')],
);

/** The plan of a dry run as a file, and how it is applied. */
export async function savePlan(plan: Plan, { machine }: Looked, args: Args, io: Io): Promise<void> {
  const { flags, lang } = args;
  const file = flags['save-plan'] ?? '';
  if (plan.choices.length === 0) {
    io.stderr.write(`${text('There is nothing to save: the plan is empty.', '没有可保存的内容：方案是空的。')[lang]}\n`);
    return;
  }
  const dockerfile = flags.dockerfile === undefined ? {} : { dockerfile: relative(machine.root, resolve(io.cwd, flags.dockerfile)) };
  await writeTo(file, jsonText(savedPlan(plan, machine, dockerfile)), args, io);
  io.stderr.write(`${suggested(text(`To apply this very plan: harden-tui apply ${quote([file])}`, `要应用这份方案：harden-tui apply ${quote([file])}`)[lang], io)}\n`);
}
