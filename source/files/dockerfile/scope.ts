import type { Dockerfile, Instruction, Stage } from '../dockerfile.ts';
import { spanIn } from '../joined.ts';
import type { Span } from '../span.ts';
import { expand, type Lookup } from './expand.ts';
import { pairs } from './words.ts';

/**
 * Which variables have which value at a point of a stage. ENV wins over ARG wherever both stand; an ARG
 * in a stage takes the value given from outside, else its own default, else the one before the first FROM.
 */
export interface Scope {
  readonly lookup: Lookup;
  readonly env: ReadonlyMap<string, string | undefined>;
  readonly args: ReadonlyMap<string, string | undefined>;
}

type BuildArgs = Readonly<Record<string, string>>;
const given = (args: BuildArgs, name: string) => (Object.hasOwn(args, name) ? args[name] : undefined);

export function argumentPairs(instruction: Instruction, escape: string) {
  return pairs(instruction.joined.text, instruction.argsFrom, instruction.keyword !== 'ARG', escape);
}

export interface Variable {
  readonly name: string;
  /** As written, with quotes and escapes. */
  readonly value?: string;
  readonly span: Span;
  readonly valueSpan?: Span;
}

/** The NAME=value pairs of an ENV, ARG or LABEL, each with its place in the file. */
export function variablesOf(df: Dockerfile, instruction: Instruction): Variable[] {
  const { joined } = instruction;
  return argumentPairs(instruction, df.escape).map(({ name, value, span, valueSpan }) => ({
    name,
    ...(value !== undefined && { value }),
    span: spanIn(joined, span.start, span.end),
    ...(valueSpan && { valueSpan: spanIn(joined, valueSpan.start, valueSpan.end) }),
  }));
}

/** The ARGs before the first FROM: all that a FROM line itself can see. */
export function globalArgs(instructions: readonly Instruction[], escape: string, buildArgs: BuildArgs): Lookup {
  const args = new Map<string, string | undefined>();
  const lookup: Lookup = (name) => args.get(name);
  for (const instruction of instructions) {
    if (instruction.stage !== -1) break;
    if (instruction.keyword !== 'ARG') continue;
    for (const { name, value } of argumentPairs(instruction, escape)) {
      args.set(name, given(buildArgs, name) ?? resolved(value, lookup, escape));
    }
  }
  return lookup;
}

/** Each instruction of one stage with the variables as they are there, after what the parent stage left. */
export function* walk(df: Dockerfile, lineage: readonly Stage[]): Generator<{ stage: Stage; instruction: Instruction; scope: Scope }> {
  const outside = globalArgs(df.instructions, df.escape, df.buildArgs);
  const env = new Map<string, string | undefined>();
  const args = new Map<string, string | undefined>();
  const lookup: Lookup = (name) => (env.has(name) ? env.get(name) : args.get(name));
  const scope: Scope = { lookup, env, args };
  for (const stage of lineage) {
    for (const instruction of stage.instructions) {
      yield { stage, instruction, scope };
      const { keyword } = instruction;
      if (keyword === 'ARG') {
        for (const { name, value } of argumentPairs(instruction, df.escape)) {
          args.set(name, given(df.buildArgs, name) ?? (value === undefined ? outside(name) : resolved(value, lookup, df.escape)));
        }
      } else if (keyword === 'ENV') {
        // Every value of one ENV sees what was before it, not its neighbours.
        const set = argumentPairs(instruction, df.escape).map((pair) => [pair.name, resolved(pair.value, lookup, df.escape)] as const);
        for (const [name, value] of set) env.set(name, value);
      }
    }
  }
}

function resolved(value: string | undefined, lookup: Lookup, escape: string): string | undefined {
  if (value === undefined) return undefined;
  const expanded = expand(value, lookup, escape);
  return expanded.unresolved.length === 0 ? expanded.value : undefined;
}
