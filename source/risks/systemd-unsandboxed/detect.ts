import type { Finding } from '../../model/finding.ts';
import { findingId } from '../../model/finding-id.ts';
import type { Machine } from '../../model/machine.ts';
import { text } from '../../model/text.ts';
import { place, wordsAt } from '../../settings/parsed.ts';
import { programsOf, type Program } from '../../settings/program.ts';
import { unitEntry } from '../../settings/unit.ts';
import { isTool, serviceValue } from '../../settings/unit-service.ts';
import { sandboxed } from '../../settings/unit-sandbox.ts';

export const ID = 'systemd-unsandboxed';

function finding(machine: Machine, program: Program): readonly Finding[] {
  const { unit, service, live } = program;
  const exec = unit && unitEntry(unit, 'Service', 'ExecStart');
  if (!unit || !exec || sandboxed(unit) || isTool(program) || serviceValue(unit, 'Type') === 'oneshot') return [];
  const at = place(exec.file, { start: exec.entry.keySpan.start, end: exec.entry.valueSpan.end });
  const open = live.processes.filter((p) => p.noNewPrivs === false).length;
  return [{
    id: findingId(ID, at.file, unit.name),
    risk: ID,
    severity: 'low',
    confidence: live.processes.length > 0 ? 'seen' : 'declared',
    title: text(`${unit.name} runs without a sandbox`, `${unit.name} 没有沙箱`),
    why: text(
      `${program.kind} sees every file, device and system call that its user may use. Some lines in the unit take away what a web app never needs, before its first instruction.`,
      `${program.kind} 能用它的用户能用的每个文件、设备和系统调用。在 unit 里加几行，就能在它执行第一条指令之前，把 Web 应用从来不需要的都收走。`,
    ),
    subjects: [{ kind: 'service', name: service.name }],
    places: [at],
    chain: [{ kind: 'service', label: unit.name, file: at.file, line: at.line }],
    seen: open > 0 ? [text(`${unit.name}: ${open} ${open === 1 ? 'process' : 'processes'} may gain privileges (NoNewPrivs 0).`, `${unit.name}：${open} 个进程可以获得新的特权（NoNewPrivs 0）`)] : [],
    from: [{ place: at, words: wordsAt(machine, at), note: text('no NoNewPrivileges=, no ProtectSystem=', '没有 NoNewPrivileges=，也没有 ProtectSystem=') }],
    detail: { service: service.name, program: program.name },
  }];
}

/** Units of the project that start a program and fence nothing in. */
export const detect = (machine: Machine): readonly Finding[] => programsOf(machine).flatMap((p) => finding(machine, p));
