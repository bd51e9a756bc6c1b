import type { Container } from '../model/container.ts';
import type { Machine } from '../model/machine.ts';
import type { Plan } from '../model/plan.ts';
import type { Proof } from '../model/proof.ts';
import { text, type Text } from '../model/text.ts';
import { programOf } from '../settings/roles.ts';
import { meansOf } from './rehearse/means.ts';
import { leansOn } from './taken.ts';

/** What is known of a check that failed, beside the sentence: as far as it could be told. */
export interface Explained {
  /** The last line that matters, without what stands before and behind it in every line of such a log. */
  readonly said?: { readonly service: string; readonly line: string };
  readonly means?: Text;
  /** Findings whose fixes are to blame: left out, the rest may hold. */
  readonly blames?: readonly string[];
  /** What has changed since the plan was made: planned again, it is gone by. */
  readonly anew?: Text;
}

/** What a plan was made on, and whether it was rehearsed on that. */
export interface Ground {
  readonly machine: Machine;
  readonly rehearsed: boolean;
  /** How long the copies took until they answered. */
  readonly readyMs?: number;
}

const COMPLAINS = /error|exception|emerg|crit|fatal|denied|not permitted|refus|cannot|can't|could not|unable|failed|no such/i;
const STAMP = /^(?:\[[^\]]*\]\s*|\d{4}[-/]\d\d[-/]\d\d[ T]\d\d:\d\d:\d\d\S*\s+|\d+#\d+:\s*|\*\d+\s+)+/;

/** nginx adds whose request it was, most programs begin with the time: neither explains anything. */
const bare = (line: string): string => line.trim().replace(STAMP, '').replace(/(?: while [a-z ]+)?, client: .*$/, '');

/** The last one that explains, else the last that complains, else the last. */
const lastThatMatters = (log: readonly string[]): string | undefined =>
  log.findLast((line) => meansOf([line]) !== undefined) ?? log.findLast((line) => COMPLAINS.test(line)) ?? log.at(-1);

const containerOf = (machine: Machine | undefined, service: string): Container | undefined => {
  const id = machine?.services.find((one) => one.name === service)?.containers[0];
  return machine?.containers.find((one) => one.id === id);
};

interface Other {
  readonly program: string;
  readonly was: number;
  readonly is: number;
  /** A master of it runs beside it, as root. */
  readonly worker: boolean;
}

/** One program that ran as one user when the plan was made, and runs as another one now. */
function otherUser(then: Container | undefined, now: Container | undefined): Other | undefined {
  const usersOf = (container: Container | undefined): ReadonlyMap<string, readonly number[]> => {
    const found = new Map<string, readonly number[]>();
    for (const process of container?.processes ?? []) found.set(programOf(process.argv), [...new Set([...(found.get(programOf(process.argv)) ?? []), process.uid.effective])]);
    return found;
  };
  const [old, users] = [usersOf(then), usersOf(now)];
  for (const [program, uids] of users) {
    const [was, is] = [(old.get(program) ?? []).filter((uid) => uid !== 0), uids.filter((uid) => uid !== 0)];
    if (was.length === 1 && is.length === 1 && was[0] !== is[0]) return { program, was: was[0]!, is: is[0]!, worker: uids.includes(0) };
  }
  return undefined;
}

/** It was built anew, or made anew, since: by somebody else. */
function since(service: string, then: Container | undefined, now: Container | undefined, rehearsed: boolean): Text | undefined {
  if (!then || !now || then.id === now.id) return undefined;
  const when = rehearsed ? text('after the rehearsal', '预演之后') : text('after the plan was made', '方案定下之后');
  return then.imageId === now.imageId ? text(`${service} was made anew ${when.en}.`, `${when['zh-CN']}，${service} 重新创建过。`) : text(`The image of ${service} was rebuilt ${when.en}.`, `${when['zh-CN']}，${service} 的镜像重新构建过。`);
}

/** Why a service does not do what it did: what its log says, and what is other there than when the plan was made. */
export function explained(service: string, log: readonly string[], plan: Plan, now: Machine, ground: Ground | undefined): Explained {
  const last = lastThatMatters(log);
  const said = last === undefined ? '' : bare(last);
  // What this run replaced itself is other by its own doing.
  const replaced = plan.ties?.some((tie) => tie.services.includes(service)) ?? false;
  const [then, here] = replaced ? [] : [containerOf(ground?.machine, service), containerOf(now, service)];
  const other = otherUser(then, here);
  const socket = plan.owed.flatMap((one) => one.proofs).find((proof): proof is Extract<Proof, { kind: 'socket' }> => proof.kind === 'socket' && said.includes(proof.path));
  const built = since(service, then, here, ground?.rehearsed ?? false);
  const what = socket && other && /denied/i.test(said) ? text(`${other.program} may not open the socket`, `${other.program} 打不开这个套接字`) : undefined;
  const who = other && text(`${other.worker ? `its worker is uid ${other.is}` : `it is uid ${other.is}`} by now, not ${other.was}`, `${other.worker ? '它的工作进程' : '它'}现在是 uid ${other.is}，不再是 ${other.was}`);
  const told = [
    ...(what && who ? [text(`${what.en}: ${who.en}.`, `${what['zh-CN']}：${who['zh-CN']}。`)] : [meansOf(log), who && other && text(`${other.program}: ${who.en}.`, `${other.program}：${who['zh-CN']}。`)]),
    built,
  ].filter((one) => one !== undefined);
  // A worker that runs on is lost by what became of its broker.
  const guilty = socket ? [socket.service] : replaced ? [service] : leansOn(plan, service);
  const blames = (plan.ties ?? []).filter((tie) => tie.services.some((one) => guilty.includes(one))).map((tie) => tie.finding);
  return {
    ...(said === '' ? {} : { said: { service, line: said } }),
    ...(told.length > 0 ? { means: text(told.map((one) => one.en).join(' '), told.map((one) => one['zh-CN']).join('')) } : {}),
    ...(blames.length > 0 ? { blames } : {}),
    ...(other ? { anew: text(`with uid ${other.is} for ${other.program}`, `按 ${other.program} 的 uid ${other.is}`) } : {}),
  };
}

/** Of a step that failed: what the program said, and what that means where it is known. */
export function meantBy(log: readonly string[]): Explained {
  const means = meansOf(log);
  return means ? { means } : {};
}
