import type { ParseArgsConfig } from 'node:util';
import { text, type Text } from '../model/text.ts';

export const WORDS = ['wizard', 'scan', 'fix', 'apply', 'undo', 'verify', 'history', 'explain', 'risks', 'demo'] as const;
export type Word = (typeof WORDS)[number];

interface Flag {
  readonly type: 'string' | 'boolean';
  readonly short?: string;
  readonly multiple?: boolean;
  /** Words that take it; everything else is wrong usage. */
  readonly words: readonly Word[];
  /** What stands for the value in the help. */
  readonly value?: string;
  readonly help: Text;
}

const LOOKS: readonly Word[] = ['wizard', 'scan', 'fix', 'apply'];
const ENGINE: readonly Word[] = ['wizard', 'scan', 'fix', 'apply', 'undo', 'verify', 'demo'];
const APPLIES: readonly Word[] = ['fix', 'apply'];

/** Every flag there is: the parser, the help and the sentences about wrong usage are made from this table. */
export const FLAGS = {
  all: { type: 'boolean', words: ['scan'], help: text("list what is not this project's, too", '也列出不属于本项目的内容') },
  'no-docker': { type: 'boolean', words: [...LOOKS, 'demo'], help: text('do not ask Docker', '不询问 Docker') },
  'no-processes': { type: 'boolean', words: LOOKS, help: text('do not read /proc; ask Docker instead', '不读 /proc，改为询问 Docker') },
  'no-files': { type: 'boolean', words: LOOKS, help: text('do not read the files under PATH', '不读 PATH 下的文件') },
  'docker-host': { type: 'string', value: 'URL', words: [...ENGINE, 'history'], help: text('the Docker to talk to', '要使用的 Docker 地址') },
  context: { type: 'string', value: 'NAME', words: [...ENGINE, 'history'], help: text('the Docker context to talk to', '要使用的 Docker 上下文') },
  'allow-remote': { type: 'boolean', words: ['wizard', 'fix', 'apply', 'undo', 'history'], help: text('a Docker on another machine may be changed', '允许修改另一台机器上的 Docker') },
  dockerfile: { type: 'string', value: 'FILE', words: ['wizard', 'scan', 'fix'], help: text('the Dockerfile that a plain container comes from', '单独运行的容器所用的 Dockerfile') },
  severity: { type: 'string', value: 'LEVEL', words: ['scan', 'fix'], help: text('from which severity on: critical, high, medium, low, info', '从哪个级别开始：critical、high、medium、low、info') },
  'fail-on': { type: 'string', value: 'LEVEL', words: ['scan'], help: text('exit 1 from this severity on, or none (default high)', '从该级别起退出码为 1，或 none（默认 high）') },
  format: { type: 'string', value: 'NAME', words: ['scan', 'risks', 'fix', 'apply', 'verify'], help: text('scan: pretty, json, sarif, markdown; the others: json', 'scan：pretty、json、sarif、markdown；其他：json') },
  output: { type: 'string', short: 'o', value: 'FILE', words: ['scan', 'risks', 'fix', 'apply', 'verify'], help: text('write the result to FILE', '把结果写到 FILE') },
  risk: { type: 'string', multiple: true, value: 'ID', words: ['fix'], help: text('only this risk, of any severity unless --severity is given; may be repeated', '只处理这个风险，不论级别（除非同时给出 --severity），可重复') },
  fix: { type: 'string', multiple: true, value: 'RISK=FIX', words: ['fix'], help: text('another way than the recommended one; may be repeated', '选用推荐之外的办法，可重复') },
  'safe-only': { type: 'boolean', words: ['fix'], help: text('only ways that cannot change what a program may do', '只用不会影响程序行为的办法') },
  'files-only': { type: 'boolean', words: APPLIES, help: text('only write the files; build and replace nothing', '只写文件，不构建也不替换') },
  'save-plan': { type: 'string', value: 'FILE', words: ['fix'], help: text('write the plan to FILE, for harden-tui apply FILE', '把方案写到 FILE，供 harden-tui apply FILE 使用') },
  step: { type: 'string', value: 'N', words: ['undo'], help: text('only step N of the run, and what cannot stand without it', '只撤销该次运行的第 N 步，以及离开它就不成立的部分') },
  finish: { type: 'string', value: 'RUN', words: ['fix'], help: text('a run that was cut off or went back: do the same anew', '重新执行被切断或已还原的运行里的修复；未还原的先撤销') },
  clean: { type: 'boolean', words: ['history'], help: text('remove what runs that died have left behind', '清理意外终止的运行留下的东西') },
  forget: { type: 'string', value: 'RUN', words: ['history'], help: text('release what is kept for RUN, which cannot be taken back any more, or a kept image by its tag', '释放为 RUN 保留的内容（之后无法再撤销它），或按标签释放一个保留的镜像') },
  yes: { type: 'boolean', words: ['fix', 'undo', 'history'], help: text('do it, without asking; fix: where several fail together, parts of them are applied next, to find out which one it is', '直接执行，不再询问；fix：几个修复放在一起失败时，接着逐次应用其中一部分，找出是哪一个') },
  rehearse: { type: 'boolean', words: ['fix'], help: text('try it in disposable copies; nothing of yours is touched', '在一次性副本中试验，不会碰你的任何东西') },
  'no-rehearse': { type: 'boolean', words: APPLIES, help: text('apply it without trying it in disposable copies first', '不先在一次性副本中试验，直接应用') },
  'show-secrets': { type: 'boolean', words: APPLIES, help: text('show diffs that hold a secret in clear text', '显示含明文密码的差异') },
  check: { type: 'string', multiple: true, value: 'CMD', words: ['wizard', 'fix', 'apply'], help: text('your own health check: a command for sh -c that must end with 0', '你自己的检查：交给 sh -c 的命令，须以 0 结束') },
  'check-url': { type: 'string', multiple: true, value: 'URL', words: ['wizard', 'fix', 'apply'], help: text('your own health check: a URL that must answer as before', '你自己的检查：必须和之前一样应答的 URL') },
  'accept-drift': { type: 'boolean', words: APPLIES, help: text("go on although a rebuild brings more than the fix", '即使重新构建会带来修复之外的变化也继续') },
  'system-files': { type: 'boolean', words: APPLIES, help: text('when it is applied: files outside PATH may be changed too (units, /etc, accounts)', '应用时：也可以修改 PATH 之外的文件（unit、/etc、账号）') },
  'dry-run': { type: 'boolean', words: ['wizard', 'fix', 'apply', 'undo'], help: text('stop before anything is changed', '在改动任何东西之前停下') },
  ascii: { type: 'boolean', words: ['wizard', 'demo'], help: text('draw with plain letters', '只用普通字符绘制') },
  'screen-reader': { type: 'boolean', words: ['wizard', 'demo'], help: text('sentences instead of a screen; ACCESSIBLE=1 does the same', '用语句代替画面，供读屏软件使用；等同于 ACCESSIBLE=1') },
  'no-mouse': { type: 'boolean', words: ['wizard', 'demo'], help: text('leave the mouse wheel to the terminal', '鼠标滚轮留给终端') },
  config: { type: 'string', value: 'FILE', words: ['scan', 'fix', 'apply'], help: text('instead of .harden-tui.yaml in PATH', '替代 PATH 中的 .harden-tui.yaml') },
  lang: { type: 'string', value: 'en|zh-CN', words: WORDS, help: text('language (default from the locale)', '语言（默认取自系统区域设置）') },
  'no-color': { type: 'boolean', words: WORDS, help: text('no colours; NO_COLOR does the same', '不用颜色；等同于 NO_COLOR') },
  verbose: { type: 'boolean', words: WORDS, help: text('say every command, and more of what went wrong', '说出每条命令，出错时多说一些') },
  version: { type: 'boolean', words: WORDS, help: text('the version', '版本') },
  help: { type: 'boolean', short: 'h', words: WORDS, help: text('this page', '本页') },
} as const satisfies Record<string, Flag>;

export type FlagName = keyof typeof FLAGS;
type ValueOf<F> = F extends { readonly type: 'boolean' } ? boolean : F extends { readonly multiple: true } ? readonly string[] : string;
export type Flags = { readonly [K in FlagName]?: ValueOf<(typeof FLAGS)[K]> };

/** The same table as node's parser wants it. */
export const OPTIONS: NonNullable<ParseArgsConfig['options']> = Object.fromEntries(
  Object.entries<Flag>(FLAGS).map(([name, { type, short, multiple }]) => [name, { type, ...(short ? { short } : {}), ...(multiple ? { multiple } : {}) }]),
);

/** Flags and words of CLI.md that are still to come: said, rather than called unknown. */
export const LATER: readonly string[] = [];
