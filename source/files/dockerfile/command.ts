import type { Dockerfile, Instruction, Stage } from '../dockerfile.ts';
import type { Word } from '../shellwords.ts';
import { lineage } from './questions.ts';

export interface CommandPart {
  /** `shell`: a shell reads the words, so operators and variables among them mean something. */
  readonly form: 'exec' | 'shell';
  /** Empty where `[]` takes away what the base image has. */
  readonly words: readonly Word[];
  readonly text: string;
  readonly instruction: Instruction;
}

export interface Command {
  readonly entrypoint?: CommandPart;
  readonly cmd?: CommandPart;
  /** An ENTRYPOINT here took away the CMD of the base image, and no CMD came after it. */
  readonly cmdReset: boolean;
}

/**
 * What the container starts, as far as this Dockerfile says. A part that is missing is the base image's.
 * The builder's rule: an ENTRYPOINT takes away an inherited CMD, but never one of its own stage, even an earlier one.
 */
export function command(stage: Stage, df: Dockerfile): Command {
  let entrypoint: CommandPart | undefined;
  let cmd: CommandPart | undefined;
  let cmdReset = false;
  for (const { instructions } of lineage(stage, df)) {
    let ownCmd = false;
    for (const instruction of instructions) {
      if (instruction.keyword === 'CMD') {
        cmd = part(instruction);
        ownCmd = true;
        cmdReset = false;
      } else if (instruction.keyword === 'ENTRYPOINT') {
        entrypoint = part(instruction);
        if (!ownCmd) {
          cmd = undefined;
          cmdReset = true;
        }
      }
    }
  }
  return { ...(entrypoint && { entrypoint }), ...(cmd && { cmd }), cmdReset };
}

function part(instruction: Instruction): CommandPart {
  const { json, jsonSpans, args, words } = instruction;
  if (!json || !jsonSpans) return { form: 'shell', words, text: args, instruction };
  return { form: 'exec', words: json.map((value, i) => ({ value, ...jsonSpans[i]!, quoted: true })), text: args, instruction };
}
