import { text } from '../../model/text.ts';
import type { Witness } from './witness.ts';

/** The file as it lies there, read by the program that guards it. What it allows is asked of the diagnosis. */
export const sudoers: Witness<'sudoers'> = async (proof, machine, system) => {
  const file = machine.files.get(proof.file);
  if (!file) return { outcome: 'cannot-tell', text: text(`${proof.file} could not be read`, `无法读取 ${proof.file}`) };
  const answer = await system.shell.ask(['visudo', '-cf', '-'], { input: file.text, timeoutMs: 20_000 });
  if (answer.code === 127) return { outcome: 'cannot-tell', text: text('there is no visudo here to read it', '这里没有 visudo 来检查它') };
  const [first = ''] = answer.stderr.split('\n').filter(Boolean);
  if (answer.code !== 0) return { outcome: 'left', text: text(`visudo does not accept ${proof.file}: ${first}`, `visudo 不接受 ${proof.file}：${first}`) };
  return { outcome: 'gone', text: text('visudo accepts it, no open end is left', 'visudo 接受，不再有没封口的命令') };
};
