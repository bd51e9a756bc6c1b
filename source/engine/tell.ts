import { saidOwner } from '../changes/set-path.ts';
import type { Step } from '../model/plan.ts';
import type { RunsAs, StartedAgain } from '../model/change.ts';
import { list, same, text, type Text } from '../model/text.ts';
import { always } from './taken.ts';

const ORDINARY: readonly number[] = [0o644, 0o755];

const named = (some: readonly StartedAgain[]): Text => list(some.map((a) => a.service));

/** `redis; worker again, which takes its jobs from redis; proxy too, if an address changes` */
function saidAgain(services: readonly RunsAs[], again: readonly StartedAgain[] | undefined): Text {
  const [workers, proxies] = [always(again), (again ?? []).filter((a) => a.when === 'moved')];
  const brokers = list([...new Set(workers.flatMap((w) => w.of))]);
  const parts = [
    ...(services.length > 0 ? [list(services.map((s) => s.service))] : []),
    ...(workers.length > 0 ? [text(`${named(workers).en} again, which ${workers.length === 1 ? 'takes its' : 'take their'} jobs from ${brokers.en}`, `重启从 ${brokers['zh-CN']} 取任务的 ${named(workers)['zh-CN']}`)] : []),
    ...(proxies.length > 0 ? [text(`${named(proxies).en} too, if an address changes`, `地址若有变化，${named(proxies)['zh-CN']} 也重启`)] : []),
  ];
  return parts.length === 0 ? same('') : text(parts.map((p) => p.en).join('; '), parts.map((p) => p['zh-CN']).join('；'));
}

/** One line for a step, in the words of the plan screen. */
export function tellStep({ change }: Step): Text {
  switch (change.kind) {
    case 'edit-file': return text(`edit ${change.path}`, `编辑 ${change.path}`);
    // Not the mode that any new file has: git's diff has no word for it.
    case 'create-file': return change.mode === undefined || ORDINARY.includes(change.mode) ? text(`new ${change.path}`, `新建 ${change.path}`) : text(`new ${change.path}, mode ${change.mode.toString(8)}`, `新建 ${change.path}，权限 ${change.mode.toString(8)}`);
    case 'build-image': return text(`build ${change.image}`, `构建 ${change.image}`);
    case 'own-mount': {
      const what = change.mount.type === 'volume' ? text('volume', '卷') : text('folder', '目录');
      const from = change.also === undefined ? text('root', 'root') : text(`root and ${change.also}`, `root 和 ${change.also}`);
      return text(`own ${what.en} ${change.mount.source}: from ${from.en} to ${change.uid}`, `移交 ${what['zh-CN']} ${change.mount.source}：从 ${from['zh-CN']} 改归 ${change.uid}`);
    }
    case 'set-folder': {
      const what = change.mount.type === 'volume' ? text('volume', '卷') : text('folder', '目录');
      return text(`own ${what.en} ${change.mount.source}: ${change.uid}:${change.gid}, mode ${change.mode.toString(8)}`, `移交 ${what['zh-CN']} ${change.mount.source}：归 ${change.uid}:${change.gid}，权限 ${change.mode.toString(8)}`);
    }
    case 'make-keys': return text(`make a key and a certificate in the volume ${change.volume}, valid ${change.days} days`, `在卷 ${change.volume} 里生成密钥和证书，有效期 ${change.days} 天`);
    case 'fill-volume': return text(`fill the new volume ${change.volume} with what ${change.service} keeps in ${change.path}`, `用 ${change.service} 存在 ${change.path} 的内容填充新卷 ${change.volume}`);
    case 'stop-services': {
      const names = list([...always(change.again), ...change.services].map((s) => s.service));
      return text(`stop ${names.en}`, `停止 ${names['zh-CN']}`);
    }
    case 'start-services': {
      const said = saidAgain(change.services, change.again);
      return text(`start ${said.en}`, `启动 ${said['zh-CN']}`);
    }
    case 'restart-host': {
      const names = list(change.services);
      const owner = change.by === 'systemd' ? 'systemd' : 'supervisord';
      return text(`restart ${names.en}, through ${owner}`, `重启 ${names['zh-CN']}，由 ${owner} 进行`);
    }
    case 'set-path': return text(`own ${change.path}${change.below ? ' and what root has in it' : change.code ? ` and the code in it, from ${change.code.from}` : ''}: ${saidOwner(change)}`, `归属 ${change.path}${change.below ? ' 以及其中属于 root 的内容' : change.code ? ` 以及其中属于 ${change.code.from} 的代码` : ''}：${saidOwner(change)}`);
    case 'make-folder': return text(`folder ${change.path}: ${saidOwner(change)}`, `目录 ${change.path}：${saidOwner(change)}`);
    case 'make-account': return text(`account ${change.name}: a system account without a shell`, `账号 ${change.name}：没有 shell 的系统账号`);
    // The deed stands first, and this one is not ours.
    case 'by-hand': return text(`you ${change.words.en}`, `你 ${change.words['zh-CN']}`);
  }
}
