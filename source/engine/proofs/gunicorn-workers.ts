import type { Machine } from '../../model/machine.ts';
import { text } from '../../model/text.ts';
import { gunicornNamed, liveGunicorn } from '../../settings/gunicorn.ts';
import type { System } from '../../system/system.ts';
import type { Witness } from './witness.ts';

/** The number of a user; undefined for a name that only an image or a directory service knows. */
async function numberOf(user: string | undefined, service: string, machine: Machine, { files }: System): Promise<number | undefined> {
  if (user === undefined || /^\d+$/.test(user)) return user === undefined ? undefined : Number(user);
  if (!machine.services.find((s) => s.name === service)?.host) return undefined;
  const accounts = (await files.read('/etc/passwd').catch(() => Buffer.alloc(0))).toString('utf8').split('\n').map((line) => line.split(':'));
  const uid = accounts.find(([name]) => name === user)?.[2];
  return uid === undefined ? undefined : Number(uid);
}

/** The workers of one gunicorn as they run: neither root nor in root's group, and whom they were to become; the master may be root. */
export const gunicornWorkers: Witness<'gunicorn-workers'> = async ({ service, program, master: both, user }, machine, system) => {
  const gunicorn = gunicornNamed(machine, service, program);
  const { masters, workers } = gunicorn ? liveGunicorn(gunicorn) : { masters: [], workers: [] };
  if (workers.length === 0) return { outcome: 'cannot-tell', text: text(`${program}: no worker of gunicorn could be seen`, `${program}：看不到 gunicorn 的工作进程`) };
  const root = workers.filter((p) => p.uid.effective === 0 || p.uid.real === 0);
  if (root.length > 0) return { outcome: 'left', text: text(`${program}: ${root.length} of ${workers.length} workers are still uid 0`, `${program}：${workers.length} 个工作进程${root.length === workers.length ? '都' : `中有 ${root.length} 个`}是 uid 0`) };
  if (both && masters.some((m) => m.uid.effective === 0)) return { outcome: 'left', text: text(`${program}: its master is still uid 0`, `${program}：主进程是 uid 0`) };
  const inGroup = masters.some((m) => m.uid.effective === 0) && workers.some((p) => p.gid.effective === 0);
  if (inGroup) return { outcome: 'left', text: text(`${program}: its workers are still in root's group`, `${program}：工作进程在 root 组里`) };
  // Another line of the same file may have made them somebody else's: not root, and still not what was chosen.
  const planned = await numberOf(user, service, machine, system);
  const stray = planned === undefined ? undefined : workers.find((p) => p.uid.effective !== planned);
  if (stray) return { outcome: 'left', text: text(`${program}: its workers are uid ${stray.uid.effective}, not ${user}`, `${program}：工作进程是 uid ${stray.uid.effective}，不是 ${user}`) };
  const who = [...new Set(workers.map((p) => `${p.uid.effective}:${p.gid.effective}`))];
  const heads = [...new Set(masters.map((m) => `${m.uid.effective}:${m.gid.effective}`))];
  const master = heads.length === 0 ? text('', '')
    : masters.some((m) => m.uid.effective === 0) ? text(', master root', '，主进程 root')
      : heads.join() === who.join() ? text(', master too', '，主进程也是') : text(`, master ${heads.join(', ')}`, `，主进程 ${heads.join('、')}`);
  const groups = workers.some((p) => (p.groups ?? []).includes(0)) ? text(', root\'s group in their list', '，附加组里还有 root 组') : text('', '');
  return { outcome: 'gone', text: text(`${program}: ${workers.length} ${workers.length === 1 ? 'worker' : 'workers'}, ${who.join(', ')}${groups.en}${master.en}`, `${program}：${workers.length} 个工作进程，${who.join('、')}${groups['zh-CN']}${master['zh-CN']}`) };
};
