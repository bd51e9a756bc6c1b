/**
 * Dockerfiles: instructions and stages with their places. What a stage ends up with (user, command,
 * ports …) is asked of the functions at the end, which follow `FROM stage` and resolve variables.
 */
import { positions, type ParseFault, type Span } from './span.ts';
import { spanIn, type Joined } from './joined.ts';
import { splitWords, type Word } from './shellwords.ts';
import { expand } from './dockerfile/expand.ts';
import { scanLines, type Heredoc, type RawInstruction } from './dockerfile/lines.ts';
import { jsonForm } from './dockerfile/words.ts';
import { globalArgs } from './dockerfile/scope.ts';

export type { Heredoc } from './dockerfile/lines.ts';
export { insertAfter, insertBefore, removeInstruction, removeVariable, replaceInstruction } from './dockerfile/edits.ts';
export { variablesOf, type Variable } from './dockerfile/scope.ts';
export { command, type Command, type CommandPart } from './dockerfile/command.ts';
export {
  copies,
  effectiveUser,
  env,
  exposes,
  finalStage,
  healthcheck,
  isRootUser,
  lineage,
  workdir,
  type Copy,
  type EffectiveUser,
  type EnvValue,
  type Exposed,
  type Resolved,
} from './dockerfile/questions.ts';

export interface Flag {
  readonly name: string;
  /** undefined for a bare `--link`. */
  readonly value?: string;
  readonly span: Span;
  readonly valueSpan?: Span;
}

export interface Instruction {
  /** Upper case: `USER`. A trigger behind ONBUILD is part of the ONBUILD instruction only. */
  readonly keyword: string;
  /** The whole instruction with its continuations and here-documents, without the final line ending. */
  readonly span: Span;
  /** Offset where its first line begins. */
  readonly lineStart: number;
  /** Offset where the comment lines directly above begin, else `lineStart`. */
  readonly commentStart: number;
  readonly line: number;
  /** Everything behind the keyword and the flags, continuations joined and comments left out. */
  readonly args: string;
  /** Empty at the end of the keyword when there are no arguments. */
  readonly argsSpan: Span;
  readonly flags: readonly Flag[];
  /** `args` split like a shell does, quotes removed, variables as written. */
  readonly words: readonly Word[];
  /** Exec form: the strings of the JSON array, and the place of each with its quotes. */
  readonly json?: readonly string[];
  readonly jsonSpans?: readonly Span[];
  readonly heredocs: readonly Heredoc[];
  /** Index of the stage; -1 before the first FROM. */
  readonly stage: number;
  /** The joined text and where `args` begins in it; for this folder's own functions. */
  readonly joined: Joined;
  readonly argsFrom: number;
}

export interface Stage {
  readonly index: number;
  readonly name?: string;
  readonly from: Instruction;
  /** The image as written: `python:${PY}-slim`. */
  readonly base: string;
  readonly baseSpan: Span;
  /** With variables resolved; undefined where one has no value in this file. */
  readonly baseResolved?: string;
  /** Index of the earlier stage this one continues. */
  readonly parent?: number;
  /** Without the FROM. */
  readonly instructions: readonly Instruction[];
}

export interface Dockerfile {
  readonly text: string;
  readonly escape: string;
  readonly instructions: readonly Instruction[];
  readonly stages: readonly Stage[];
  readonly faults: readonly ParseFault[];
  /** Values from outside (`--build-arg`, compose `build.args`), which win over an ARG's default. */
  readonly buildArgs: Readonly<Record<string, string>>;
}

const KEYWORDS = new Set(
  'ADD ARG CMD COPY ENTRYPOINT ENV EXPOSE FROM HEALTHCHECK LABEL MAINTAINER ONBUILD RUN SHELL STOPSIGNAL USER VOLUME WORKDIR'.split(' '),
);
const TAKES_JSON = new Set('ADD CMD COPY ENTRYPOINT RUN SHELL VOLUME'.split(' '));

/** Reads any text. What makes no sense is listed in `faults`; nothing is thrown. */
export function parseDockerfile(text: string, buildArgs: Readonly<Record<string, string>> = {}): Dockerfile {
  const raw = scanLines(text);
  const place = positions(text);
  const faults = [...raw.faults];
  const instructions: Instruction[] = [];
  let stage = -1;
  for (const found of raw.instructions) {
    if (/^from\s/i.test(found.joined.text)) stage++;
    const instruction = readInstruction(found, stage, raw.escape, place(found.span.start).line);
    instructions.push(instruction);
    const fault = complaint(instruction);
    if (fault) faults.push({ message: fault, ...place(found.span.start) });
  }
  if (stage === -1) faults.push({ message: 'There is no FROM, so nothing can be built', line: 1, column: 1 });
  return { text, escape: raw.escape, instructions, stages: readStages(instructions, raw.escape, buildArgs), faults, buildArgs };
}

function complaint({ keyword, stage, args }: Instruction): string | undefined {
  if (!KEYWORDS.has(keyword)) return `Docker knows no instruction ${keyword.slice(0, 40)}`;
  if (stage === -1 && keyword !== 'ARG' && keyword !== 'FROM') return `${keyword} stands before the first FROM`;
  // CMD and ENTRYPOINT may be empty on purpose, to reset what the base image says.
  if (args === '' && keyword !== 'CMD' && keyword !== 'ENTRYPOINT') return `${keyword} says nothing`;
  return undefined;
}

function readInstruction(raw: RawInstruction, stage: number, escape: string, line: number): Instruction {
  const { joined } = raw;
  const { text } = joined;
  const word = /^\s*(\S+)/.exec(text)!;
  const keyword = word[1]!.toUpperCase();
  let from = skipBlanks(text, word[0].length);
  const flags: Flag[] = [];
  while (text.startsWith('--', from)) {
    const [flag] = splitWords(text.slice(from, nextBlank(text, from))).words;
    const end = nextBlank(text, from);
    if (!flag || flag.value === '--') break;
    const equals = flag.value.indexOf('=');
    const written = text.indexOf('=', from);
    flags.push(
      equals === -1
        ? { name: flag.value.slice(2), span: spanIn(joined, from, end) }
        : {
            name: flag.value.slice(2, equals),
            value: flag.value.slice(equals + 1),
            span: spanIn(joined, from, end),
            valueSpan: spanIn(joined, written + 1, end),
          },
    );
    from = skipBlanks(text, end);
  }
  const end = Math.max(from, text.trimEnd().length);
  const args = text.slice(from, end);
  const words = splitWords(args, from, escape).words.map((w) => ({ ...w, ...spanIn(joined, w.start, w.end) }));
  // HEALTHCHECK carries its array behind the word CMD.
  const check = keyword === 'HEALTHCHECK' ? /^CMD\s+/i.exec(args)?.[0].length : undefined;
  const json = TAKES_JSON.has(keyword) || check !== undefined ? jsonForm(text.slice(0, end), from + (check ?? 0)) : undefined;
  return {
    keyword,
    span: raw.span,
    lineStart: raw.lineStart,
    commentStart: raw.commentStart,
    line,
    args,
    argsSpan: spanIn(joined, from, end),
    flags,
    words,
    ...(json && { json: json.values, jsonSpans: json.spans.map((s) => spanIn(joined, s.start, s.end)) }),
    heredocs: raw.heredocs,
    stage,
    joined,
    argsFrom: from,
  };
}

function skipBlanks(text: string, from: number): number {
  while (from < text.length && /\s/.test(text[from]!)) from++;
  return from;
}

function nextBlank(text: string, from: number): number {
  while (from < text.length && !/\s/.test(text[from]!)) from++;
  return from;
}

function readStages(instructions: readonly Instruction[], escape: string, buildArgs: Readonly<Record<string, string>>): Stage[] {
  const lookup = globalArgs(instructions, escape, buildArgs);
  const stages: Stage[] = [];
  const byName = new Map<string, number>();
  for (const instruction of instructions) {
    const { stage: index } = instruction;
    if (index === -1) continue;
    if (index < stages.length) {
      (stages[index]!.instructions as Instruction[]).push(instruction);
      continue;
    }
    const [image, as, name] = instruction.words;
    const base = image?.value ?? '';
    const resolved = expand(base, lookup, escape);
    // A stage continues an earlier one of that name; names know no case, and the latest wins.
    const parent = byName.get(resolved.value.toLowerCase());
    const named = as?.value.toLowerCase() === 'as' ? name?.value : undefined;
    stages.push({
      index,
      ...(named !== undefined && { name: named }),
      from: instruction,
      base,
      baseSpan: image ? { start: image.start, end: image.end } : instruction.argsSpan,
      ...(resolved.unresolved.length === 0 && { baseResolved: resolved.value }),
      ...(parent !== undefined && { parent }),
      instructions: [],
    });
    if (named !== undefined) byName.set(named.toLowerCase(), index);
  }
  return stages;
}
