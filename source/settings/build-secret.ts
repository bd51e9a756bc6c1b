import { removeVariable, type Instruction } from '../files/dockerfile.ts';
import type { TextEdit } from '../files/span.ts';
import type { EditFile } from '../model/change.ts';
import type { Machine, SourceFile } from '../model/machine.ts';
import { refuse, type Refusal } from '../model/risk.ts';
import { text } from '../model/text.ts';
import { editOf } from './edit.ts';
import { dockerfileOf } from './parsed.ts';

const uses = (i: Instruction, name: string): boolean => new RegExp(String.raw`\$(?:\{${name}\b|${name}\b)`).test(i.args);

/** `RUN --mount=type=secret,id=X export NAME="$(cat /run/secrets/X)" && …` */
function mounted(run: Instruction, name: string, id: string): TextEdit {
  const start = run.argsSpan.start;
  return { start, end: start, text: `--mount=type=secret,id=${id} export ${name}="$(cat /run/secrets/${id})" && ` };
}

/** A Dockerfile whose ARG of that name is a secret of the build instead, in the RUN lines that use it and nowhere else. */
export function asBuildSecret(machine: Machine, file: SourceFile, name: string, id: string): EditFile | Refusal {
  const df = dockerfileOf(file, {});
  const users = df.instructions.filter((i) => uses(i, name));
  const other = users.find((i) => i.keyword !== 'RUN');
  if (other) return refuse(text(`${file.path}:${other.line} writes it into the image (${other.keyword})`, `${file.path}:${other.line} 会把它写进镜像（${other.keyword}）`));
  if (users.length === 0) return refuse(text(`no RUN of ${file.path} names ${name}: which one needs it can't be told`, `${file.path} 里没有哪条 RUN 写到 ${name}：看不出哪一条需要它`));
  const odd = users.find((i) => i.json || i.heredocs.length > 0);
  if (odd) return refuse(text(`${file.path}:${odd.line} is no plain shell line`, `${file.path}:${odd.line} 不是普通的 shell 写法`));
  if (machine.docker && !machine.docker.buildx) return refuse(text('the builder here is the old one, without BuildKit: it knows no --mount', '这里用的是没有 BuildKit 的旧构建器：它不认识 --mount'));
  const args = df.instructions.filter((i) => i.keyword === 'ARG' && i.words.some((w) => w.value === name || w.value.startsWith(`${name}=`)));
  return editOf(file, [...args.flatMap((a) => removeVariable(df, a, name)), ...users.map((r) => mounted(r, name, id))]);
}
