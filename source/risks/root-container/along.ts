import { sep } from 'node:path';
import type { Change, OwnMount } from '../../model/change.ts';
import type { Machine } from '../../model/machine.ts';
import type { Proof } from '../../model/proof.ts';
import { isRefusal, refuse, type Proposal, type Refusal } from '../../model/risk.ts';
import type { Finding } from '../../model/finding.ts';
import type { Service } from '../../model/service.ts';
import { text } from '../../model/text.ts';
import { acceptsPickle } from '../../settings/serializers.ts';
import { removeForceRoot } from '../../settings/force-root.ts';
import { supervised } from '../../settings/roles.ts';
import { numberOf, runAs, type RunAs } from '../../settings/run-as.ts';
import { runningOf, shipped, workdirOf, type Shipped } from '../../settings/service-files.ts';
import { decidesForWorkers, needsRootToStart, startsSupervisord } from '../../settings/steps-down.ts';
import { declaredUser, ownUser } from '../../settings/user.ts';
import { distributionOf } from '../../settings/user-block.ts';
import { runsCelery } from '../../settings/celery-argv.ts';
import { writtenPlaces, type WrittenPlaces } from '../../settings/written-places.ts';

/** Everything a change of user carries along, seen on the containers that run. */
export interface Setting {
  readonly services: readonly Service[];
  readonly image?: Shipped;
  readonly user: RunAs;
  readonly places: WrittenPlaces;
  readonly celery: boolean;
}

export const servicesOf = (finding: Finding, machine: Machine): readonly Service[] => {
  const names = finding.detail['services'] as readonly string[];
  return machine.services.filter((s) => names.includes(s.name));
};

/**
 * The files are right already and what runs is older: a patch that was applied and not built, say. The image's own user;
 * undefined where that is not so, or where its number can't be told.
 */
export function olderThanItsFiles(machine: Machine, services: readonly Service[]): RunAs | undefined {
  const [first] = services;
  const user = first && declaredUser(machine, first);
  if (!first || !user || user.root || user.guess || user.from.kind !== 'dockerfile') return undefined;
  const old = services.every((s) => runningOf(machine, s).every((c) => c.user !== user.value));
  return old ? numberOf(machine, first) : undefined;
}

export const NOTHING_TO_WRITE = text('the files are right already, only the container is older: the first way builds and replaces it', '文件已经正确，只是容器更旧：用第一种办法重新构建并替换');

export function settingOf(finding: Finding, machine: Machine): Setting | Refusal {
  const services = servicesOf(finding, machine);
  const [first] = services;
  if (services.some((s) => runningOf(machine, s).some(supervised) || startsSupervisord(machine, s))) {
    return refuse(text('supervisord runs this container: its programs get their users one by one, USER would stop supervisord from giving them', '这个容器由 supervisord 管理：应逐个程序设置用户，USER 会让 supervisord 无法切换用户'));
  }
  const needing = services.map((s) => needsRootToStart(machine, s)).find((path) => path !== undefined);
  if (needing) {
    return refuse(text(`${needing} changes to another user itself, which only root may; written with exec, as its last command, it would be enough`, `${needing} 会自己切换用户，这只有 root 能做；用 exec 写成最后一条命令就够了`));
  }
  const told = services.map((s) => decidesForWorkers(machine, s)).find((t) => t !== undefined);
  if (told) {
    return refuse(text(`${told.file} gives ${told.program}'s workers their user: it is decided there, and ${told.program} would not start as anybody else`, `${told.file} 为 ${told.program} 的工作进程指定了用户：应在那里决定，否则 ${told.program} 无法以其他用户启动`));
  }
  const image = first && shipped(machine, first);
  return { services, ...(image ? { image } : {}), user: runAs(machine, services), places: writtenPlaces(machine, services), celery: services.some((s) => runsCelery(machine, s)) };
}

/** Needs a Dockerfile of the project; a pulled image has only compose to change. */
export function withImage(finding: Finding, machine: Machine): (Setting & { readonly image: Shipped }) | Refusal {
  const setting = settingOf(finding, machine);
  if (isRefusal(setting)) return setting;
  if (!setting.image) return refuse(text('there is no Dockerfile here to change', '这里没有可以修改的 Dockerfile'));
  const old = olderThanItsFiles(machine, setting.services);
  if (old) return { ...setting, image: setting.image, user: old };
  const user = ownUser(setting.image);
  if (user && (user.open || (user.root && user.raw.includes('$')))) return refuse(text(`USER ${user.raw} comes from a variable, so the value is decided elsewhere`, `USER ${user.raw} 来自变量，值在别处决定`));
  if (user && !user.root) return refuse(text(`the image names a user already (${user.raw}); compose overrules it`, `镜像已经指定了用户（${user.raw}），是 compose 改写了它`));
  return { ...setting, image: setting.image };
}

/** Folders that nobody can make and give away here: on a base without a shell, or in an image that has no Dockerfile here. */
export function handsOver({ image, places }: Setting): Refusal | undefined {
  const mounted = places.mounts.map((m) => m.target);
  const written = image ? [...new Set([...places.folders, ...mounted])] : places.folders.filter((f) => !mounted.includes(f));
  if (written.length === 0 || (image && distributionOf(image) !== 'bare')) return undefined;
  const where = written.join(', ');
  return image
    ? refuse(text(`it writes to ${where}, and this base has no tools to hand that over`, `它会写入 ${where}，而这个基础镜像没有可以移交所有权的工具`))
    : refuse(text(`it writes to ${where} inside the image, and there is no Dockerfile here to hand that over`, `它会写入镜像里的 ${where}，而这里没有 Dockerfile 可以移交所有权`));
}

/** Volumes and bind mounts that root wrote to. A bind source outside the project is never touched. */
export function owned(machine: Machine, { services, user, places }: Setting): readonly OwnMount[] {
  const carrier = services.find((s) => s.image && s.containers.length > 0);
  if (!carrier?.image) return [];
  const image = carrier.image;
  return places.mounts
    .filter((m) => m.type === 'volume' || (m.source + sep).startsWith(machine.root + sep))
    .map((m) => ({ kind: 'own-mount', service: carrier.name, image, mount: { type: m.type === 'volume' ? 'volume' : 'bind', source: m.source }, uid: user.uid, gid: user.gid }));
}

const short = (machine: Machine, source: string): string => (source.startsWith(machine.root) ? `.${source.slice(machine.root.length)}` : source);

/** "What comes along", seen on the running containers. */
export function along(machine: Machine, setting: Setting): NonNullable<Proposal['along']> {
  const { uid } = setting.user;
  const rows: { label: string; text: ReturnType<typeof text> }[] = [];
  for (const m of setting.places.mounts) {
    const inside = m.type === 'volume' || (m.source + sep).startsWith(machine.root + sep);
    const n = m.rootEntries;
    const files = n === undefined ? text("what is root's", '属于 root 的文件') : text(`${n} ${n === 1 ? 'file' : 'files'} of root`, `root 的 ${n} 个文件`);
    rows.push(m.type === 'volume'
      ? { label: `volume ${m.source}`, text: text(`${files.en}; will be ${uid}'s`, `${files['zh-CN']}，将归 ${uid}`) }
      : { label: short(machine, m.source), text: inside ? text(`your folder: ${files.en} will be ${uid}'s`, `你的文件夹：${files['zh-CN']}将归 ${uid}`) : text('lies outside this project: not touched', '在本项目之外：不改动') });
  }
  for (const f of setting.places.folders) rows.push({ label: f, text: text(`written by the app: ${uid}'s in the image`, `应用会写入：在镜像里归 ${uid}`) });
  if (setting.image) {
    // Who owns a folder may put other files in the place of those in it.
    const open = setting.places.folders.includes(workdirOf(setting.image));
    rows.push({ label: 'code', text: open ? text('stays root\'s, but the folder it lies in is the app\'s: it could put other files in their place', '仍归 root，但所在的文件夹归应用：它可以用别的文件替换') : text('stays root\'s, so the app cannot change itself', '仍归 root，应用无法修改自己') });
  }
  rows.push({ label: 'docker exec', text: text(`will be ${uid}; for apt or pip inside add  -u 0`, `将以 ${uid} 运行；容器内要用 apt 或 pip 时加 -u 0`) });
  return rows;
}

/** The proposal that all ways share: the given file changes, what root wrote handed over, everyone seen as not root. */
export function proposal(machine: Machine, setting: Setting, files: readonly Change[], { rebuild, named }: { readonly rebuild: boolean; readonly named: boolean }): Proposal | Refusal {
  const force = setting.services.flatMap((s) => removeForceRoot(machine, s));
  const refused = force.find(isRefusal);
  if (refused && isRefusal(refused)) return refused;
  const names = setting.services.map((s) => s.name);
  const proofs: Proof[] = names.map((service) => ({ kind: 'not-root', service, uid: setting.user.uid }));
  const pickled = named || !setting.celery ? [] : setting.services.filter((s) => acceptsPickle(machine, s));
  const needs = pickled.map((s) => ({ risk: 'pickle-serializer', service: s.name, because: text('Celery does not start with pickle under a group that has no name', '组没有名字时，接受 pickle 的 Celery 不会启动') }));
  return {
    changes: [...files, ...(force as Change[]), ...owned(machine, setting)],
    // A line of the image's own that goes (ENV C_FORCE_ROOT) is gone only from a new image.
    rebuild: rebuild || force.some((f) => !isRefusal(f) && f.path === setting.image?.file.path) ? names : [],
    replace: names,
    proofs,
    ...(needs.length > 0 ? { needs } : {}),
    along: along(machine, setting),
  };
}
