import type { Change } from '../../../model/change.ts';
import { refuse, type Fix } from '../../../model/risk.ts';
import { text } from '../../../model/text.ts';
import { confined } from '../../../settings/confined.ts';
import { editOf } from '../../../settings/edit.ts';
import { opener } from '../../../settings/opener.ts';
import { shipped } from '../../../settings/service-files.ts';
import { distributionOf } from '../../../settings/distribution.ts';
import { asRoot, atEnd } from '../../../settings/user-block.ts';
import { otherUser, portOf, servicesOf, staysRoot } from '../subject.ts';

/** Links don't take a capability: the real file is found while building. */
const lines = (program: string): readonly string[] => [
  'RUN apt-get update && apt-get install -y --no-install-recommends libcap2-bin \\',
  `    && setcap cap_net_bind_service=+ep "$(readlink -f "$(command -v ${program})")" \\`,
  '    && rm -rf /var/lib/apt/lists/*',
];

export const setcap: Fix = {
  id: 'setcap',
  safety: 'review',
  proven: true,
  propose(finding, machine) {
    const services = servicesOf(finding, machine);
    const changes: Change[] = [];
    const programs = new Set<string>();
    for (const service of services) {
      if (service.host) return refuse(text('on the machine itself every program of that interpreter would get it', '在容器外这样做，用同一个解释器的所有程序都会得到它'));
      const image = shipped(machine, service);
      if (!image) return refuse(text('there is no Dockerfile here to change', '这里没有可以修改的 Dockerfile'));
      if (distributionOf(image) !== 'debian') return refuse(text('written for Debian bases with apt', '目前只支持带 apt 的 Debian 系基础镜像'));
      const { noNewPrivileges, dropsAll, adds } = confined(machine, service);
      if (noNewPrivileges) return refuse(text('no-new-privileges is set: file capabilities are ignored then', '已设置 no-new-privileges：文件 capability 会被忽略'));
      if (dropsAll && !adds.has('NET_BIND_SERVICE')) return refuse(text('all capabilities are dropped: the program could not be started', '已移除全部 capability：程序将无法启动'));
      const program = opener(machine, service);
      if (!program) return refuse(text(`it can't be told which program file opens the port of ${service.name}`, `无法确定是哪个程序文件打开 ${service.name} 的端口`));
      programs.add(program);
      changes.push(editOf(image.file, [atEnd(image, asRoot(image, lines(program)), 10)]));
    }
    if (services.length === 0) return refuse(text('the service is not there any more', '服务已不存在'));
    const stuck = staysRoot(machine, services);
    if (stuck) return stuck;
    const names = services.map((s) => s.name);
    const port = portOf(finding);
    return {
      changes,
      title: text(`setcap on ${[...programs].join(', ')}`, `给 ${[...programs].join('、')} setcap`),
      price: text('every script may then open low ports; rules out no-new-privileges', '之后每个脚本都能打开低端口；和 no-new-privileges 不能并用'),
      rebuild: names,
      replace: names,
      excludes: names.map((service) => ({ risk: 'no-new-privileges', service, because: text('file capabilities are ignored under no-new-privileges', '设置 no-new-privileges 后，文件 capability 会被忽略') })),
      needs: otherUser(machine, services, text('the capability is for a user that is not root', 'capability 是给非 root 用户用的')),
      proofs: names.flatMap((service) => [{ kind: 'no-root-port', service, port }, { kind: 'not-root', service }] as const),
      along: [{ label: text('network', '网络'), text: text('the build fetches libcap2-bin with apt', '构建时用 apt 下载 libcap2-bin') }],
    };
  },
};
