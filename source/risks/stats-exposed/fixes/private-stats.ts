import type { EditFile } from '../../../model/change.ts';
import { isRefusal, refuse, type Fix, type Refusal } from '../../../model/risk.ts';
import { text } from '../../../model/text.ts';
import { editOf } from '../../../settings/edit.ts';
import { nameOf } from '../../../settings/uwsgi.ts';
import { setOptions } from '../../../settings/uwsgi-edit.ts';
import { addressSpan, allStats, isPublic, type Stats } from '../../../settings/uwsgi-stats.ts';

function lines(stats: Stats): readonly EditFile[] | Refusal {
  if (stats.port === undefined) return setOptions(stats.uwsgi, [{ name: 'chmod-socket', value: '660' }], [stats.option]);
  const span = addressSpan(stats);
  const { file } = stats.option;
  if (!span || !file) return refuse(text('its address comes from elsewhere and cannot be edited by itself', '它的地址来自别处，无法单独编辑'));
  return [editOf(file, [{ ...span, text: '127.0.0.1' }])];
}

/** Another file of the project that asks for them under the service's name. */
const askers = (machine: Parameters<Fix['propose']>[1], { uwsgi, port }: Stats): readonly string[] =>
  port === undefined || uwsgi.program.service.host ? [] : [...machine.files.values()].filter((f) => new RegExp(`\\b${uwsgi.program.service.name}:${port}\\b`).test(f.text)).map((f) => f.path);

/** On loopback a monitor beside it still reads them; a socket gets the mode that shuts strangers out. */
export const privateStats: Fix = {
  id: 'private-stats',
  safety: 'review',
  proven: true,
  propose(finding, machine) {
    const { service: name, program, vassal } = finding.detail;
    const stats = allStats(machine).find(({ uwsgi }) => { const n = nameOf(uwsgi); return n.service === name && n.program === program && n.vassal === vassal; });
    if (!stats) return refuse(text('it is not there any more', '它已不存在'));
    const asking = askers(machine, stats);
    if (asking.length > 0) return refuse(text(`${asking.join(', ')} reads them from another container: give them a socket on a volume that the two share`, `${asking.join('、')} 从别的容器读取它：请把套接字放到两者共用的卷上`));
    const edits = lines(stats);
    if (isRefusal(edits)) return edits;
    const { service } = stats.uwsgi.program;
    const { port, path } = stats;
    const dead = port !== undefined && !service.host && isPublic(machine, stats);
    return {
      changes: edits,
      rebuild: service.build ? [service.name] : [],
      replace: [service.name],
      proofs: [port === undefined ? { kind: 'socket', service: service.name, path: path ?? '', mode: 0o660 } : { kind: 'no-listener', service: service.name, port, beyond: 'loopback', ...(dead ? { closes: true } : {}) }],
      along: [
        ...(port === undefined ? [] : [{ label: `:${port}`, text: service.host ? text('on 127.0.0.1: from this machine alone', '在 127.0.0.1 上：只能从本机访问') : text(`inside the container alone: docker compose exec ${service.name} uwsgi --connect-and-read 127.0.0.1:${port}`, `只能在容器内访问：docker compose exec ${service.name} uwsgi --connect-and-read 127.0.0.1:${port}`) }]),
        ...(dead ? [{ label: 'ports:', text: text('the published port answers no more, and its line can go', '发布的端口不再应答，那一行可以删掉') }] : []),
      ],
    };
  },
};
