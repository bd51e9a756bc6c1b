import type { Change } from '../../../model/change.ts';
import { isRefusal, refuse, type Fix } from '../../../model/risk.ts';
import { text } from '../../../model/text.ts';
import { exposedNamed, rebind } from '../../../settings/app-server.ts';
import { refuseSharedBind } from '../../../settings/gunicorn-shared.ts';
import { handOnTo } from '../../../settings/fronted-by.ts';
import { socketFolder } from '../../../settings/socket-folder.ts';
import { shipped } from '../../../settings/service-files.ts';

/** No port at all: a file that nginx and gunicorn of one container share. */
export const unixSocket: Fix = {
  id: 'unix-socket',
  safety: 'review',
  proven: true,
  propose(finding, machine) {
    const { service: name, program, port } = finding.detail;
    const one = exposedNamed(machine, name, program, port);
    if (!one) return refuse(text('it can\'t be reached past its proxy any more', '已经无法绕过代理访问它'));
    const { service } = one.program;
    if (service.host) return refuse(text('on a machine the socket\'s folder and nginx\'s group have to be agreed on first; 127.0.0.1 closes the port at once', '在机器上要先定好套接字的目录和 nginx 的用户组；改成 127.0.0.1 立刻就能关上端口'));
    if (one.handsOn.length === 0) return refuse(text(`${one.proxy} is not in its container: they would need a folder that both mount; on 127.0.0.1 the port is closed at once`, `${one.proxy} 不在它的容器里：需要两者都看得到的目录；改到 127.0.0.1 立刻就能关上端口`));
    if (one.server !== 'gunicorn' || !one.gunicorn) return refuse(text('uWSGI\'s sockets speak in several tongues, and nginx has to speak the same: 127.0.0.1 changes nothing else', 'uWSGI 的套接字有几种协议，nginx 要配同一种：改到 127.0.0.1 不动别的'));
    const image = shipped(machine, service);
    if (!image) return refuse(text('there is no Dockerfile here to change', '这里没有可以修改的 Dockerfile'));
    const path = `/run/${one.program.name.replace(/[^\w.-]/g, '')}/app.sock`;
    const shared = refuseSharedBind(machine, one.gunicorn, one.bind.file.path);
    if (shared) return shared;
    const bound = rebind(one, `unix:${path}`);
    if (isRefusal(bound)) return bound;
    const folder = socketFolder(machine, one.gunicorn, image, path);
    if (isRefusal(folder)) return folder;
    const proxy = one.handsOn.map((h) => handOnTo(h, path));
    const changes: Change[] = [bound, ...folder.changes, ...proxy];
    return {
      changes,
      rebuild: [service.name],
      replace: [service.name],
      proofs: [{ kind: 'loopback-only', service: service.name, port: one.bind.port, socket: path }],
      along: [{ label: path, text: folder.says }],
    };
  },
};
