import type { Change } from '../../../model/change.ts';
import { isRefusal, refuse, type Fix } from '../../../model/risk.ts';
import type { Service } from '../../../model/service.ts';
import { text } from '../../../model/text.ts';
import { confined } from '../../../settings/confined.ts';
import { editOf } from '../../../settings/edit.ts';
import { moveInHealthcheck, moveInImage, speakingTo } from '../../../settings/follows.ts';
import { binds, moved, type Bind } from '../../../settings/listen.ts';
import { moveNginx, nginxBinds, nginxElsewhere } from '../../../settings/nginx-binds.ts';
import { movePublished } from '../../../settings/published.ts';
import { movedRunLines, runLines, type RunLine } from '../../../settings/run-lines.ts';
import { outsideOf, portOf, servicesOf } from '../subject.ts';

/** 443 becomes 8443, 80 becomes 8080, 25 becomes 8025. */
export const highPort = (port: number): number => (port === 80 ? 8080 : 8000 + port);

const samePlace = (a: Bind, b: Bind): boolean => a.at.file === b.at.file && a.at.start === b.at.start;

export const highPortFix: Fix = {
  id: 'high-port',
  safety: 'review',
  proven: true,
  propose(finding, machine) {
    const from = portOf(finding);
    const to = highPort(from);
    const named = servicesOf(finding, machine);
    if (named.some((s) => s.host)) return refuse(text('no mapping stands in front of it here: the port outside would move with it', '这里前面没有端口映射：外部端口会跟着变'));
    const allBinds = (s: Service): readonly Bind[] => [...binds(machine, s), ...nginxBinds(machine, s)];
    const declared = named.flatMap(allBinds).filter((b) => b.port === from);
    if (declared.length === 0) return named.flatMap((s) => nginxElsewhere(machine, s, from) ?? [])[0] ?? refuse(text(`no line was found that tells the program to listen on ${from}`, `没有找到让程序监听 ${from} 的那一行`));
    // Whoever else reads the line that moves (one image, another user) moves with it.
    const services = machine.services.filter((s) => named.includes(s) || allBinds(s).some((b) => declared.some((d) => samePlace(b, d))));
    const changes: Change[] = [];
    const started: RunLine[] = [];
    for (const bind of declared.filter((b) => b.program !== 'nginx')) {
      const edit = moved(bind, to);
      if (!edit) return refuse(text(`${bind.at.file}:${bind.at.line} can't be edited safely`, `${bind.at.file}:${bind.at.line} 无法安全编辑`));
      changes.push(editOf(bind.file, [edit]));
    }
    for (const service of services) {
      if (confined(machine, service).hostNetwork) return refuse(text('with host networking the port inside is the port outside', '使用 host 网络时，容器内的端口就是外部端口'));
      if (allBinds(service).some((b) => b.port === to)) return refuse(text(`${service.name} listens on ${to} already`, `${service.name} 已经在监听 ${to}`));
      const nginx = moveNginx(machine, service, from, to);
      if (isRefusal(nginx)) return nginx;
      const peer = speakingTo(machine, service, from);
      if (peer) return refuse(text(`${peer} speaks to ${service.name}:${from} by name and would be cut off`, `${peer} 按名字访问 ${service.name}:${from}，会因此断开`));
      const published = movePublished(machine, service, from, to);
      if (isRefusal(published)) return published;
      const image = moveInImage(machine, service, from, to);
      // One line may start the image of several.
      const byHand = runLines(machine, service, from, to).filter((l) => !started.some((o) => o.at.file === l.at.file && o.at.start === l.at.start));
      started.push(...byHand);
      changes.push(...(image ? [image] : []), ...movedRunLines(byHand), ...nginx, ...published, ...moveInHealthcheck(machine, service, from, to));
    }
    const names = services.map((s) => s.name);
    const outside = outsideOf(finding, machine) ?? from;
    return {
      changes,
      title: text(`${to} inside, ${outside} outside`, `容器内 ${to}，容器外仍是 ${outside}`),
      rebuild: services.filter((s) => s.build).map((s) => s.name),
      replace: names,
      remap: services.map((s) => ({ service: s.name, from, to })),
      proofs: names.map((service) => ({ kind: 'no-root-port', service, port: to }) as const),
      ...(started.length > 0 ? { along: started.map(({ at, words, wanted }) => ({ label: `${at.file}:${at.line}`, text: text(`says -p ${words}; will be -p ${wanted}`, `写着 -p ${words}，将改为 -p ${wanted}`) })) } : {}),
      // Its price is whoever calls the low port inside: one that is seen to was refused above.
      free: true,
    };
  },
};
