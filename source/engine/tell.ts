import { saidAhead } from '../changes/look-up.ts';
import { saidOwner } from '../changes/set-path.ts';
import type { Step } from '../model/plan.ts';
import { list, text, type Text } from '../model/text.ts';

const ORDINARY: readonly number[] = [0o644, 0o755];

/** One line for a step, in the words of the plan screen. */
export function tellStep({ change }: Step): Text {
  switch (change.kind) {
    case 'edit-file': return text(`edit ${change.path}`, `编辑 ${change.path}`);
    // Not the mode that any new file has: git's diff has no word for it.
    case 'create-file': return change.mode === undefined || ORDINARY.includes(change.mode) ? text(`new ${change.path}`, `新建 ${change.path}`) : text(`new ${change.path}, mode ${change.mode.toString(8)}`, `新建 ${change.path}，权限 ${change.mode.toString(8)}`);
    case 'build-image': return text(`build ${change.image}`, `构建 ${change.image}`);
    case 'own-mount': {
      const what = change.mount.type === 'volume' ? text('volume', '卷') : text('folder', '文件夹');
      const from = change.also === undefined ? text('root', 'root') : text(`root and ${change.also}`, `root 和 ${change.also}`);
      return text(`own ${what.en} ${change.mount.source}: from ${from.en} to ${change.uid}`, `移交 ${what['zh-CN']} ${change.mount.source}：从 ${from['zh-CN']} 改归 ${change.uid}`);
    }
    case 'set-folder': {
      const what = change.mount.type === 'volume' ? text('volume', '卷') : text('folder', '文件夹');
      return text(`own ${what.en} ${change.mount.source}: ${change.uid}:${change.gid}, mode ${change.mode.toString(8)}`, `移交 ${what['zh-CN']} ${change.mount.source}：归 ${change.uid}:${change.gid}，权限 ${change.mode.toString(8)}`);
    }
    case 'make-keys': return text(`make a key and a certificate in the volume ${change.volume}, valid ${change.days} days`, `在卷 ${change.volume} 里生成密钥和证书，有效期 ${change.days} 天`);
    case 'fill-volume': return text(`fill the new volume ${change.volume} with what ${change.service} keeps in ${change.path}`, `用 ${change.service} 存在 ${change.path} 的内容填充新卷 ${change.volume}`);
    case 'stop-services': {
      const names = list(change.services.map((s) => s.service));
      return text(`stop ${names.en}`, `停止 ${names['zh-CN']}`);
    }
    case 'start-services': {
      const names = list(change.services.map((s) => s.service));
      const too = saidAhead(change.ahead);
      return too ? text(`start ${names.en}; ${too.en}`, `启动 ${names['zh-CN']}；${too['zh-CN']}`) : text(`start ${names.en}`, `启动 ${names['zh-CN']}`);
    }
    case 'restart-host': {
      const names = list(change.services);
      const owner = change.by === 'systemd' ? 'systemd' : 'supervisord';
      return text(`restart ${names.en}, through ${owner}`, `重启 ${names['zh-CN']}，由 ${owner} 进行`);
    }
    case 'set-path': return text(`own ${change.path}${change.below ? ' and what root has in it' : change.code ? ` and the code in it, from ${change.code.from}` : ''}: ${saidOwner(change)}`, `归属 ${change.path}${change.below ? ' 以及其中属于 root 的内容' : change.code ? ` 以及其中属于 ${change.code.from} 的代码` : ''}：${saidOwner(change)}`);
    case 'make-folder': return text(`folder ${change.path}: ${saidOwner(change)}`, `文件夹 ${change.path}：${saidOwner(change)}`);
    case 'make-account': return text(`account ${change.name}: a system account without a shell`, `账号 ${change.name}：没有 shell 的系统账号`);
    // The deed stands first, and this one is not ours.
    case 'by-hand': return text(`you ${change.words.en}`, `你 ${change.words['zh-CN']}`);
  }
}
