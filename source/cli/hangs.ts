import type { Finding } from '../model/finding.ts';
import { text } from '../model/text.ts';
import { oneLine } from '../report/plain.ts';
import { SEVERITY } from '../report/terms.ts';
import { wrap } from '../report/wrap.ts';
import { columnsOf, type Io } from './io.ts';
import type { Args } from './parse.ts';

/** On stderr: which severities hang on the one question about this project, and how it is answered. */
export function sayWhatHangs(findings: readonly Finding[], { lang }: Pick<Args, 'lang'>, io: Io): void {
  const those = findings.filter((f) => f.hangsOn === 'app-editors' && !f.suppressed);
  const [first] = those;
  if (!first) return;
  const { en, 'zh-CN': zh } = SEVERITY[first.severity];
  const what = text(
    `${those.length === 1 ? 'One severity hangs' : `${those.length} severities hang`} on a question: is whoever can edit the app's files trusted with root? "${first.title.en}" is ${en} because nobody answered it; it is low where they are. This line in .harden-tui.yaml answers (app: trusted with the app alone):`,
    `有 ${those.length} 个级别取决于一个提问的答案：能修改应用文件的人，可以当作 root 来信任吗？没有人回答过，所以“${first.title['zh-CN']}”是${zh}；如果可信，就是低。在 .harden-tui.yaml 里写这一行来回答（写 app 表示只信任到应用为止）：`,
  );
  io.stderr.write(`${[...wrap(oneLine(what[lang]), columnsOf(io.stderr)), '  trust: {app-editors: root}'].join('\n')}\n`);
}
