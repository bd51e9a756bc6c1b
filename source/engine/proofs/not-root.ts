import type { Live } from '../../model/process.ts';
import { text } from '../../model/text.ts';
import { programNamed } from '../../settings/program.ts';
import { programOf, rolesIn } from '../../settings/roles.ts';
import { programIn } from '../../settings/said-seen.ts';
import { liveIn, type Witness } from './witness.ts';

/** Every process of the service, in its containers or on the machine, that runs application code has another uid than 0. */
export const notRoot: Witness<'not-root'> = async (proof, machine) => {
  const one = proof.program === undefined ? undefined : programNamed(machine, proof.service, proof.program);
  const seen: readonly Live[] = one ? [one.live] : liveIn(machine, proof.service);
  const processes = seen.flatMap((l) => l.processes);
  const name = programIn(proof.service, proof.program);
  if (processes.length === 0) return { outcome: 'cannot-tell', text: text(`${name.en}: no process could be seen`, `${name['zh-CN']}：看不到任何进程`) };
  const root = seen.flatMap((l) => rolesIn(l).root);
  if (root.length > 0) return { outcome: 'left', text: text(`${name.en}: ${root.length} of ${processes.length} processes are still uid 0`, `${name['zh-CN']}：${processes.length} 个进程${root.length === processes.length ? '都' : `中有 ${root.length} 个`}是 uid 0`) };
  // Of a master that stays root by design neither the number nor the missing capabilities are true.
  const others = processes.filter((p) => p.uid.effective !== 0);
  const masters = [...new Set(processes.filter((p) => p.uid.effective === 0).map((p) => programOf(p.argv)))];
  const uids = [...new Set(others.map((p) => p.uid.effective))].join(', ');
  const bare = others.every((p) => p.capEff === 0n);
  const many = others.length;
  const beside = masters.length === 0 ? text('', '') : text(`; the master of ${masters.join(', ')} stays root`, `；${masters.join('、')} 的主进程仍是 root`);
  return {
    outcome: 'gone',
    text: text(`${name.en}: ${uids}, ${many} ${many === 1 ? 'process' : 'processes'}${bare ? ', no capabilities' : ''}${beside.en}`, `${name['zh-CN']}：${uids.replaceAll(', ', '、')}，${many} 个进程${bare ? '，没有任何 capability' : ''}${beside['zh-CN']}`),
  };
};
