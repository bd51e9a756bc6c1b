import { resolve } from 'node:path';
import { Stop } from '../model/errors.ts';
import { text } from '../model/text.ts';
import { painter, type Paint } from '../report/paint.ts';
import type { Io, Out } from './io.ts';
import type { Args } from './parse.ts';

/** Colours only where somebody looks and nobody said no. */
export function paintFor(out: Out, { flags }: Args, env: NodeJS.ProcessEnv): Paint {
  return painter(out.isTTY === true && !flags['no-color'] && !env['NO_COLOR'] && env['TERM'] !== 'dumb');
}

/** Into a file that the user named; a folder, a pipe or a device is none. */
export async function writeTo(output: string, content: string, { lang }: Pick<Args, 'lang'>, io: Io): Promise<void> {
  const files = await io.doors.files();
  const at = resolve(io.cwd, output);
  const there = await files.stat(at);
  if (there && there.kind !== 'file' && there.kind !== 'link') {
    throw new Stop(text(`${output} is not a file, so nothing was written.`, `${output} 不是文件，因此没有写入。`), [text('Name a file.', '请指定一个文件。')]);
  }
  try {
    await files.write(at, Buffer.from(content, 'utf8'));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined || code === 'ENOSPC') throw error;
    throw new Stop(text(`${output} could not be written (${code}).`, `无法写入 ${output}（${code}）。`), [text('Name a file in a folder that is there and is yours.', '请指定一个你有权写入的目录里的文件。')]);
  }
  io.stderr.write(`${text(`Written to ${output}.`, `已写入 ${output}。`)[lang]}\n`);
}

/** The result: on stdout, or in the file that was named. */
export async function deliver(result: string, args: Args, io: Io): Promise<void> {
  const { output } = args.flags;
  if (output === undefined) io.stdout.write(result);
  else await writeTo(output, result, args, io);
}
