import { lastEntry, replaceValue, setEntry } from '../files/ini.ts';
import type { EditFile, SpanEdit } from '../model/change.ts';
import { isRefused } from '../files/span.ts';
import { refuse, type Refusal } from '../model/risk.ts';
import { text } from '../model/text.ts';
import { editOf, editsOf } from './edit.ts';
import type { SupervisorProgram } from './supervisord.ts';

export interface ProgramUser {
  /** A name, or a number that /etc/passwd has. */
  readonly user: string;
  readonly home: string;
  /** What the account is called: for USER in its environment. */
  readonly name: string;
}

/**
 * `user=` of a supervisord program, and HOME and USER with it: supervisord changes the user and nothing else, so HOME
 * would stay /root (measured).
 */
export function setProgramUser({ file, ini, section }: SupervisorProgram, { user, home, name }: ProgramUser): EditFile | Refusal {
  // supervisord fills in what begins with %, and a quote would end the value.
  if (/["%\s\\]/.test(home + name + user)) return refuse(text(`${home}: such a path can't be written into environment= safely`, `${home}：这样的路径无法安全地写进 environment=`));
  const command = lastEntry(ini, section, 'command');
  const there = lastEntry(ini, section, 'environment');
  const missing = [['HOME', home], ['USER', name]].filter(([key]) => !new RegExp(`(?:^|[,\\s])${key ?? ''}=`).test(there?.value ?? ''));
  const pairs = missing.map(([key, value]) => `${key ?? ''}="${value ?? ''}"`).join(',');
  const edits: SpanEdit[] = [];
  const userEdits = setEntry(ini, section, 'user', user, command);
  if (isRefused(userEdits)) return editsOf(file, userEdits);
  edits.push(...userEdits);
  if (pairs !== '') {
    const more = there ? replaceValue(ini, there, `${there.value.replace(/,\s*$/, '')},${pairs}`) : setEntry(ini, section, 'environment', pairs, lastEntry(ini, section, 'user') ?? command);
    if (isRefused(more)) return editsOf(file, more);
    edits.push(...more);
  }
  return editOf(file, edits);
}
