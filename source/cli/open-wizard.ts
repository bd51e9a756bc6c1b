import { resolve } from 'node:path';
import type { Session } from '../engine/session.ts';
import { text, type Text } from '../model/text.ts';
import { readReadme } from '../risks/readme.ts';
import { editorArgv } from './editor.ts';
import { looksHere, type Io } from './io.ts';
import type { Args } from './parse.ts';
import { pagesIn } from './pages.ts';
import { suggester } from './suggest.ts';
import { terminalOf } from './terminal.ts';

/** The wizard on a session, with what it can't know by itself: explanations, the editor, whether it is the first time. */
export async function openWizard(session: Session, args: Args, io: Io, root = resolve(io.cwd, args.rest ?? '.'), demo = false): Promise<number> {
  const { flags, lang } = args;
  const risks = await io.doors.risks();
  const titleOf = (markdown: string): string => readReadme(markdown).title;
  const { hand } = io.doors;
  return io.doors.wizard({
    session, lang, path: root,
    dryRun: flags['dry-run'] ?? false,
    ...terminalOf(io.env, flags, io.own),
    allowRemote: flags['allow-remote'] ?? false,
    ...(demo ? { demo } : {}),
    ...(flags['no-docker'] ? { noDocker: true } : {}),
    // Later, and from another folder: there the words of this call would mean something else.
    ...(demo || args.rest !== undefined ? { suggest: suggester(io.program ?? 'harden-tui', { ...args, word: 'wizard', rest: root }) } : looksHere(io)),
    firstTime: (await session.history()).length === 0 && ((await io.doors.firstTime?.(io.env, io.home)) ?? true),
    checked: risks.map((r): Text => text(titleOf(r.readme.en), titleOf(r.readme['zh-CN']))),
    explain: (id) => risks.find((r) => r.id === id)?.readme,
    calls: () => session.calls?.() ?? [],
    // Of a demo the copy is removed, and what was written into it.
    pages: pagesIn(demo ? io.cwd : root, io),
    ...(hand ? { edit: (file: string, line: number) => hand(editorArgv(io.env, resolve(root, file), line)) } : {}),
  });
}
