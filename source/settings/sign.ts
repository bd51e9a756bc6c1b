import type { Change, MakeKeys } from '../model/change.ts';
import type { Machine } from '../model/machine.ts';
import { isRefusal, refuse, type Refusal } from '../model/risk.ts';
import type { Service } from '../model/service.ts';
import { text } from '../model/text.ts';
import { addItems, all, mainFile } from './broker-edits.ts';
import { runsCelery } from './celery-argv.ts';
import { celeryBefore } from './celery-version.ts';
import { withCryptography } from './cryptography.ts';
import { declareVolumes } from './named-volume.ts';
import { carriersOf } from './serializers.ts';
import { runningOf } from './service-files.ts';
import { numberOf, runAs } from './run-as.ts';
import { declaredUser } from './user.ts';
import { KEYS, makerOf, signCode } from './signing.ts';

export interface Signed {
  readonly changes: readonly Change[];
  readonly workers: readonly string[];
  readonly carriers: readonly string[];
}

const VOLUME = 'celery-keys';
export const DAYS = 3650;

/** Who has to read the key: as it runs, as its files say, and for a root service the user that it would get. */
export function keyReaders(machine: Machine, service: Service): readonly { readonly uid: number; readonly gid: number }[] {
  const live = runningOf(machine, service).flatMap((c) => c.processes).filter((p) => p.uid.effective !== 0).map((p) => ({ uid: p.uid.effective, gid: p.gid.effective }));
  if (live.length > 0) return live;
  const user = declaredUser(machine, service);
  if (!user || user.root) return [runAs(machine, [service])];
  const [uid = '', gid] = user.value.split(':');
  const number = numberOf(machine, service);
  return /^\d+$/.test(uid) ? [{ uid: Number(uid), gid: /^\d+$/.test(gid ?? '') ? Number(gid) : (number?.gid ?? 0) }] : number ? [number] : [];
}

/** One owner and group by which everybody reads it. */
function owner(machine: Machine, services: readonly Service[]): { readonly uid: number; readonly gid: number } | undefined {
  const each = services.flatMap((s) => keyReaders(machine, s));
  const candidates = each.flatMap(({ uid }) => each.map(({ gid }) => ({ uid, gid })));
  return candidates.find(({ uid, gid }) => each.every((r) => r.uid === uid || r.gid === gid));
}

/** Signing set up whole: code, packages, keys in a volume of their own, and the volume in everybody who sends or reads. */
export function sign(machine: Machine, path: string): Signed | Refusal {
  const maker = makerOf(machine, path);
  if (!maker) return refuse(text(`which application ${path} is for can't be told`, `看不出 ${path} 属于哪个应用`));
  if (celeryBefore(machine, 5, 0)) return refuse(text('Celery before 5 signs in another way, which nobody has measured here', '5 之前的 Celery 签名方式不同，我们没有测过'));
  const carriers = carriersOf(machine, maker.path);
  const workers = carriers.filter((s) => runsCelery(machine, s));
  const stray = carriers.find((s) => !s.compose);
  if (carriers.length === 0 || stray) return refuse(text(`${stray?.name ?? maker.path} is not started by compose: the key is put where its producers and workers are started`, `${stray?.name ?? maker.path} 不是由 compose 启动的：密钥要放到启动生产者和 worker 的地方`));
  if (workers.length === 0) return refuse(text(`no service of compose was seen whose own command is a worker of ${maker.path}: the key is put where such a worker is started`, `没有看到哪个 compose 服务直接以 ${maker.path} 的 worker 为命令：密钥要放到启动这种 worker 的地方`));
  const code = signCode(machine, maker);
  if (isRefusal(code)) return code;
  const who = owner(machine, carriers);
  if (!who) return refuse(text('its services run as different users without a group in common: nobody could give all of them one key', '它的各个服务以不同用户运行，又没有共同的组：无法让它们都读到同一个密钥'));
  const [first] = workers;
  const main = first && mainFile(machine, first);
  if (!first?.compose || !main || !first.image) return refuse(text('the worker was not started by compose', 'worker 不是由 compose 启动的'));
  const edits = carriers.flatMap((s) => {
    const own = mainFile(machine, s);
    return own ? [addItems(own, 'volumes', [`${VOLUME}:${KEYS}:ro`])] : [];
  });
  const packages = carriers.map((s) => withCryptography(machine, s)).filter((e) => e !== undefined);
  const changes = all([
    ...code, ...packages, ...edits,
    declareVolumes(main, [VOLUME]),
  ]);
  if (isRefusal(changes)) return changes;
  const keys: MakeKeys = {
    kind: 'make-keys', service: first.name, image: first.image, volume: `${first.compose.project}_${VOLUME}`,
    labels: { 'com.docker.compose.project': first.compose.project, 'com.docker.compose.volume': VOLUME }, name: 'app', days: DAYS, ...who,
  };
  return { changes: [...changes, keys], workers: workers.map((w) => w.name), carriers: carriers.map((s) => s.name) };
}
