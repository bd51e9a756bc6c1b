import { copies, isRootUser, lineage, workdir, type Copy, type Instruction } from '../files/dockerfile.ts';
import type { Word } from '../files/shellwords.ts';
import type { Machine } from '../model/machine.ts';
import type { Service } from '../model/service.ts';
import { accounts } from './accounts.ts';
import { perService } from './once.ts';
import { callOf, commandsOf } from './run-words.ts';
import { runningOf, shipped, tidy, type Shipped } from './service-files.ts';
import { declaredUser } from './user.ts';
import { composeMounts } from './volumes.ts';

/** One thing of a Dockerfile that gives code to the user who runs it. */
export type Gift =
  | { readonly kind: 'copy'; readonly copy: Copy; readonly folder: string; readonly instruction: Instruction }
  | { readonly kind: 'chown'; readonly instruction: Instruction; readonly command: readonly Word[]; readonly recursive: boolean; readonly owner: string; readonly word: Word; readonly folder: string };

export interface CodeOwner {
  readonly image: Shipped;
  /** As the Dockerfile names the user who runs the service; its number where only that was seen. */
  readonly user: string;
  readonly gifts: readonly [Gift, ...Gift[]];
  /** Folders that code is copied into. */
  readonly code: readonly string[];
  /** Folders that a later line gave back to root, without what lies in them. */
  readonly roots: readonly string[];
}

/** By its name a place for what the app writes, not for what it is. */
const STATE = /(?:^|\/)(?:data|db|database|media|uploads?|logs?|tmp|temp|cache|state|storage|instance|run|spool|files|backups?|sessions?|var)$/;

const under = (path: string, folder: string): boolean => path === folder || path.startsWith(folder === '/' ? '/' : `${folder}/`);

/** The user without its group, as a number where the Dockerfile tells it. */
function idOf(image: Shipped, user: string): string {
  const [name = ''] = user.split(':');
  const number = accounts(image).find((a) => a.name === name)?.uid;
  return number === undefined ? name : String(number);
}

/** Everybody who is not root and runs the service, as the Dockerfile would name them. */
function runners(machine: Machine, service: Service, image: Shipped): readonly string[] {
  const seen = runningOf(machine, service).flatMap((c) => c.processes).map((p) => p.uid.effective).filter((u) => u !== 0).map(String);
  const user = declaredUser(machine, service);
  // A name whose number only the build will tell is not found among the numbers that run.
  const said = !user || user.root || user.guess ? [] : [idOf(image, user.value)];
  return [...new Set([...seen, ...said])];
}

function absolute(image: Shipped, i: Instruction, path: string): string {
  const stage = image.df.stages[i.stage] ?? image.stage;
  const at = workdir({ ...stage, instructions: stage.instructions.filter((o) => o.span.start < i.span.start) }, image.df)?.value ?? '/';
  return tidy(path.startsWith('/') ? path : `${at}/${path}`);
}

/** Where the code of the image goes. What compose mounts there hides it: the developer's own folder, on purpose. */
function copied(machine: Machine, service: Service, image: Shipped): readonly { readonly copy: Copy; readonly folder: string }[] {
  const hidden = composeMounts(machine, service).filter((m) => m.type === 'bind').map((m) => m.target);
  return copies(image.stage, image.df).map((copy) => ({ copy, folder: absolute(image, copy.instruction, copy.dest.value) }))
    .filter(({ copy, folder }) => !STATE.test(folder) && !copy.sources.every((s) => STATE.test(s.value.replace(/\/+$/, ''))) && !hidden.some((h) => under(folder, h)));
}

/** `chown -R app:app /app` */
function chowns(image: Shipped): readonly Extract<Gift, { kind: 'chown' }>[] {
  const runs = lineage(image.stage, image.df).flatMap((s) => s.instructions).filter((i) => i.keyword === 'RUN');
  return runs.flatMap((instruction) => commandsOf(instruction).flatMap((command) => {
    const [, ...words] = callOf(command, /^chown$/) ?? [];
    const recursive = words.some((w) => w.value === '--recursive' || /^-[a-zA-Z]*R/.test(w.value));
    const [owner, ...paths] = words.filter((w) => !w.value.startsWith('-'));
    return owner ? paths.map((word) => ({ kind: 'chown' as const, instruction, command, recursive, owner: owner.value, word, folder: absolute(image, instruction, word.value) })) : [];
  }));
}

/** What of a service's code belongs to the user that runs it, by its Dockerfile; root's own containers are another matter. */
export const codeOwner = perService((machine: Machine, service: Service): CodeOwner | undefined => {
  const image = shipped(machine, service);
  if (!image) return undefined;
  const users = runners(machine, service, image);
  const all = copied(machine, service, image);
  const isTheirs = (owner: string | undefined): boolean => owner !== undefined && users.includes(idOf(image, owner));
  const given = all.filter(({ copy }) => isTheirs(copy.chown)).map(({ copy, folder }): Gift => ({ kind: 'copy', copy, folder, instruction: copy.instruction }));
  // A chown in front of the COPY has nothing of it yet.
  const taken = chowns(image).filter((c) => c.recursive && isTheirs(c.owner) && !STATE.test(c.folder) && all.some(({ copy, folder }) => under(folder, c.folder) && copy.instruction.span.start < c.instruction.span.start));
  // What a later line gives back to root is root's; without -R it is the folder alone, and its files stay the user's.
  const back = chowns(image).filter((c) => isRootUser(c.owner));
  const begins = (g: Gift): number => (g.kind === 'copy' ? g.instruction.span.start : g.word.start);
  const stays = (g: Gift): boolean => !back.some((b) => b.recursive && b.word.start > begins(g) && under(g.folder, b.folder));
  const [first, ...more] = [...given, ...taken].filter(stays).sort((a, b) => a.instruction.span.start - b.instruction.span.start);
  if (!first) return undefined;
  const gifts = [first, ...more] as const;
  const code = [...new Set(all.map((a) => a.folder).filter((f) => gifts.some((g) => (g.kind === 'copy' ? g.folder === f : under(f, g.folder)))))];
  const owner = first.kind === 'copy' ? (first.copy.chown ?? '') : first.owner;
  const roots = back.filter((b) => gifts.every((g) => begins(g) < b.word.start)).map((b) => b.folder);
  return { image, user: owner.split(':')[0] ?? '', gifts, code, roots };
});
