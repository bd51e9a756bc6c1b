import type { Change } from '../../../model/change.ts';
import { isRefusal, refuse, type Fix } from '../../../model/risk.ts';
import { text } from '../../../model/text.ts';
import { setUnitLines } from '../../../settings/unit-edit.ts';
import { lowPorts } from '../../../settings/unit-service.ts';
import { portOf } from '../subject.ts';
import { otherUser, unitOf } from './ambient-capability.ts';

/**
 * systemd opens the port as root and hands it over: the program has no power at all. Only for programs that take such a
 * port by themselves, as gunicorn does (LISTEN_FDS, and then it lets its own bind be).
 */
export const socketActivation: Fix = {
  id: 'socket-activation',
  safety: 'review',
  proven: true,
  propose(finding, machine) {
    const own = unitOf(finding, machine);
    if (isRefusal(own)) return own;
    const { program, unit } = own;
    if (!/^gunicorn3?$/.test(program.kind)) return refuse(text(`${program.kind} does not take a port from systemd by itself; gunicorn does`, `${program.kind} 不会自己接过 systemd 交来的端口；gunicorn 会`));
    const main = unit.parts[0]?.file.path ?? '';
    const socket = unit.name.replace(/\.service$/, '.socket');
    const path = main.replace(/[^/]+$/, socket);
    if (/^\/(?:usr\/)?lib\//.test(main)) return refuse(text('a package brought the unit; its socket belongs into /etc/systemd/system', '这个 unit 来自软件包；它的 socket 应放在 /etc/systemd/system'));
    if (machine.files.has(path)) return refuse(text(`${path} is there already`, `${path} 已经存在`));
    if (lowPorts(program).length > 1) return refuse(text('it opens several low ports: their order would have to be kept', '它打开多个低端口：顺序必须保持一致'));
    const lines = setUnitLines(unit, [{ section: 'Unit', key: 'Requires', value: socket }], '10-socket.conf');
    if (isRefusal(lines)) return lines;
    const port = portOf(finding);
    const address = program.live.listeners.find((l) => l.port === port)?.address;
    const listen = address === undefined || address === '::' || address === '0.0.0.0' ? String(port) : `${address}:${port}`;
    const file: Change = { kind: 'create-file', path, mode: 0o644, text: `[Unit]\nDescription=port ${port} of ${unit.name}\n\n[Socket]\nListenStream=${listen}\n\n[Install]\nWantedBy=sockets.target\n` };
    const { name } = program.service;
    return {
      changes: [file, ...lines],
      rebuild: [],
      replace: [name],
      needs: [otherUser(program)],
      proofs: [{ kind: 'no-root-port', service: name, port }, { kind: 'not-root', service: name }],
      along: [{ label: text(`port ${port}`, `端口 ${port}`), text: text('opened by systemd, also while the app is restarted: requests wait', '由 systemd 打开，应用重启期间也开着：请求会排队等待') }],
    };
  },
};
