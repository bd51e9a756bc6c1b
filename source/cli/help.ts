import { text, type Lang } from '../model/text.ts';
import { pad, wrap } from '../report/wrap.ts';
import { FLAGS, WORDS, type Word } from './flags.ts';
import { TABLE } from './table.ts';

const SAY = {
  what: text('Looks at a project, its containers and what runs; explains what is unsafe, fixes it, proves it, takes it back.', '检查一个项目、它的容器和正在运行的进程；说明哪里不安全，修复、验证，也能撤销。'),
  words: text('Words', '命令'),
  scenarios: text('Scenarios', '场景'),
  flags: text('Flags', '选项'),
  exit: text('Exit codes', '退出码'),
  codes: text(
    '0  nothing at or above --fail-on, or applied and verified\n1  findings at or above it (scan)\n2  wrong usage, or it could not be carried out; nothing was started\n3  taken back, still there, drifted, not verified, or a step is left to you\n130  interrupted',
    '0  没有达到 --fail-on 的问题，或已应用并验证\n1  有达到该级别的问题（scan）\n2  用法有误，或无法执行；什么都没有开始\n3  应用后又还原、仍然存在、修复失效、无法验证，或有一步要由你来做\n130  被中止',
  ),
};

function rows(pairs: readonly (readonly [string, string])[], columns: number): string {
  const left = Math.max(...pairs.map(([name]) => name.length)) + 4;
  return pairs.flatMap(([name, does]) => wrap(does, Math.max(30, columns - left)).map((line, i) => (i === 0 ? pad(`  ${name}`, left) : ' '.repeat(left)) + line)).join('\n');
}

/** Every word and flag, or those of one word; of a demo which ones there are (name, title). */
export function help(word: Word, lang: Lang, columns: number, scenarios: readonly (readonly [string, string])[] = []): string {
  const all = word === 'wizard';
  const words = WORDS.filter((w) => all || w === word).map((w) => [`harden-tui ${TABLE[w].call}`, TABLE[w].does[lang]] as const);
  const flags = Object.entries(FLAGS)
    .filter(([, f]) => all || (f.words as readonly Word[]).includes(word))
    .map(([name, f]) => [`${'short' in f ? `-${f.short}, ` : ''}--${name}${'value' in f ? ` ${f.value}` : ''}`, f.help[lang]] as const);
  return [
    ...(all ? [...wrap(SAY.what[lang], columns), '', SAY.words[lang]] : []), rows(words, columns), '',
    ...(scenarios.length > 0 ? [SAY.scenarios[lang], rows(scenarios, columns), ''] : []),
    SAY.flags[lang], rows(flags, columns), '',
    SAY.exit[lang], SAY.codes[lang].split('\n').map((l) => `  ${l}`).join('\n'), '',
  ].join('\n');
}
