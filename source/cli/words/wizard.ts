import { resolve } from 'node:path';
import { Stop } from '../../model/errors.ts';
import { text } from '../../model/text.ts';
import { isNoFolder } from '../../engine/folder.ts';
import { WORDS } from '../flags.ts';
import type { Io } from '../io.ts';
import { openSession, warnOfSudo } from '../look.ts';
import { openWizard } from '../open-wizard.ts';
import { nearest } from '../nearest.ts';
import type { Args } from '../parse.ts';
import { offersToMend, sayHowItEnded } from '../unfinished.ts';

/** `harden-tui scna`: neither a word nor a folder. */
async function mustBeFolder(args: Args, io: Io): Promise<void> {
  if (args.rest === undefined) return;
  const at = resolve(io.cwd, args.rest);
  const stat = await (await io.doors.files()).stat(at).catch(() => undefined);
  // A link is followed when it is opened.
  if (stat?.kind === 'file') throw isNoFolder(at);
  if (stat) return;
  const guess = nearest(args.rest, WORDS.filter((w) => w !== 'wizard'));
  throw new Stop(text(`There is no word and no folder "${args.rest}".`, `没有名为“${args.rest}”的命令或目录。`), [
    ...(guess === undefined ? [] : [text(`Did you mean ${guess}?`, `是不是想用 ${guess}？`)]),
    text('See the words: harden-tui --help', '查看命令：harden-tui --help'),
  ]);
}

export async function run(args: Args, io: Io): Promise<number> {
  await mustBeFolder(args, io);
  if (!io.isTTY) {
    throw new Stop(text('The wizard needs a terminal, and this is none.', '向导需要终端，而这里没有终端。'), [
      text('The findings: harden-tui scan', '查看问题：harden-tui scan'),
      text('A diff of the recommended fixes: harden-tui fix', '推荐办法的差异：harden-tui fix'),
      text('Applied without questions: harden-tui fix --yes', '不提问直接应用：harden-tui fix --yes'),
    ]);
  }
  warnOfSudo(args, io);
  const session = await openSession(args, io);
  const code = await offersToMend(session, args, io);
  if (code !== undefined) return code;
  await sayHowItEnded(session, args, io);
  return openWizard(session, args, io);
}
