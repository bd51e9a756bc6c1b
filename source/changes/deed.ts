import type { ByHand, Change, ChangeKind, ChangeOf } from '../model/change.ts';
import { Stop } from '../model/errors.ts';
import type { Trace } from '../model/held.ts';
import { text, type Text } from '../model/text.ts';
import type { Docker, System } from '../system/system.ts';

/** What a deed works with. `run` names the run in tags and kept containers. */
export interface Bench {
  readonly system: System;
  readonly root: string;
  readonly run: string;
  readonly say: (line: string) => void;
  /** Puts the values of this run in the place of `<generated:…>`. Absent on paper and when taking back: the mark stays. */
  readonly fill?: (text: string) => string;
  /** Containers that the run left running, seen at its end; absent where it never came that far. What runs in their place since is somebody else's. */
  readonly left?: readonly { readonly service: string; readonly id: string; readonly imageId: string }[];
  /** Addresses at which services stood before they were stopped; kept while containers are changed in earnest. */
  readonly stood?: Map<string, readonly string[]>;
  /** Images that the run kept, by their tags; known when it is taken back. */
  readonly kept?: readonly string[];
  /** Hears a tag of ours before it is made: the step that it is for may never begin. */
  readonly keeps?: (tag: string) => Promise<void>;
  /** Hears the tag that a build of the user's own gets, to make room. */
  readonly aside?: (tag: string) => Promise<void>;
  /** Hears what was built for a service, by its id: whoever takes it back may die between the name and the image. */
  readonly built?: (service: string, image: string) => Promise<void>;
  /** Files that undo leaves as somebody edited them since, as they stand: what they name has to stay, too. */
  readonly stayed?: { readonly path: string; readonly text: string }[];
  /** A program that a person has to start again runs as the run left it: nobody waits for it to end. */
  readonly handed?: boolean;
  /** What the run is known to have built, when it is taken back. */
  readonly builtBefore?: readonly { readonly service: string; readonly image: string }[];
}

/**
 * What a deed says when it was taken back; `stays` names what is not as it was before the run. `done`: the step itself went back,
 * and what stays came since. `told`: it is good to know and stands in nobody's way; `builds`: it says how to build from the files
 * as they are; `hand`: what only a person can do now, with its commands.
 */
export type Remark = Text & { readonly stays?: Text; readonly done?: true; readonly told?: true; readonly builds?: true; readonly hand?: ByHand };

export const staying = (what: Text, words: Text): Remark => ({ ...words, stays: what });

/**
 * One kind of change. `prepare` reads what undo will need and makes it safe (kept images); the journal has it on disk
 * before `run`. Taking back is two walks: `revert` from the last step to the first, then `resume` from the first to the
 * last, so that nothing is started again before its files and images are back. What can go only when nothing of the run
 * is in use any more goes after both, in `settle`.
 */
export interface Deed<K extends ChangeKind, U> {
  tell(change: ChangeOf<K>): Text;
  prepare(change: ChangeOf<K>, bench: Bench): Promise<U>;
  run(change: ChangeOf<K>, undo: U, bench: Bench): Promise<void>;
  /** Waits until what `run` set going has taken hold; nothing takes hold on paper, so a preview does not ask. */
  arrived?(change: ChangeOf<K>, undo: U, bench: Bench): Promise<void>;
  revert(change: ChangeOf<K>, undo: U, bench: Bench): Promise<readonly Remark[]>;
  resume?(change: ChangeOf<K>, undo: U, bench: Bench): Promise<void>;
  settle?(change: ChangeOf<K>, undo: U, bench: Bench): Promise<readonly Remark[]>;
  /** What is not as the deed left it, asked later by `verify` on a system that refuses writes; nothing when all is. */
  still?(change: ChangeOf<K>, undo: U, bench: Bench): Promise<readonly Trace[]>;
}

/** A step that could not be done; the run is taken back. `log` holds the last lines of what the program said. */
export class StepFailed extends Error {
  readonly what: Text;
  readonly log: readonly string[];
  constructor(what: Text, log: readonly string[] = []) {
    super(what.en);
    this.what = what;
    this.log = log;
  }
}

export function docker(bench: { readonly system: System }): Docker {
  if (!bench.system.docker) {
    throw new Stop(text('Docker does not answer, and this step needs it.', '这一步需要 Docker，但 Docker 没有响应。'), [text('Start Docker and run the command again.', '启动 Docker 后再运行一次。')]);
  }
  return bench.system.docker;
}

export type AnyChange = Change;
