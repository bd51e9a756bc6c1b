import { quote } from '../files/shellwords.ts';
import type { Step } from '../model/plan.ts';
import { list, text, type Lang, type Text } from '../model/text.ts';
import { discreet } from './discreet.ts';
import { oneLine } from './plain.ts';

/** A command that can be pasted; secrets in its arguments are not for the screen. */
export const commandLine = (argv: readonly string[]): string => oneLine(discreet(quote(argv)));

export interface Perhaps {
  readonly argv: readonly string[];
  readonly where: Text;
}

/** Commands of which is known only when they are due whether they run: a proxy is started again where what it asks got another address. */
export const perhapsOf = (steps: readonly Step[]): readonly Perhaps[] => steps.flatMap(({ change }) => (change.kind === 'start-services' ? change.again ?? [] : []))
  .filter((one) => one.when === 'moved')
  .flatMap(({ containers, of }) => containers.map(({ name }) => {
    const names = list(of.map(oneLine));
    return { argv: ['docker', 'restart', name], where: text(`only if the address of ${names.en} changes`, `仅当 ${names['zh-CN']} 的地址变化时`) };
  }));

/** As it can be pasted: to a shell the condition is a comment. */
export const perhapsLine = ({ argv, where }: Perhaps, lang: Lang): string => `${commandLine(argv)}  # ${where[lang]}`;
