import type { Dockerfile, Instruction, Stage } from '../dockerfile.ts';
import type { Span } from '../span.ts';
import type { Word } from '../shellwords.ts';
import { expand, type Lookup } from './expand.ts';
import { spanIn } from '../joined.ts';
import { argumentPairs, walk } from './scope.ts';

/** A value after variables. Where one is unknown it stands as written, and `unresolved` says so. */
export interface Resolved {
  readonly value: string;
  readonly raw: string;
  readonly unresolved: boolean;
  /** Depends on an ARG, so whoever builds can change it with --build-arg. */
  readonly viaArg: boolean;
}

function resolve(raw: string, scope: { lookup: Lookup; env: ReadonlyMap<string, unknown> }, escape: string): Resolved {
  const { value, unresolved, used } = expand(raw, scope.lookup, escape);
  return { value, raw, unresolved: unresolved.length > 0, viaArg: used.some((name) => !scope.env.has(name)) };
}

/** The stage that is built: the named one (`--target`, a name or a number), else the last. */
export function finalStage(df: Dockerfile, target?: string): Stage | undefined {
  if (target === undefined || target === '') return df.stages.at(-1);
  const named = df.stages.findLast((stage) => stage.name?.toLowerCase() === target.toLowerCase());
  return named ?? (/^\d+$/.test(target) ? df.stages[Number(target)] : undefined);
}

/** The stages whose instructions make up this one, oldest first. */
export function lineage(stage: Stage, df: Dockerfile): Stage[] {
  const stages = [stage];
  for (let at = stage.parent; at !== undefined; at = df.stages[at]!.parent) stages.push(df.stages[at]!);
  return stages.reverse();
}

export interface EffectiveUser extends Resolved {
  /** The USER instruction and its argument. */
  readonly span: Span;
  readonly valueSpan: Span;
  readonly instruction: Instruction;
  readonly stage: number;
}

/** The last USER that counts; undefined where the base image's own user stays. */
export function effectiveUser(stage: Stage, df: Dockerfile): EffectiveUser | undefined {
  let user: EffectiveUser | undefined;
  for (const { instruction, scope } of walk(df, lineage(stage, df))) {
    if (instruction.keyword !== 'USER' || instruction.args === '') continue;
    user = {
      ...resolve(instruction.args, scope, df.escape),
      span: instruction.span,
      valueSpan: instruction.argsSpan,
      instruction,
      stage: instruction.stage,
    };
  }
  return user;
}

/**
 * Would the engine run this as uid 0? Measured: `0`, `000`, `00:1000`, `+0:0`, `-0`, `root:staff` are, `01000`
 * is not. An empty value names nobody, so the caller has to ask the base image.
 */
export function isRootUser(value: string): boolean {
  const [user = ''] = value.trim().split(':');
  return user === '' ? value.trim() !== '' : /^(?:root|[+-]?0+)$/.test(user);
}

export interface WorkdirValue extends Resolved {
  readonly span: Span;
}

/** The WORKDIRs one after another. A relative one at the top starts from the base image's, which is unknown. */
export function workdir(stage: Stage, df: Dockerfile): WorkdirValue | undefined {
  let at: WorkdirValue | undefined;
  for (const { instruction, scope } of walk(df, lineage(stage, df))) {
    if (instruction.keyword !== 'WORKDIR' || instruction.args === '') continue;
    const here = resolve(instruction.args, scope, df.escape);
    const absolute = here.value.startsWith('/');
    at = {
      ...here,
      value: absolute ? tidy(here.value) : tidy(`${at?.value ?? ''}/${here.value}`),
      unresolved: here.unresolved || (!absolute && (at?.unresolved ?? true)),
      viaArg: here.viaArg || (!absolute && (at?.viaArg ?? false)),
      span: instruction.span,
    };
  }
  return at;
}

function tidy(path: string): string {
  const kept: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') kept.pop();
    else if (part !== '' && part !== '.') kept.push(part);
  }
  return `/${kept.join('/')}`;
}

export interface EnvValue extends Resolved {
  readonly name: string;
  readonly span: Span;
  readonly instruction: Instruction;
}

/** What this Dockerfile puts into the environment, the last value of each name. */
export function env(stage: Stage, df: Dockerfile): ReadonlyMap<string, EnvValue> {
  const values = new Map<string, EnvValue>();
  for (const { instruction, scope } of walk(df, lineage(stage, df))) {
    if (instruction.keyword !== 'ENV') continue;
    for (const { name, value = '', span } of argumentPairs(instruction, df.escape)) {
      values.set(name, { name, ...resolve(value, scope, df.escape), span: spanIn(instruction.joined, span.start, span.end), instruction });
    }
  }
  return values;
}

export interface Exposed extends Resolved {
  /** undefined where the text is no number. `endPort` differs from it for a range. */
  readonly port?: number;
  readonly endPort?: number;
  readonly protocol: string;
  readonly span: Span;
  readonly instruction: Instruction;
}

/** Every port of every EXPOSE, each with its own place. */
export function exposes(stage: Stage, df: Dockerfile): Exposed[] {
  const ports: Exposed[] = [];
  for (const { instruction, scope } of walk(df, lineage(stage, df))) {
    if (instruction.keyword !== 'EXPOSE') continue;
    for (const word of instruction.words) {
      const value = resolve(word.value, scope, df.escape);
      const parts = /^(\d{1,5})(?:-(\d{1,5}))?(?:\/(\w+))?$/.exec(value.value);
      ports.push({
        ...value,
        ...(parts && { port: Number(parts[1]), endPort: Number(parts[2] ?? parts[1]) }),
        protocol: (parts?.[3] ?? 'tcp').toLowerCase(),
        span: { start: word.start, end: word.end },
        instruction,
      });
    }
  }
  return ports;
}

export interface Copy {
  readonly keyword: 'COPY' | 'ADD';
  readonly sources: readonly Word[];
  readonly dest: Word;
  /** Stage or image of `--from`. */
  readonly from?: string;
  readonly chown?: string;
  readonly chmod?: string;
  readonly instruction: Instruction;
}

/** COPY and ADD of this stage and the ones it continues, in order. */
export function copies(stage: Stage, df: Dockerfile): Copy[] {
  const found: Copy[] = [];
  for (const { instruction, scope } of walk(df, lineage(stage, df))) {
    const { keyword } = instruction;
    if (keyword !== 'COPY' && keyword !== 'ADD') continue;
    const words = argumentWords(instruction).map((word) => ({ ...word, value: expand(word.value, scope.lookup, df.escape).value }));
    const dest = words.pop();
    if (!dest) continue;
    const flag = (name: string) => {
      const value = instruction.flags.find((f) => f.name === name)?.value;
      return value === undefined ? {} : { [name]: expand(value, scope.lookup, df.escape).value };
    };
    found.push({ keyword, sources: words, dest, ...flag('from'), ...flag('chown'), ...flag('chmod'), instruction });
  }
  return found;
}

/** The exec form's strings or the shell form's words. */
function argumentWords(instruction: Instruction): Word[] {
  const { json, jsonSpans } = instruction;
  if (!json || !jsonSpans) return [...instruction.words];
  return json.map((value, i) => ({ value, ...(jsonSpans[i] ?? instruction.argsSpan), quoted: true }));
}

/** The HEALTHCHECK that counts: its words, or none at all (`NONE`). */
export function healthcheck(stage: Stage, df: Dockerfile): { instruction: Instruction; form: 'exec' | 'shell' | 'none'; words: Word[] } | undefined {
  const instruction = lineage(stage, df)
    .flatMap((s) => s.instructions)
    .findLast((i) => i.keyword === 'HEALTHCHECK');
  if (!instruction) return undefined;
  if (instruction.words[0]?.value.toUpperCase() !== 'CMD') return { instruction, form: 'none', words: [] };
  return instruction.json
    ? { instruction, form: 'exec', words: argumentWords(instruction) }
    : { instruction, form: 'shell', words: instruction.words.slice(1) };
}
