import type { Change } from '../../../model/change.ts';
import type { Machine } from '../../../model/machine.ts';
import { isRefusal, refuse, type Fix, type Proposal, type Refusal } from '../../../model/risk.ts';
import { text } from '../../../model/text.ts';
import { setComposeUser } from '../../../settings/compose-user.ts';
import { addresses, tcp } from '../../../settings/gunicorn-binds.ts';
import { removeSettings } from '../../../settings/gunicorn-edit.ts';
import { refuseTaken } from '../../../settings/gunicorn-shared.ts';
import { imageFolders } from '../../../settings/gunicorn-places.ts';
import { startsNobodyRoot } from '../../../settings/gunicorn-start.ts';
import { identity } from '../../../settings/gunicorn-user.ts';
import { gunicornNamed, type Gunicorn } from '../../../settings/gunicorn.ts';
import { confined } from '../../../settings/confined.ts';
import { numbersOf } from '../../../settings/may-write.ts';
import { shipped } from '../../../settings/service-files.ts';
import { blockEdit } from '../../../settings/user-block.ts';
import { writtenPlaces } from '../../../settings/written-places.ts';

/** `USER` with the number that the workers have now; what gunicorn itself says about a user goes, for it could not become it. */
function inContainer(machine: Machine, g: Gunicorn): Proposal | Refusal {
  const { service } = g.program;
  const image = shipped(machine, service);
  if (!image) return refuse(text('there is no Dockerfile here to change', '这里没有可以修改的 Dockerfile'));
  const { user, group } = identity(machine, g);
  const { uid, gid } = user ? numbersOf(image, group ? `${user.value}:${group.value}` : user.value) : {};
  if (uid === undefined || uid <= 0) return refuse(text('the number of its user is known only to the build: write it there with -u', '它的用户编号只有构建时才知道：请在那里用 -u 写明'));
  const { hostNetwork, portStart } = confined(machine, service);
  const port = addresses(machine, g).flatMap((a) => tcp(a.value)?.port ?? []).find((p) => p > 0 && p < (portStart ?? (hostNetwork ? 1024 : 0)));
  if (port !== undefined) return refuse(text(`it opens port ${port}, which only root may here`, `它打开端口 ${port}，这里只有 root 可以`));
  const gone = refuseTaken(machine, [g], ['user', 'group', 'initgroups']) ?? removeSettings(machine, g, ['user', 'group', 'initgroups']);
  if (isRefusal(gone)) return gone;
  const own = { uid, gid: gid !== undefined && gid > 0 ? gid : uid };
  const overruled = setComposeUser(machine, [service], own, { onlyIfThere: true });
  if (overruled && isRefusal(overruled)) return overruled;
  const places = writtenPlaces(machine, [service]);
  const folders = [...new Set([...places.folders, ...imageFolders(machine, g)])].sort();
  const changes: Change[] = [blockEdit(image, { named: false, user: own, folders, files: places.files, more: places, home: places.home, setUser: true }), ...gone, ...(overruled ?? [])];
  return {
    changes,
    rebuild: [service.name],
    replace: [service.name],
    proofs: [{ kind: 'gunicorn-workers', service: service.name, program: g.program.name, master: true }],
    along: [{ label: 'USER', text: text(`${own.uid}:${own.gid} from the start; gunicorn's own user and group are taken out, it could not become anybody`, `从一开始就是 ${own.uid}:${own.gid}；gunicorn 自己的 user 和 group 去掉，它已换不成别人`) }],
  };
}

/** Nothing is read as root any more, because nothing is started as root. */
export const nonRootStart: Fix = {
  id: 'non-root-start',
  safety: 'review',
  proven: true,
  propose(finding, machine) {
    const { reader, service, program } = finding.detail;
    if (reader === 'uwsgi') return refuse(text('uWSGI opens its socket as root and gives it away before it steps down: started as its user it could not', 'uWSGI 要以 root 身份打开套接字并交出去，然后才降权：直接以该用户启动就做不到了'));
    if (reader === 'supervisord') return refuse(text('supervisord must be root to start its programs as others', 'supervisord 必须是 root，才能以别的用户启动程序'));
    const g = gunicornNamed(machine, service, program);
    if (!g) return refuse(text('gunicorn is not started here any more', '这里已不再启动 gunicorn'));
    if (g.program.starter === 'shell') return refuse(text('it was started from a shell: start it there as its user', '它是从终端启动的：请在那里以该用户启动'));
    return g.program.starter === 'container' ? inContainer(machine, g) : startsNobodyRoot(machine, [g], g.program.starter);
  },
};
