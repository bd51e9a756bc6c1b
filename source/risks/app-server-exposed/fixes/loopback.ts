import { isRefusal, refuse, type Fix } from '../../../model/risk.ts';
import { text } from '../../../model/text.ts';
import { exposedNamed, rebind } from '../../../settings/app-server.ts';
import { refuseSharedBind } from '../../../settings/gunicorn-shared.ts';
import { publishOn } from '../../../settings/published-on.ts';

const LOOPBACK = '127.0.0.1';

/** Where the proxy is beside it, it binds to loopback; where it is in another container, the port is published there alone. */
export const loopback: Fix = {
  id: 'loopback',
  safety: 'review',
  proven: true,
  propose(finding, machine) {
    const { service: name, program, port } = finding.detail;
    const one = exposedNamed(machine, name, program, port);
    if (!one) return refuse(text('it can\'t be reached past its proxy any more', '已经无法绕过代理访问它'));
    const { service } = one.program;
    if (one.handsOn.length > 0) {
      const shared = one.gunicorn && refuseSharedBind(machine, one.gunicorn, one.bind.file.path);
      if (shared) return shared;
      const edit = rebind(one, `${LOOPBACK}:${one.bind.port}`);
      if (isRefusal(edit)) return edit;
      return {
        changes: [edit],
        rebuild: service.build ? [service.name] : [],
        replace: [service.name],
        proofs: [{ kind: 'loopback-only', service: service.name, port: one.bind.port }],
        along: [{ label: one.proxy, text: text(`goes on reaching it on ${LOOPBACK}; nobody else does`, `照常通过 ${LOOPBACK} 访问它，别人不行`) }],
      };
    }
    const entries = one.reach.flatMap((r) => r.entry ?? []);
    const edits = publishOn(entries, LOOPBACK);
    if (isRefusal(edits)) return edits;
    if (service.compose && edits.length === 0) return refuse(text('the mapping that runs is in no file here', '正在运行的映射不在这里的任何文件里'));
    return {
      changes: edits,
      rebuild: [],
      replace: [service.name],
      ...(service.compose ? {} : { remap: one.reach.map((r) => ({ service: service.name, from: r.inside, to: r.inside, address: LOOPBACK })) }),
      proofs: [{ kind: 'reach', service: service.name, port: one.bind.port, published: 'loopback', outside: one.reach.flatMap((r) => r.outside ?? []) }],
      along: [
        { label: one.proxy, text: text('goes on reaching it as before', '照常访问它') },
        { label: String(one.reach[0]?.outside ?? one.bind.port), text: text('from this machine as before; from another one through ssh -L', '本机照旧；其他机器用 ssh -L 转发') },
      ],
    };
  },
};
