import { isRefusal, refuse, type Fix } from '../../../model/risk.ts';
import { text } from '../../../model/text.ts';
import { handedOver } from '../../../settings/handed-over.ts';
import { neededFor } from '../../../settings/peer-to-be.ts';
import { givenTo } from '../../../settings/socket-peer.ts';
import { effective } from '../../../settings/uwsgi.ts';
import { accountMade, cannotStepDown } from '../../../settings/uwsgi-account.ts';
import { setOptions } from '../../../settings/uwsgi-edit.ts';
import { closeGunicorn } from '../gunicorn.ts';
import { servicesOf, wanted } from '../wanted.ts';

/**
 * 660, owned by who connects, in the app's group. The owner of a file may change its mode: so the web server owns it and
 * an app that was broken into can't open it again. uWSGI must start as root to give it away, and steps down by itself.
 */
export const groupSocket: Fix = {
  id: 'group-socket',
  safety: 'review',
  proven: true,
  propose(finding, machine) {
    if (finding.detail['kind'] === 'gunicorn') return closeGunicorn(finding, machine);
    const all = wanted(finding, machine);
    if (isRefusal(all)) return all;
    const [{ peer, user }] = all;
    if (all.some((w) => w.user.kind === 'started')) return refuse(text('uWSGI starts as another user here: it could not give the socket away', '这里的 uWSGI 不是以 root 身份启动，无法把套接字交给别人'));
    const short = servicesOf(all).flatMap((s) => cannotStepDown(machine, s) ?? [])[0];
    if (short) return short;
    const edits = all.map(({ socket, user: { uid, gid } }) => setOptions(socket.uwsgi, [
      { name: 'uid', value: uid },
      { name: 'gid', value: gid },
      ...(givenTo(machine, socket.uwsgi, peer) ? [] : [{ name: 'chown-socket', value: `${peer.name ?? peer.uid}:${gid}`, comment: `owner is ${peer.program}: an owner may change the mode, the app may not` }]),
      { name: 'chmod-socket', value: '660' },
    ], [effective(socket.uwsgi, 'chown-socket'), socket.decides, socket.opens]));
    const refused = edits.find(isRefusal);
    if (refused) return refused;
    const services = servicesOf(all);
    const handed = all.flatMap(({ socket, user: u }) => (u.kind === 'new' ? [accountMade(socket.uwsgi, u), handedOver(machine, socket.uwsgi, u)] : []));
    const stuck = handed.find(isRefusal);
    if (stuck) return stuck;
    const who = peer.program;
    const needs = neededFor(all.map((w) => w.peer));
    return {
      lesson: text(
        `The owner of a file may change its mode. So ${who} (${peer.uid}) owns the socket and the app (${user.gid}) shares its group: an app that was broken into cannot make it 666.`,
        `文件的属主可以改它的权限。所以套接字归 ${who}（${peer.uid}）所有，应用（${user.gid}）只共用它的组：应用就算被攻破，也没法把它改回 666。`,
      ),
      changes: [...edits, ...handed].flatMap((e) => (isRefusal(e) ? [] : e)),
      rebuild: services.filter((s) => s.build).map((s) => s.name),
      replace: services.map((s) => s.name),
      proofs: all.map(({ service, socket }) => ({ kind: 'socket', service: service.name, path: socket.path, mode: 0o660, peer: peer.uid })),
      ...(needs.length > 0 ? { needs } : {}),
      price: text('uWSGI starts as root and steps down', 'uWSGI 要以 root 身份启动，再降权'),
      paid: { risk: 'uwsgi-root', words: text('It will', '另一个修复本来就要这样') },
    };
  },
};
