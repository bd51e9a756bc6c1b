import { parseArgs } from 'node:util';
import { Stop } from '../model/errors.ts';
import { SEVERITIES } from '../model/finding.ts';
import { LANGS, text, type Lang, type Text } from '../model/text.ts';
import { FLAGS, LATER, OPTIONS, WORDS, type FlagName, type Flags, type Word } from './flags.ts';
import { langNamed, langOf } from './locale.ts';
import { nearest } from './nearest.ts';
import { TABLE } from './table.ts';

export interface Args {
  readonly word: Word;
  /** What stands behind the word: a path, a run, a risk or a scenario. */
  readonly rest?: string;
  readonly flags: Flags;
  readonly lang: Lang;
}

const HELP = text('See what there is: harden-tui --help', '查看用法：harden-tui --help');

const meant = (guess: string | undefined): Text[] => (guess === undefined ? [HELP] : [text(`Did you mean ${guess}?`, `是不是想用 ${guess}？`), HELP]);

export function wrong(en: string, zh: string, next: readonly Text[] = [HELP]): Stop {
  return new Stop(text(en, zh), next);
}

const notYet = (what: string): Stop => wrong(`${what} is not built yet.`, `${what} 尚未实现。`);

/** One of a closed set of values, or a sentence that lists them. */
function oneOf<T extends string>(flag: FlagName, value: string | undefined, allowed: readonly T[]): void {
  if (value === undefined || (allowed as readonly string[]).includes(value)) return;
  throw wrong(`--${flag} is one of ${allowed.join(', ')}; "${value}" is not.`, `--${flag} 只能是 ${allowed.join('、')}，不能是“${value}”。`, meant(nearest(value, allowed)));
}

const FORMATS: Readonly<Partial<Record<Word, readonly string[]>>> = { scan: ['pretty', 'json', 'sarif', 'markdown'], fix: ['json'], apply: ['json'], verify: ['json'], risks: ['json'] };
const FORMATS_LATER = ['html', 'github'];

function mustBeValid(word: Word, flags: Flags): void {
  oneOf('lang', flags.lang, LANGS);
  oneOf('severity', flags.severity, SEVERITIES);
  oneOf('fail-on', flags['fail-on'], [...SEVERITIES, 'none']);
  if (word === 'scan' && FORMATS_LATER.includes(flags.format ?? '')) throw notYet(`--format ${flags.format ?? ''}`);
  oneOf('format', flags.format, FORMATS[word] ?? []);
  for (const pair of flags.fix ?? []) {
    if (!/^[^=]+=[^=]+$/.test(pair)) throw wrong(`--fix wants RISK=FIX; "${pair}" is not of that form.`, `--fix 的写法是 RISK=FIX，“${pair}”不是。`, [text('For example: --fix root-container=named-user', '例如：--fix root-container=named-user')]);
  }
  if (flags.step !== undefined && !/^[1-9]\d{0,5}$/.test(flags.step)) throw wrong(`--step wants the number of a step; "${flags.step}" is not one.`, `--step 需要一个步骤编号，“${flags.step}”不是。`);
  for (const url of flags['check-url'] ?? []) {
    if (!/^https?:\/\/\S+$/.test(url)) throw wrong(`--check-url wants an http or https URL; "${url}" is not one.`, `--check-url 需要 http 或 https 的 URL，“${url}”不是。`);
  }
}

const isFlag = (name: string): name is FlagName => name in FLAGS;

interface Token {
  readonly name: string;
  readonly raw: string;
  readonly value?: string;
  readonly inline: boolean;
}

/** A flag that is known, has a value when it needs one, and has none when it takes none. */
function check({ name, raw, value, inline }: Token): void {
  if (LATER.includes(raw)) throw notYet(raw);
  if (!isFlag(name)) throw wrong(`There is no flag ${raw}.`, `没有 ${raw} 这个选项。`, meant(raw.startsWith('--') ? nearest(raw, Object.keys(FLAGS).map((f) => `--${f}`)) : undefined));
  const wants = FLAGS[name].type === 'string';
  if (!wants && value !== undefined) throw wrong(`${raw} takes no value.`, `${raw} 不带值。`);
  if (wants && (value === undefined || value === '' || (!inline && value.startsWith('-')))) throw wrong(`${raw} needs a value.`, `${raw} 需要一个值。`);
}

/** The word, what stands behind it and the flags; wrong usage is one clear sentence and what to try (exit code 2). */
export function parse(argv: readonly string[], env: NodeJS.ProcessEnv): Args {
  const { tokens, values, positionals } = parseArgs({ args: [...argv], options: OPTIONS, strict: false, allowPositionals: true, tokens: true });
  for (const token of tokens) {
    if (token.kind === 'option') check({ name: token.name, raw: token.rawName, inline: token.inlineValue === true, ...(token.value === undefined ? {} : { value: token.value }) });
  }
  const lang = langNamed(typeof values['lang'] === 'string' ? values['lang'] : '');
  const flags = { ...values, ...(lang ? { lang } : {}) } as Flags;
  const [first] = positionals;
  if (first !== undefined && LATER.includes(first)) throw notYet(`harden-tui ${first}`);
  const word = WORDS.find((w) => w === first && w !== 'wizard') ?? 'wizard';
  const rest = word === 'wizard' ? positionals : positionals.slice(1);
  const args: Args = { word, flags, lang: lang ?? langOf(env), ...(rest[0] === undefined ? {} : { rest: rest[0] }) };
  if (flags.help || flags.version) return args;
  mustBeValid(word, flags);
  for (const name of Object.keys(flags).filter(isFlag)) {
    if (!(FLAGS[name].words as readonly Word[]).includes(word)) {
      const takers = (FLAGS[name].words as readonly Word[]).map((w) => `harden-tui ${TABLE[w].call}`);
      throw wrong(`${word === 'wizard' ? 'The wizard' : `harden-tui ${word}`} has no --${name}.`, `${word === 'wizard' ? '向导' : `harden-tui ${word} `}没有 --${name}。`, [text(`It belongs to: ${takers.join(', ')}`, `它用于：${takers.join('、')}`), HELP]);
    }
  }
  const { takes, call } = TABLE[word];
  if (takes === 'nothing' && rest[0] !== undefined) throw wrong(`harden-tui ${word} takes nothing behind it; "${rest[0]}" is too much.`, `harden-tui ${word} 后面不带参数，“${rest[0]}”是多余的。`);
  if (rest[1] !== undefined) {
    const guess = word === 'wizard' ? nearest(rest[0] ?? '', WORDS) : undefined;
    throw wrong(`"${rest[1]}" is one word too many: harden-tui ${call}`, `“${rest[1]}”是多余的：harden-tui ${call}`, meant(guess));
  }
  if (takes === 'risk' && rest[0] === undefined) throw wrong('harden-tui explain needs the id of a risk.', 'harden-tui explain 需要一个风险的 id。', [text('See the ids: harden-tui risks', '查看 id：harden-tui risks')]);
  if (takes === 'plan' && rest[0] === undefined) throw wrong('harden-tui apply needs the file of a plan.', 'harden-tui apply 需要一个方案文件。', [text('To write one: harden-tui fix --save-plan FILE', '写出一个方案：harden-tui fix --save-plan FILE')]);
  return args;
}
