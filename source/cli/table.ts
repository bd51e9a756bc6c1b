import { text, type Text } from '../model/text.ts';
import type { Word } from './flags.ts';
import type { Args } from './parse.ts';
import type { Io } from './io.ts';

interface Entry {
  readonly call: string;
  readonly does: Text;
  /** What may stand behind the word, at most one. */
  readonly takes: 'path' | 'plan' | 'run' | 'risk' | 'scenario' | 'nothing';
  /** Loaded when it is called: a word that needs no Docker client does not wait for one. */
  load(): Promise<{ run(args: Args, io: Io): Promise<number> }>;
}

/** The words of the command line. What is not in this table does not exist; `--help` prints it. */
export const TABLE: Readonly<Record<Word, Entry>> = {
  wizard: { call: '[PATH]', takes: 'path', does: text('the wizard: looks, explains, and changes what you confirm', '向导：检查、解释，只改你确认的内容'), load: () => import('./words/wizard.ts') },
  scan: { call: 'scan [PATH]', takes: 'path', does: text('the findings; changes nothing', '列出问题，不改任何东西'), load: () => import('./words/scan.ts') },
  fix: { call: 'fix [PATH]', takes: 'path', does: text('a diff of the recommended fixes; --yes applies, proves or takes back', '推荐办法的差异；--yes 则应用并验证，失败就还原'), load: () => import('./words/fix.ts') },
  apply: { call: 'apply PLAN', takes: 'plan', does: text('applies a plan that fix --save-plan wrote; refuses it where something changed since', '应用由 fix --save-plan 写出的方案；之后变了就拒绝'), load: () => import('./words/apply.ts') },
  undo: { call: 'undo [RUN]', takes: 'run', does: text('takes back the last run, or RUN; --step N a part of it', '撤销最近一次运行，或 RUN；--step N 只撤销一部分'), load: () => import('./words/undo.ts') },
  verify: { call: 'verify [RUN]', takes: 'run', does: text('proves the last run again, or RUN: what still holds, what drifted and since when; changes nothing', '重新验证最近一次运行，或 RUN：哪些修复仍有效、哪些失效、从什么时候起；不改任何东西'), load: () => import('./words/verify.ts') },
  history: { call: 'history', takes: 'nothing', does: text('every run, what it changed and how that was proven', '每次运行、它的改动和验证结果'), load: () => import('./words/history.ts') },
  explain: { call: 'explain RISK', takes: 'risk', does: text('the explanation of a risk, offline', '某个风险的说明，离线可用'), load: () => import('./words/explain.ts') },
  risks: { call: 'risks', takes: 'nothing', does: text('everything that is looked for, with its fixes', '会检查的所有风险及其处理办法'), load: () => import('./words/risks.ts') },
  demo: { call: 'demo [SCENARIO]', takes: 'scenario', does: text('a broken project to practise on, in a copy of its own', '在副本里用一个有问题的项目练手'), load: () => import('./words/demo.ts') },
};
