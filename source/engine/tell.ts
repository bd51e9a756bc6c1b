import type { Step } from '../model/plan.ts';
import { list, text, type Text } from '../model/text.ts';

/** One line for a step, in the words of the plan screen. */
export function tellStep({ change }: Step): Text {
  switch (change.kind) {
    case 'edit-file': return text(`edit ${change.path}`, `编辑 ${change.path}`);
    case 'create-file': return text(`new ${change.path}`, `新建 ${change.path}`);
    case 'build-image': return text(`build ${change.image}`, `构建 ${change.image}`);
    case 'own-mount': {
      const what = change.mount.type === 'volume' ? text('volume', '卷') : text('folder', '文件夹');
      return text(`own ${what.en} ${change.mount.source}: from root to ${change.uid}`, `${what['zh-CN']} ${change.mount.source}：由 root 归 ${change.uid}`);
    }
    case 'set-folder':
      return text(`own folder ${change.mount.source}: ${change.uid}:${change.gid}, mode ${change.mode.toString(8)}`, `文件夹 ${change.mount.source}：归 ${change.uid}:${change.gid}，权限 ${change.mode.toString(8)}`);
    case 'stop-services': {
      const names = list(change.services.map((s) => s.service));
      return text(`stop ${names.en}`, `停止 ${names['zh-CN']}`);
    }
    case 'start-services': {
      const names = list(change.services.map((s) => s.service));
      return text(`start ${names.en}`, `启动 ${names['zh-CN']}`);
    }
  }
}
