import { isRefusal, refuse, type Fix } from '../../../model/risk.ts';
import { text } from '../../../model/text.ts';
import { accountFor, cannotGiveAway, closedTo, setWorkerUser } from '../../../settings/nginx-account.ts';
import { nginxOfFinding } from '../detect.ts';

/** `user` names the account that the image has for this. The master stays root: it opens ports, certificates and logs for them. */
export const workerUser: Fix = {
  id: 'worker-user',
  safety: 'review',
  proven: true,
  propose(finding, machine) {
    const nginx = nginxOfFinding(machine, finding);
    if (!nginx) return refuse(text('this nginx is not there any more', '这个 nginx 已不存在'));
    const { user, service } = nginx;
    if (!user) return refuse(text('no configuration of the project says user: it lies in the image, or is nginx\'s own', '项目的配置里没有写 user：它在镜像里，或是 nginx 自带的'));
    const account = accountFor(machine, nginx);
    if (!account) return refuse(text('which account nginx has there is not known: www-data on Debian, nginx elsewhere', '不知道那里的 nginx 用哪个账号：Debian 上是 www-data，其他多为 nginx'));
    const stuck = cannotGiveAway(machine, nginx);
    if (stuck) return stuck;
    const closed = closedTo(machine, nginx, account);
    if (closed !== undefined) return refuse(text(`${account.name} could not connect to ${closed}: give it to that account first`, `${account.name} 连不上 ${closed}：请先把它交给这个账号`));
    // What runs is older than its files: they say somebody else already.
    const mended = !/^(?:root|0)$/.test(user.name);
    const edit = mended ? undefined : setWorkerUser(user, account.name);
    if (edit && isRefusal(edit)) return edit;
    return {
      changes: edit ? [edit] : [],
      rebuild: service?.build ? [service.name] : [],
      replace: service ? [service.name] : [],
      proofs: service ? [{ kind: 'nginx-workers', service: service.name, program: nginx.program?.name ?? '' }] : [],
      along: [
        { label: text('master', '主进程'), text: text('stays root: it opens ports, certificates and logs for them', '仍是 root：由它为工作进程打开端口、证书和日志') },
        { label: text('workers', '工作进程'), text: text(`${account.name}; files they serve, and .htpasswd, must be readable by it`, `${account.name}；它们提供的文件和 .htpasswd 要让它能读`) },
      ],
    };
  },
};
