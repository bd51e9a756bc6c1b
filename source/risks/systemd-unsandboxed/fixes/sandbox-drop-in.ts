import { refuse, type Fix } from '../../../model/risk.ts';
import { text } from '../../../model/text.ts';
import { programNamed } from '../../../settings/program.ts';
import { dropIn, dropInFolder } from '../../../settings/unit-edit.ts';
import { sandboxLines } from '../../../settings/unit-sandbox.ts';

const NAME = '50-sandbox.conf';

/** The sandbox as a file of its own: the unit stays as it is, and taking it back is taking one file away. */
export const sandboxDropIn: Fix = {
  id: 'sandbox-drop-in',
  safety: 'review',
  proven: true,
  propose(finding, machine) {
    const program = programNamed(machine, String(finding.detail['service']), String(finding.detail['program']));
    if (!program?.unit) return refuse(text('the unit is not there any more', 'unit 已不存在'));
    const { unit, service } = program;
    const path = `${dropInFolder(unit)}/${NAME}`;
    if (machine.files.has(path)) return refuse(text(`${path} is there already`, `${path} 已经存在`));
    const lines = sandboxLines(machine, program, unit);
    const capabilities = lines.some((l) => l.key === 'CapabilityBoundingSet');
    return {
      changes: [dropIn(unit, NAME, `[Service]\n${lines.map((l) => `${l.key}=${l.value}\n`).join('')}`)],
      rebuild: [],
      replace: [service.name],
      proofs: [{ kind: 'sandbox', service: service.name, unit: unit.name, ...(capabilities ? { capabilities: lines.find((l) => l.key === 'CapabilityBoundingSet')?.value ?? '' } : {}) }],
      along: capabilities ? [] : [{ label: unit.name, text: text('it starts as root, so its capabilities stay: give it a user first', '它以 root 身份启动，所以 capability 不动：请先给它一个用户') }],
    };
  },
};
