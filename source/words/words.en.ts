import { applying } from './en/applying.ts';
import { common } from './en/common.ts';
import { confirm } from './en/confirm.ts';
import { done } from './en/done.ts';
import { finding } from './en/finding.ts';
import { findings } from './en/findings.ts';
import { history } from './en/history.ts';
import { ignore } from './en/ignore.ts';
import { keys } from './en/keys.ts';
import { least } from './en/least.ts';
import { leave } from './en/leave.ts';
import { looking } from './en/looking.ts';
import { plan } from './en/plan.ts';
import { projects } from './en/projects.ts';
import { question } from './en/question.ts';
import { rehearsal } from './en/rehearsal.ts';
import { spoken } from './en/spoken.ts';
import { trouble } from './en/trouble.ts';
import { undo } from './en/undo.ts';

export const en = { common, keys, looking, projects, question, findings, finding, ignore, least, plan, rehearsal, confirm, applying, done, undo, history, leave, trouble, spoken };

/** The shape of the catalogue: a language that lacks a word does not compile. */
export type Words = typeof en;
