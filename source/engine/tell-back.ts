import type { Step } from '../model/plan.ts';
import { list, text, type Text } from '../model/text.ts';
import { always, awayWith } from './taken.ts';

/** The two walks of taking back: from the last step to the first, then what was stopped is started (ARCHITECTURE.md, "A step"). */
export type Walk = 'revert' | 'resume';

/** What happens when a step is taken back, as one line; undefined where that walk does nothing. */
export function tellBack({ change }: Step, walk: Walk): Text | undefined {
  switch (change.kind) {
    case 'edit-file': return text(`restore ${change.path}`, `还原 ${change.path}`);
    case 'create-file': return text(`remove ${change.path}`, `删除 ${change.path}`);
    case 'build-image': return text(`give ${change.image} its old image again`, `换回 ${change.image} 的旧镜像`);
    case 'own-mount': return text(`give ${change.mount.source} back to whom it belonged`, `归还 ${change.mount.source}：交给原来的属主`);
    case 'set-folder': return text(`give ${change.mount.source} its old owner and mode`, `还原 ${change.mount.source} 的属主和权限`);
    case 'stop-services': {
      const names = list(awayWith(change));
      return walk === 'resume' ? text(`start ${names.en} again`, `重新启动 ${names['zh-CN']}`) : undefined;
    }
    case 'start-services': {
      const names = list([...always(change.again), ...change.services].map((s) => s.service));
      return text(`stop ${names.en}`, `停止 ${names['zh-CN']}`);
    }
    case 'restart-host': {
      const names = list(change.services);
      return walk === 'resume' ? text(`start ${names.en} again`, `重新启动 ${names['zh-CN']}`) : text(`stop ${names.en}`, `停止 ${names['zh-CN']}`);
    }
    case 'set-path': return text(`give ${change.path} its old owner and mode`, `还原 ${change.path} 的属主和权限`);
    case 'make-folder': return text(`remove ${change.path}, if it is empty`, `删除 ${change.path}（若为空）`);
    case 'make-account': return text(`remove the account ${change.name}, if it was made for this`, `删除账号 ${change.name}（若是为此创建的）`);
    case 'make-keys': return walk === 'resume' ? text(`remove the volume ${change.volume}`, `删除卷 ${change.volume}`) : undefined;
    case 'by-hand': return walk === 'revert' ? text('what was done by hand', '手动做的') : undefined;
    case 'fill-volume': return undefined;
  }
}
