import type { Machine } from '../model/machine.ts';
import { list, text, type Text } from '../model/text.ts';
import { oneLine } from './plain.ts';
import { counted } from './terms.ts';

/** `3 services, 12 files and 2 processes`; undefined where there was nothing at all to look at. */
export function lookedAt({ services, files, host }: Machine): Text | undefined {
  const counts = [
    [services.length, 'service', 'services', '个服务'], [files.size, 'file', 'files', '个文件'], [host.processes.length, 'process', 'processes', '个进程'],
  ] as const;
  const some = counts.filter(([n]) => n > 0);
  if (some.length === 0) return undefined;
  return text(list(some.map(([n, one, more]) => counted(n, one, more))).en, some.map(([n, , , zh]) => `${n} ${zh}`).join('、'));
}

/** Why there is no finding: all that was looked at is fine as far as it goes, or there was nothing that we know. */
export function nothingFound(machine: Machine): Text {
  const seen = lookedAt(machine);
  const root = oneLine(machine.root);
  if (!seen) {
    return text(
      `Nothing that harden-tui knows was found in ${root}: no Dockerfile, no compose file, no settings of Celery, uWSGI, gunicorn, supervisord or nginx, and nothing that runs from there.`,
      `${root} 里没有 harden-tui 认识的内容：没有 Dockerfile、compose 文件，没有 Celery、uWSGI、gunicorn、supervisord 或 nginx 的配置，也没有从那里运行的东西。`,
    );
  }
  return text(`Nothing to fix was found in what could be seen: ${seen.en}.`, `在能看到的范围内（${seen['zh-CN']}），没有需要修复的问题。`);
}
