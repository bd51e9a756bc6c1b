import { text } from '../../model/text.ts';
import { notKeptUp } from '../../settings/kept-up.ts';
import { programNamed } from '../../settings/program.ts';
import { containersOf, type Witness } from './witness.ts';

/** Who owns the program says that it starts it again: the engine of a container, systemd of a unit; of supervisord its file, which it was started from anew; of anybody else it can't be told. */
export const keptUp: Witness<'kept-up'> = async (proof, machine, system) => {
  const program = programNamed(machine, proof.service, proof.program);
  if (!program || program.live.processes.length === 0) return { outcome: 'cannot-tell', text: text(`${proof.program}: no process could be seen`, `${proof.program}：看不到任何进程`) };
  if (notKeptUp(machine).some((n) => n.program.name === program.name && n.program.service === program.service)) return { outcome: 'left', text: text(`${program.name}: nobody starts it again`, `${program.name}：停掉后没人重新启动`) };
  if (program.starter === 'container') {
    const policies = [...new Set(containersOf(machine, proof.service).map((c) => c.restart))].join(', ');
    return { outcome: 'gone', text: text(`${program.name}: restart ${policies}`, `${program.name}：restart ${policies}`) };
  }
  // supervisord tells nobody what its autorestart is (4.2.5): its file does, and it was started from that. What is live here is its child.
  if (program.starter === 'supervisord') return { outcome: 'gone', text: text(`supervisord runs ${program.name}, and its file says to start it again`, `${program.name} 由 supervisord 运行，配置文件说会再启动它`) };
  if (!program.unit) return { outcome: 'cannot-tell', text: text(`${program.name}: who starts it again could not be seen`, `${program.name}：看不出由谁再启动它`) };
  const said = (await system.shell.ask(['systemctl', 'show', '-p', 'Restart', '--value', program.unit.name])).stdout.trim();
  return said === 'no' || said === ''
    ? { outcome: said === '' ? 'cannot-tell' : 'left', text: text(`${program.unit.name}: systemd says Restart=${said}`, `${program.unit.name}：systemd 显示 Restart=${said}`) }
    : { outcome: 'gone', text: text(`${program.unit.name}: Restart=${said}`, `${program.unit.name}：Restart=${said}`) };
};
