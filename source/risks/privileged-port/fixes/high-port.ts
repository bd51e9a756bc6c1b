import type { Change } from '../../../model/change.ts';
import { isRefusal, refuse, type Fix } from '../../../model/risk.ts';
import { text } from '../../../model/text.ts';
import { editOf } from '../../../settings/edit.ts';
import { binds, moved } from '../../../settings/listen.ts';
import { moveInHealthcheck, moveInImage, movePublished, speakingTo } from '../../../settings/published.ts';
import { portOf, serviceOf } from '../subject.ts';

/** 443 becomes 8443, 80 becomes 8080, 25 becomes 8025. */
export const highPort = (port: number): number => (port === 80 ? 8080 : 8000 + port);

export const highPortFix: Fix = {
  id: 'high-port',
  safety: 'review',
  proven: true,
  propose(finding, machine) {
    const service = serviceOf(finding, machine);
    const from = portOf(finding);
    if (!service) return refuse(text('the service is not there any more', '服务已不存在'));
    const to = highPort(from);
    const declared = binds(machine, service).filter((b) => b.port === from);
    const edits = declared.map((b) => ({ bind: b, edit: moved(b, to) }));
    if (edits.length === 0) return refuse(text(`no line was found that tells the program to listen on ${from}`, `没有找到让程序监听 ${from} 的那一行`));
    const stuck = edits.find((e) => !e.edit);
    if (stuck) return refuse(text(`${stuck.bind.at.file}:${stuck.bind.at.line} can't be edited safely`, `${stuck.bind.at.file}:${stuck.bind.at.line} 无法安全编辑`));
    const peer = speakingTo(machine, service, from);
    if (peer) return refuse(text(`${peer} speaks to ${service.name}:${from} by name and would be cut off`, `${peer} 按名字访问 ${service.name}:${from}，会因此断开`));
    const published = movePublished(machine, service, from, to);
    if (isRefusal(published)) return published;
    const image = moveInImage(machine, service, from, to);
    const changes: Change[] = [
      ...edits.flatMap(({ bind, edit }) => (edit ? [editOf(bind.file, [edit])] : [])),
      ...(image ? [image] : []), ...published, ...moveInHealthcheck(machine, service, from, to),
    ];
    return {
      changes,
      rebuild: service.build ? [service.name] : [],
      replace: [service.name],
      ...(service.compose ? {} : { remap: [{ service: service.name, from, to }] }),
      proofs: [{ kind: 'no-root-port', service: service.name, port: to }],
      along: [{ label: `port ${from}`, text: text(`stays as it is outside; inside it is ${to}`, `外部不变；内部改为 ${to}`) }],
    };
  },
};
