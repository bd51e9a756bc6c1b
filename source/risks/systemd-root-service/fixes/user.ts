import { isRefusal, refuse, type Fix } from '../../../model/risk.ts';
import { text } from '../../../model/text.ts';
import { makeAccount } from '../../../settings/host-account.ts';
import { handedHere, handedWords } from '../../../settings/host-state.ts';
import { programNamed } from '../../../settings/program.ts';
import { setUnitLines, type UnitLine } from '../../../settings/unit-edit.ts';
import { directories, folderOf, lowPorts, privileged, serviceValue, unitAccount } from '../../../settings/unit-service.ts';

const NET_BIND = 'CAP_NET_BIND_SERVICE';

/** `User=` and `Group=` with what has to come along: folders that systemd gives to the account, and the right to a low port. */
export const user: Fix = {
  id: 'user',
  safety: 'review',
  proven: true,
  propose(finding, machine) {
    const program = programNamed(machine, String(finding.detail['service']), String(finding.detail['program']));
    if (!program?.unit) return refuse(text('the unit is not there any more', 'unit 已不存在'));
    const { unit, service } = program;
    if (privileged(unit)) return refuse(text('its command begins with + or !, which asks for every privilege: take that out first', '它的命令以 + 或 ! 开头，要求全部特权：请先去掉'));
    const account = unitAccount(machine, program);
    const [port] = lowPorts(program);
    const capabilities = serviceValue(unit, 'AmbientCapabilities');
    const lines: UnitLine[] = [
      { section: 'Service', key: 'User', value: account.name },
      { section: 'Service', key: 'Group', value: account.name },
      ...directories(machine, program).map((d): UnitLine => ({ section: 'Service', key: d.key, value: d.name })),
      ...(port === undefined || capabilities?.includes(NET_BIND) ? [] : [{ section: 'Service' as const, key: 'AmbientCapabilities', value: [capabilities, NET_BIND].filter(Boolean).join(' ') }]),
    ];
    const edits = setUnitLines(unit, lines, '10-user.conf');
    if (isRefusal(edits)) return edits;
    const given = directories(machine, program).map(folderOf);
    const handed = handedHere(machine, program, { uid: account.name, gid: account.name });
    if (isRefusal(handed)) return handed;
    const seen = handed.filter((h) => !('path' in h) || !given.some((f) => `${h.path}/`.startsWith(`${f}/`)));
    return {
      changes: [...makeAccount(service, account), ...seen, ...edits],
      rebuild: [],
      replace: [service.name],
      proofs: [{ kind: 'not-root', service: service.name }],
      along: [
        { label: account.name, text: service.host?.running ? text('a system account of its own, made where it is missing', '它自己的系统账号，没有就建一个') : text(`the account must be there where it runs: useradd --system ${account.name}`, `运行它的机器上要有这个账号：useradd --system ${account.name}`) },
        ...handedWords(seen, account.name, [program]),
        ...directories(machine, program).map((d) => ({ label: d.name, text: text(`${d.key}=: systemd gives it to ${account.name} at each start`, `${d.key}=：每次启动时 systemd 把它交给 ${account.name}`) })),
        ...(port === undefined ? [] : [{ label: text(`port ${port}`, `端口 ${port}`), text: text(`needs ${NET_BIND}, and gets that alone`, `需要 ${NET_BIND}，只给它这一项`) }]),
      ],
    };
  },
};
