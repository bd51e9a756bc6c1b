import type { Words } from './words.en.ts';
import { applying } from './zh-CN/applying.ts';
import { common } from './zh-CN/common.ts';
import { confirm } from './zh-CN/confirm.ts';
import { done } from './zh-CN/done.ts';
import { finding } from './zh-CN/finding.ts';
import { findings } from './zh-CN/findings.ts';
import { keys } from './zh-CN/keys.ts';
import { least } from './zh-CN/least.ts';
import { leave } from './zh-CN/leave.ts';
import { looking } from './zh-CN/looking.ts';
import { plan } from './zh-CN/plan.ts';
import { question } from './zh-CN/question.ts';
import { rehearsal } from './zh-CN/rehearsal.ts';
import { trouble } from './zh-CN/trouble.ts';
import { undo } from './zh-CN/undo.ts';

export const zhCN: Words = { common, keys, looking, question, findings, finding, least, plan, rehearsal, confirm, applying, done, undo, leave, trouble };
