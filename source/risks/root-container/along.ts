import { sep } from 'node:path';
import type { Change, OwnMount } from '../../model/change.ts';
import type { Machine } from '../../model/machine.ts';
import type { Proof } from '../../model/proof.ts';
import { isRefusal, refuse, type Proposal, type Refusal } from '../../model/risk.ts';
import type { Finding } from '../../model/finding.ts';
import type { Service } from '../../model/service.ts';
import { text, type Text } from '../../model/text.ts';
import { acceptsPickle } from '../../settings/serializers.ts';
import { removeForceRoot } from '../../settings/force-root.ts';
import { supervised } from '../../settings/roles.ts';
import { onlyRoot } from '../../settings/only-root.ts';
import { numberOf, runAs, type RunAs } from '../../settings/run-as.ts';
import { rootsFiles, short, volumeRow } from '../../settings/handed-mounts.ts';
import { emptyFolder } from '../../settings/empty-folder.ts';
import { farMount } from '../../settings/far.ts';
import { beyondOwn, sharedPlace, showsOwners, shutBy } from '../../settings/places-owner.ts';
import { SYSTEM } from '../../settings/own-places.ts';
import { byYourself, rootsVolumes } from '../../settings/roots-volumes.ts';
import { savesInto } from '../../settings/saves-into.ts';
import { baseImage, runningOf, shipped, workdirOf, type Shipped } from '../../settings/service-files.ts';
import { decidesForWorkers, needsRootToStart, startsSupervisord } from '../../settings/steps-down.ts';
import { ownTmpfs, rootsTmpfs } from '../../settings/tmpfs-owner.ts';
import { declaredUser, ownUser } from '../../settings/user.ts';
import { distributionOf } from '../../settings/distribution.ts';
import { runsCelery } from '../../settings/celery-argv.ts';
import { writtenPlaces, type WrittenPlaces } from '../../settings/written-places.ts';
import { GIVEN, type Handed } from './handed.ts';
import { startsIn } from './starts-in.ts';
import { OUTSIDE, VOLUME } from './ids.ts';

/** Everything a change of user carries along, seen on the containers that run. */
export interface Setting {
  /** Nobody is root any more; only what root wrote into a volume is left to hand over. */
  readonly volumesOnly: boolean;
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

const NOTHING_TO_WRITE = text('the files are right already, only the container is older: a bare number builds and replaces it', '文件已经正确，只是容器更旧：用“只用数字”重新构建并替换');

export type InImage = Setting & { readonly image: Shipped };

/** Why a way that writes files has nothing to do here. */
export function nothingToWrite(machine: Machine, { services, volumesOnly }: Setting): Refusal | undefined {
  if (volumesOnly) return refuse(text("the user is right already, only what it writes is still root's: a bare number hands it over", '用户已经正确，只是它要写的地方仍归 root：用“只用数字”移交'));
  return olderThanItsFiles(machine, services) ? refuse(NOTHING_TO_WRITE) : undefined;
}

/** Its socket is reached through the peer's group; a way with another group would shut the peer out. */
export const meetsInGroup = ({ user }: Setting): Refusal | undefined =>
  user.groupOf === undefined ? undefined : refuse(text(`${user.groupOf} reaches its socket through the group ${user.gid}, which it would not be in any more`, `${user.groupOf} 靠组 ${user.gid} 连接它的套接字，这样它就不在那个组里了`));

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
  const bound = services.map((s) => onlyRoot(machine, s)).find((name) => name !== undefined);
  if (bound) {
    return refuse(text(`${bound} starts its work as other users, which only root may: as somebody else it would stay up and do nothing, or end`, `${bound} 要以其他用户的身份做事，这只有 root 能做：换了用户，它会空转或退出`));
  }
  const told = services.map((s) => decidesForWorkers(machine, s)).find((t) => t !== undefined);
  if (told) {
    return refuse(text(`${told.file} gives ${told.program}'s workers their user: it is decided there, and ${told.program} would not start as anybody else`, `${told.file} 为 ${told.program} 的工作进程指定了用户：应在那里决定，否则 ${told.program} 无法以其他用户启动`));
  }
  const image = first && shipped(machine, first);
  const [left] = rootsVolumes(machine, services);
  if (finding.aspect === OUTSIDE && left) return refuse(byYourself(left));
  if (finding.aspect === VOLUME && left) {
    return { volumesOnly: true, services, ...(image ? { image } : {}), user: left.user, places: { folders: [], files: [], made: [], run: false, closed: [], mounts: left.shut.map((one) => one.mount), home: false }, celery: false };
  }
  const dump = services.map((s) => savesInto(machine, s)).find((folder) => folder !== undefined && SYSTEM.has(folder));
  if (dump !== undefined) {
    return refuse(text(`it saves its data into ${dump}, where nobody but root may write, and takes no more writes once it can't: give it a folder first (--dir, or WORKDIR and a volume there)`, `它把数据存进 ${dump}，那里只有 root 能写；一旦存不了，它就不再接受写入：请先给它一个目录（--dir，或 WORKDIR 加上那里的卷）`));
  }
  const user = runAs(machine, services);
  const places = beyondOwn(machine, services, user, writtenPlaces(machine, services));
  const far = farMount(machine, places.mounts) ?? sharedPlace(machine, services, user, places.mounts);
  if (far) return refuse(far);
  return { volumesOnly: false, services, ...(image ? { image } : {}), user, places, celery: services.some((s) => runsCelery(machine, s)) };
}

/** Needs a Dockerfile of the project; a pulled image has only compose to change. */
export function withImage(finding: Finding, machine: Machine): InImage | Refusal {
  const setting = settingOf(finding, machine);
  if (isRefusal(setting)) return setting;
  if (setting.volumesOnly && setting.image) return { ...setting, image: setting.image };
  if (!setting.image) return refuse(text('there is no Dockerfile here to change', '这里没有可以修改的 Dockerfile'));
  const old = olderThanItsFiles(machine, setting.services);
  if (old) return { ...setting, image: setting.image, user: old };
  const user = ownUser(setting.image);
  if (user && (user.open || (user.root && user.raw.includes('$')))) return refuse(text(`USER ${user.raw} comes from a variable, so the value is decided elsewhere`, `USER ${user.raw} 来自变量，值在别处决定`));
  if (user && !user.root) return refuse(text(`the image names a user already (${user.raw}); compose overrules it`, `镜像已经指定了用户（${user.raw}），是 compose 改写了它`));
  return { ...setting, image: setting.image };
}

/** Folders that nobody can make and give away here: on a base without a shell, or in an image that has no Dockerfile here. */
export function handsOver(machine: Machine, { image, places }: Setting): Refusal | undefined {
  const mounted = places.mounts.map((m) => m.target);
  const more = [...places.made, ...(places.run ? ['/run'] : []), ...places.closed.map((c) => c.path)];
  const written = [...(image ? new Set([...places.folders, ...mounted]) : places.folders.filter((f) => !mounted.includes(f))), ...more];
  if (written.length === 0 || (image && distributionOf(image) !== 'bare')) return undefined;
  // An earlier stage makes the folders then; the volumes that are there already are handed over from its base.
  if (image && places.files.length + more.length === 0 && emptyFolder(image, places.folders)) {
    if (mounted.length === 0 || toolsOf(machine, image)) return undefined;
    return refuse(text(`${mounted.join(', ')} has to be handed over, and no image here that its Dockerfile builds on has the tools for that`, `需要移交 ${mounted.join('、')}，而本机没有带相应工具的基础镜像`));
  }
  const where = written.join(', ');
  return image
    ? refuse(text(`it needs ${where}, and this base has no tools to hand that over`, `它需要 ${written.join('、')}，而这个基础镜像没有可以移交所有权的工具`))
    : refuse(text(`it needs ${where} inside the image, and there is no Dockerfile here to hand that over`, `它需要镜像里的 ${written.join('、')}，而这里没有 Dockerfile 可以移交所有权`));
}

/** For an image without find and chown: the base of the stage that makes its folders, where this machine has it. */
function toolsOf(machine: Machine, image: Shipped): string | undefined {
  const from = emptyFolder(image, [])?.from;
  return from && baseImage(machine, from)?.tags[0];
}

/** Volumes and bind mounts that root wrote to. A bind source outside the project is never touched. */
export function owned(machine: Machine, { services, image: own, user, places }: Setting): readonly OwnMount[] {
  const carrier = services.find((s) => s.image && s.containers.length > 0);
  if (!carrier?.image) return [];
  const image = (own && toolsOf(machine, own)) ?? carrier.image;
  return places.mounts
    .filter((m) => m.type === 'volume' || (m.source + sep).startsWith(machine.root + sep))
    .map((m) => {
      const also = showsOwners(machine) ? shutBy(m, user) : undefined;
      return { kind: 'own-mount', service: carrier.name, image, mount: { type: m.type === 'volume' ? 'volume' : 'bind', source: m.source }, uid: user.uid, gid: user.gid, ...(also === undefined ? {} : { also }) };
    });
}

export type Rows = NonNullable<Proposal['along']>;

/** Whether the app writes beside its code (a sqlite file, uploads) is not seen in a mount, so a folder of both changes hands whole: what that gives away is said. */
const holdsCode = (machine: Machine, source: string): boolean => [...machine.files.keys()].some((path) => path.endsWith('.py') && `${machine.root}/${path}`.startsWith(`${source}/`));
const withCode = (files: Text, uid: string | number): Text => text(
  `your folder, code too: ${files.en} will be ${uid}'s, who may rewrite it then. If the app only reads there, mount it :ro first`,
  `你的目录，里面也有代码：${files['zh-CN']}将归 ${uid}，应用之后可以改写它。如果应用只读，请先用 :ro 挂载`,
);

/** What is handed over, and what is not. */
export function volumeRows(machine: Machine, { services, places, user }: Setting): Rows {
  const { uid } = user;
  return places.mounts.map((m) => {
    const inside = m.type === 'volume' || (m.source + sep).startsWith(machine.root + sep);
    const files = rootsFiles(m.rootEntries);
    return m.type === 'volume'
      ? volumeRow(machine, services, m.source, m.rootEntries, uid, showsOwners(machine) ? shutBy(m, user) : undefined)
      : { label: short(machine, m.source), text: inside && holdsCode(machine, m.source) ? withCode(files, uid) : inside ? text(`your folder: ${files.en} will be ${uid}'s`, `你的目录：${files['zh-CN']}将归 ${uid}`) : text('lies outside this project: not touched', '在本项目之外：不改动') };
  });
}

/** Folders of the project that are mounted for reading: nothing of them changes, and whether the new user may read them is told where it was seen. */
function readRows(machine: Machine, { services, user: { uid }, places: { closed } }: Setting): Rows {
  const all = services.flatMap((s) => runningOf(machine, s)).flatMap((c) => c.mounts).filter((m) => m.type === 'bind' && m.readOnly && (m.source + sep).startsWith(machine.root + sep));
  return [...new Map(all.map((m) => [m.source, m])).values()].map((m) => {
    const open = m.owner?.mode !== undefined && (m.owner.mode & 0o5) === 0o5 && !closed.some((one) => one.path === m.target || one.path.startsWith(`${m.target}/`));
    return { label: short(machine, m.source), text: open ? text(`your folder, read only; ${uid} can read it, not touched`, `你的目录，只读；${uid} 可以读取，不改动`) : text('your folder, read only; not touched', '你的目录，只读；不改动') };
  });
}

/** Why this number, where it is no new one. */
export const whyNumber = ({ uid, gid, placesOf }: RunAs): Text | undefined => {
  if (!placesOf) return undefined;
  const { at, name } = placesOf;
  return name === undefined ? text(`${at} is ${uid}:${gid}'s already`, `${at} 本来就归 ${uid}:${gid}`) : text(`the image's own account ${name}, ${uid}:${gid}, owns ${at}`, `镜像自带的账号 ${name}（${uid}:${gid}）拥有 ${at}`);
};

function numberRow({ user }: Setting): Rows {
  const why = whyNumber(user);
  return why ? [{ label: `${user.uid}:${user.gid}`, text: why }] : [];
}

/** "What comes along", seen on the running containers. */
export function along(machine: Machine, setting: Setting, handed: Handed = 'image'): Rows {
  const { uid } = setting.user;
  const given = GIVEN[handed](uid);
  const rows: Rows[number][] = [...numberRow(setting), ...volumeRows(machine, setting)];
  // What lies in a volume was told with the volume.
  const mounted = new Set(setting.places.mounts.map((m) => m.target));
  // What it starts in is told below, with why.
  const start = setting.image && workdirOf(setting.image);
  for (const f of setting.places.folders) if (!mounted.has(f) && f !== start) rows.push({ label: f, text: given.folder });
  for (const f of setting.places.made) rows.push({ label: f, text: given.made });
  for (const { path } of rootsTmpfs(machine, setting.services)) rows.push({ label: `tmpfs ${path}`, text: text(`was root's alone; will be ${uid}'s`, `原来只有 root 能写，将归 ${uid}`) });
  if (setting.places.run) rows.push({ label: '/run', text: text('open to new files, as /tmp is: what is there stays whose it is', '像 /tmp 一样可以新建文件：已有的文件归属不变') });
  for (const { path } of setting.places.closed) rows.push({ label: path, text: text("only root may read it: the app's group may, too", '只有 root 能读：应用的组也可以读') });
  if (setting.image) rows.push(...startsIn(machine, setting, workdirOf(setting.image), mounted));
  rows.push(...readRows(machine, setting));
  rows.push({ label: 'docker exec', text: given.exec });
  return rows;
}

/** The proposal that all ways share: the given file changes, what root wrote handed over, everyone seen as not root. */
export function proposal(machine: Machine, setting: Setting, files: readonly Change[], { rebuild, named, more = [], handed }: { readonly rebuild: boolean; readonly named: boolean; readonly more?: Rows; readonly handed?: Handed }): Proposal | Refusal {
  const force = setting.services.flatMap((s) => removeForceRoot(machine, s));
  const refused = force.find(isRefusal);
  if (refused && isRefusal(refused)) return refused;
  const memory = ownTmpfs(machine, setting.services, setting.user);
  if (isRefusal(memory)) return memory;
  const names = setting.services.map((s) => s.name);
  const proofs: Proof[] = names.map((service) => ({ kind: 'not-root', service, uid: setting.user.uid }));
  const pickled = named || !setting.celery ? [] : setting.services.filter((s) => acceptsPickle(machine, s));
  const needs = pickled.map((s) => ({ risk: 'pickle-serializer', service: s.name, because: text('Celery does not start with pickle under a group that has no name', '组没有名字时，接受 pickle 的 Celery 不会启动') }));
  return {
    changes: [...files, ...(force as Change[]), ...memory.changes, ...owned(machine, setting)],
    ...(memory.confine ? { confine: memory.confine } : {}),
    // A line of the image's own that goes (ENV C_FORCE_ROOT) is gone only from a new image.
    rebuild: rebuild || force.some((f) => !isRefusal(f) && f.path === setting.image?.file.path) ? names : [],
    replace: names,
    proofs,
    ...(needs.length > 0 ? { needs } : {}),
    along: [...along(machine, setting, handed), ...more],
  };
}
