import { isRefusal, refuse, type Fix } from '../../../model/risk.ts';
import { list, text } from '../../../model/text.ts';
import { all } from '../../../settings/broker-edits.ts';
import { callsOut, shutIn, spokenTo } from '../../../settings/networks.ts';
import { portEntries } from '../../../settings/reach.ts';

export const internalNetwork: Fix = {
  id: 'internal-network',
  safety: 'review',
  proven: true,
  propose(finding, machine) {
    const service = machine.services.find((s) => s.name === finding.detail['service']);
    if (!service?.compose) return refuse(text('only for a service of compose', '只适用于 compose 的服务'));
    const out = callsOut(machine, service);
    if (out) return refuse(text(`${out.at} uses ${out.module}: its tasks call the outside world`, `${out.at} 用了 ${out.module}：它的任务要访问外部`));
    if (portEntries(machine, service).length > 0) return refuse(text('it has ports of its own, which an internal network can\'t publish', '它自己发布了端口，而 internal 网络不能发布端口'));
    const peers = spokenTo(machine, service);
    if (peers.length === 0) return refuse(text('no service here was seen that it speaks to: its broker would be out of reach', '没有看到它访问这里的哪个服务：它会连不上消息队列'));
    const edits = all(shutIn(machine, service, peers));
    if (isRefusal(edits)) return edits;
    const names = list(peers.map((p) => p.name));
    return {
      changes: edits,
      rebuild: [],
      replace: [service.name, ...peers.map((p) => p.name)],
      proofs: [{ kind: 'no-egress', service: service.name }],
      along: [{ label: names.en, text: text('on its network too, beside their own', '也加入这个网络，原来的不变') }],
    };
  },
};
