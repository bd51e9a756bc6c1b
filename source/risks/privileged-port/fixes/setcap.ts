import { refuse, type Fix } from '../../../model/risk.ts';
import { text } from '../../../model/text.ts';
import { editOf } from '../../../settings/edit.ts';
import { containersOf, runningOf, shipped } from '../../../settings/service-files.ts';
import { mainProgram } from '../../../settings/roles.ts';
import { atEnd, distributionOf } from '../../../settings/user-block.ts';
import { binds } from '../../../settings/listen.ts';
import { portOf, serviceOf } from '../subject.ts';

const noNew = (options: readonly string[]): boolean => options.some((o) => /^no-new-privileges([:=]true)?$/.test(o));

/** The file that needs the capability: a script's interpreter, else the program. Links don't take one: resolved while building. */
const target = (program: string): string => (program === 'uwsgi' || program === 'nginx' ? program : 'python3');

export const setcap: Fix = {
  id: 'setcap',
  safety: 'review',
  proven: true,
  propose(finding, machine) {
    const service = serviceOf(finding, machine);
    const image = service && shipped(machine, service);
    if (!service || !image) return refuse(text('there is no Dockerfile here to change', '这里没有可以修改的 Dockerfile'));
    if (distributionOf(image) !== 'debian') return refuse(text('written for Debian bases with apt', '目前只支持带 apt 的 Debian 系基础镜像'));
    for (const c of containersOf(machine, service)) {
      if (noNew(c.securityOpt)) return refuse(text('no-new-privileges is set: file capabilities are ignored then', '已设置 no-new-privileges：文件 capability 会被忽略'));
      if (c.capDrop.some((d) => d.toUpperCase() === 'ALL')) return refuse(text('all capabilities are dropped: the program could not be started', '已移除全部 capability：程序将无法启动'));
    }
    const program = runningOf(machine, service).map(mainProgram)[0] ?? binds(machine, service)[0]?.program ?? '';
    const lines = [
      'RUN apt-get update && apt-get install -y --no-install-recommends libcap2-bin \\',
      `    && setcap cap_net_bind_service=+ep "$(readlink -f "$(command -v ${target(program)})")" \\`,
      '    && rm -rf /var/lib/apt/lists/*',
    ];
    return {
      changes: [editOf(image.file, [atEnd(image, lines, 10)])],
      rebuild: [service.name],
      replace: [service.name],
      needs: [{ risk: 'root-container', service: service.name, because: text('the capability is for a user that is not root', 'capability 是给非 root 用户用的') }],
      proofs: [{ kind: 'no-root-port', service: service.name, port: portOf(finding) }, { kind: 'not-root', service: service.name }],
      along: [
        { label: 'network', text: text('the build fetches libcap2-bin with apt', '构建时用 apt 下载 libcap2-bin') },
        { label: target(program), text: text('every script it runs may then open low ports', '它运行的每个脚本都能打开低端口') },
      ],
    };
  },
};
