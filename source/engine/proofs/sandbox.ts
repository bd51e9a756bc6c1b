import { text } from '../../model/text.ts';
import { liveIn, type Witness } from './witness.ts';

const NET_BIND = 1n << 10n;

/** NoNewPrivs and the bounding set of each process, and what systemd itself counts as still exposed. */
export const sandbox: Witness<'sandbox'> = async (proof, machine, system) => {
  const processes = liveIn(machine, proof.service).flatMap((l) => l.processes);
  if (processes.length === 0) return { outcome: 'cannot-tell', text: text(`${proof.unit}: no process could be seen`, `${proof.unit}：看不到任何进程`) };
  const open = processes.filter((p) => p.noNewPrivs === false);
  if (open.length > 0) return { outcome: 'left', text: text(`${proof.unit}: ${open.length} of ${processes.length} processes may still gain privileges`, `${proof.unit}：${processes.length} 个进程中有 ${open.length} 个仍能获得新的特权`) };
  const allowed = proof.capabilities?.includes('CAP_NET_BIND_SERVICE') ? NET_BIND : 0n;
  const wide = proof.capabilities === undefined ? [] : processes.filter((p) => p.capBnd !== undefined && (p.capBnd & ~allowed) !== 0n);
  if (wide.length > 0) return { outcome: 'left', text: text(`${proof.unit}: its bounding set is wider than asked for`, `${proof.unit}：bounding set 比要求的宽`) };
  if (processes.some((p) => p.noNewPrivs === undefined)) return { outcome: 'cannot-tell', text: text(`${proof.unit}: NoNewPrivs could not be read`, `${proof.unit}：读不到 NoNewPrivs`) };
  const said = await system.shell.ask(['systemd-analyze', 'security', '--no-pager', proof.unit]);
  const score = /exposure level[^:]*: ([\d.]+)/.exec(said.stdout)?.[1];
  const exposure = score === undefined ? text('', '') : text(`, exposure ${score} of 10`, `，暴露程度 ${score}（满分 10）`);
  return { outcome: 'gone', text: text(`${proof.unit}: no new privileges${exposure.en}`, `${proof.unit}：不能再获得特权${exposure['zh-CN']}`) };
};
