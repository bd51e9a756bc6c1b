import { isRefusal, refuse, type Fix } from '../../../model/risk.ts';
import { text } from '../../../model/text.ts';
import { programNamed } from '../../../settings/program.ts';
import { setUnitLines, type UnitLine } from '../../../settings/unit-edit.ts';
import { directories, lowPorts, privileged, serviceValue } from '../../../settings/unit-service.ts';
import { unitEntry } from '../../../settings/unit.ts';

/** `DynamicUser=yes`; what it writes outside its own folders would be read-only, so a command that names `/tmp` is refused. */
export const dynamicUser: Fix = {
  id: 'dynamic-user',
  safety: 'review',
  proven: true,
  propose(finding, machine) {
    const program = programNamed(machine, String(finding.detail['service']), String(finding.detail['program']));
    if (!program?.unit) return refuse(text('the unit is not there any more', 'unit 已不存在'));
    const { unit, service } = program;
    if (privileged(unit)) return refuse(text('its command begins with + or !, which asks for every privilege: take that out first', '它的命令以 + 或 ! 开头，要求全部特权：请先去掉'));
    if (/\/tmp\//.test(unitEntry(unit, 'Service', 'ExecStart')?.value ?? '')) return refuse(text('it names a file in /tmp, and its /tmp would be its own', '它用到 /tmp 里的文件，而之后它的 /tmp 是私有的'));
    if (/^\/(?:root|home)\//.test(serviceValue(unit, 'WorkingDirectory') ?? '')) return refuse(text('it works in a home folder, which such a user may not write and may not enter under /root', '它在主目录里工作：这样的用户不能写，/root 下面连进都进不去'));
    const [port] = lowPorts(program);
    const lines: UnitLine[] = [
      ...(['User', 'Group'] as const).flatMap((key) => (serviceValue(unit, key) === undefined ? [] : [{ section: 'Service' as const, key, value: undefined }])),
      { section: 'Service', key: 'DynamicUser', value: 'yes' },
      ...directories(machine, program).map((d): UnitLine => ({ section: 'Service', key: d.key, value: d.name })),
      ...(port === undefined ? [] : [{ section: 'Service' as const, key: 'AmbientCapabilities', value: 'CAP_NET_BIND_SERVICE' }]),
    ];
    const edits = setUnitLines(unit, lines, '10-user.conf');
    if (isRefusal(edits)) return edits;
    return {
      changes: edits,
      rebuild: [],
      replace: [service.name],
      proofs: [{ kind: 'not-root', service: service.name }],
      along: directories(machine, program).map((d) => ({ label: d.name, text: text(`${d.key}=: the only place it may write, with its private /tmp`, `${d.key}=：除了私有的 /tmp，它只能写这里`) })),
    };
  },
};
