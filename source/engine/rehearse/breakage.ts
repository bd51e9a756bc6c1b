import type { Machine } from '../../model/machine.ts';
import type { Plan } from '../../model/plan.ts';
import type { Breakage, Compared } from '../../model/rehearsal.ts';
import { text, type Text } from '../../model/text.ts';
import { LOG_LINES, telling } from '../telling.ts';
import type { Facts } from './facts.ts';
import { meansOf } from './means.ts';
import { workers } from './crews.ts';

/** As whom those run that may not write there; where no program was asked by itself, all who do the work. */
const uidsOf = (facts: Facts | undefined, place: string): string => {
  const refused = [...(facts?.each?.get(place)?.values() ?? [])].filter((one) => one.may === false).flatMap((one) => one.uids);
  return [...new Set(refused.length > 0 ? refused : workers(facts?.live.processes ?? []).map((p) => p.uid.effective))].join(', ');
};

/** Whose it is that may not be written, where that was counted and no step of the plan hands it over. */
function ofRoot(place: string, service: string, machine: Machine, plan: Plan): number | undefined {
  const handed = plan.steps.flatMap(({ change }) => (change.kind === 'own-mount' || change.kind === 'set-folder' ? [change.mount.source] : []));
  const mount = machine.containers.filter((c) => c.service === service).flatMap((c) => c.mounts).find((m) => m.target === place && !handed.includes(m.source));
  return mount?.rootEntries;
}

function refusedWrite(place: string, service: string, facts: Facts | undefined, machine: Machine, plan: Plan): Text {
  const files = ofRoot(place, service, machine, plan);
  const uid = uidsOf(facts, place);
  if (files === undefined || files === 0 || uid === '') {
    return text(`Its user may not write ${place}: the folder belongs to another user. Pages may look fine, and every write there would fail.`, `它的用户不能写 ${place}：该目录属于别的用户。页面可能看起来正常，但每次写入都会失败。`);
  }
  return text(
    `the folder and its ${files === 1 ? 'file' : `${files} files`} are root's. ${uid} may not write there. Pages may look fine, every write there would fail.`,
    `这个目录和里面的 ${files} 个文件都属于 root，${uid.replaceAll(', ', '、')} 不能写入。页面可能看起来正常，但每次写入都会失败。`,
  );
}

/** What got worse, what the program said of it, and what that means. `refused`: the engine's own words, where it did not start. */
export function breakageOf(worse: Compared, facts: Facts | undefined, refused: string | undefined, machine: Machine, plan: Plan): Breakage {
  const { service } = worse;
  const place = /^writes (.*)$/.exec(worse.what.en)?.[1];
  const answer = place === undefined ? undefined : facts?.complaints.get(place);
  // What the app said is about itself; a write and a person's own question are answered by themselves.
  const log = answer !== undefined ? [answer] : worse.own ? [] : [...telling(facts?.log ?? ''), ...(refused ? [refused] : [])].slice(-LOG_LINES);
  const means = place === undefined ? meansOf(refused ? [refused] : [...log, worse.asPlanned.en]) : refusedWrite(place, service, facts, machine, plan);
  const what = answer !== undefined
    ? text(`${service} was asked to write a file in ${place ?? ''} and answered`, `让 ${service} 在 ${place ?? ''} 里写一个文件，它的回答是`)
    : worse.result === 'left'
      ? text(`${service}: ${worse.what.en}: still so in the copy as planned: ${worse.asPlanned.en}.`, `${service}：${worse.what['zh-CN']}，在按方案的副本里仍然如此：${worse.asPlanned['zh-CN']}。`)
      : text(`${service}: ${worse.what.en}: ${worse.asPlanned.en}, and ${worse.asIs.en} as it is.`, `${service}：${worse.what['zh-CN']}，按方案是“${worse.asPlanned['zh-CN']}”，现状是“${worse.asIs['zh-CN']}”。`);
  return { service, what, log, ...(means ? { means } : {}), ...(worse.findings ? { findings: worse.findings } : {}) };
}
