import type { Live } from '../../model/process.ts';
import { text } from '../../model/text.ts';
import { programNamed } from '../../settings/program.ts';
import { rolesIn } from '../../settings/roles.ts';
import { liveIn, type Witness } from './witness.ts';

/** Every process of the service, in its containers or on the machine, that runs application code has another uid than 0. */
export const notRoot: Witness<'not-root'> = async (proof, machine) => {
  const one = proof.program === undefined ? undefined : programNamed(machine, proof.service, proof.program);
  const seen: readonly Live[] = one ? [one.live] : liveIn(machine, proof.service);
  const processes = seen.flatMap((l) => l.processes);
  const name = proof.program === undefined ? proof.service : `${proof.service}/${proof.program}`;
  if (processes.length === 0) return { outcome: 'cannot-tell', text: text(`${name}: no process could be seen`, `${name}：看不到任何进程`) };
  const root = seen.flatMap((l) => rolesIn(l).root);
  if (root.length > 0) return { outcome: 'left', text: text(`${name}: ${root.length} of ${processes.length} processes are still uid 0`, `${name}：${processes.length} 个进程中仍有 ${root.length} 个是 uid 0`) };
  const uids = [...new Set(processes.map((p) => p.uid.effective))].filter((u) => u !== 0).join(', ');
  const bare = processes.every((p) => p.uid.effective === 0 || p.capEff === 0n);
  const many = processes.length;
  return {
    outcome: 'gone',
    text: text(`${name}: ${uids}, ${many} ${many === 1 ? 'process' : 'processes'}${bare ? ', no capabilities' : ''}`, `${name}：${uids.replaceAll(', ', '、')}，${many} 个进程${bare ? '，没有任何 capability' : ''}`),
  };
};
