import { posix } from 'node:path';
import type { Change } from '../../../model/change.ts';
import type { Finding } from '../../../model/finding.ts';
import type { Machine } from '../../../model/machine.ts';
import { isRefusal, refuse, type Fix, type Refusal } from '../../../model/risk.ts';
import { text } from '../../../model/text.ts';
import { editOf } from '../../../settings/edit.ts';
import { rootReads, type RootRead } from '../../../settings/root-reads.ts';
import { shipped, workdirOf, type Shipped } from '../../../settings/service-files.ts';
import { asRoot, atEnd } from '../../../settings/user-block.ts';
import { writtenPlaces } from '../../../settings/written-places.ts';

export const readOf = (finding: Finding, machine: Machine): RootRead | undefined =>
  rootReads(machine).find((r) => r.program.service.name === finding.detail['service'] && r.program.name === finding.detail['program'] && r.path === finding.detail['path']);

/** A folder or file as a Dockerfile would write it. */
const shown = (s: Shipped, path: string): string => {
  const workdir = workdirOf(s);
  return path === workdir ? '.' : path.startsWith(`${workdir}/`) && workdir !== '/' ? path.slice(workdir.length + 1) : path;
};

function inImage(machine: Machine, read: RootRead): readonly Change[] | Refusal {
  const image = shipped(machine, read.program.service);
  if (!image) return refuse(text('there is no Dockerfile here to change', '这里没有可以修改的 Dockerfile'));
  const folder = posix.dirname(read.path);
  if (writtenPlaces(machine, [read.program.service]).folders.includes(folder)) {
    return refuse(text(`the app writes right in ${folder}: its configuration needs a folder of its own first, or gunicorn another start`, `应用直接写 ${folder}：要么先把配置放进单独的目录，要么换一种启动方式`));
  }
  if (!/^[\w./+-]+$/.test(read.path)) return refuse(text(`${read.path} can't be written into a RUN line safely`, `无法把 ${read.path} 安全地写进 RUN`));
  const paths = [shown(image, folder), ...(read.file ? [shown(image, read.path)] : [])].join(' ');
  return [editOf(image.file, [atEnd(image, asRoot(image, [`RUN chown root:root ${paths} && chmod go-w ${paths}`]), 60)])];
}

type Bits = { readonly uid: number; readonly mode: number };

/** What belongs to the app becomes root's; of what is somebody else's only the others' right to write goes. */
const closed = (path: string, uid: number, now: Bits): Change => ({ kind: 'set-path', path, ...(now.uid === uid ? { uid: 0, gid: 0 } : {}), mode: now.mode & ~0o022 & 0o7777 });

const onHost = ({ file, path, who }: RootRead): readonly Change[] =>
  [...(file?.folder ? [closed(posix.dirname(path), who.uid, file.folder)] : []), ...(file ? [closed(path, who.uid, file)] : [])];

/** The file and its folder belong to root, and nobody else may write there; the app goes on reading it. */
export const splitOwner: Fix = {
  id: 'split-owner',
  safety: 'review',
  proven: true,
  propose(finding, machine) {
    const read = readOf(finding, machine);
    if (!read) return refuse(text('root does not read it any more, or nobody else may write it', 'root 已不再读它，或者别人已写不了'));
    const { program, path, mounted } = read;
    const { service } = program;
    if (mounted !== undefined) return refuse(text(`${mounted === '' ? 'the project\'s folder' : mounted} of this machine is mounted there: mount it read-only (:ro), or start ${program.name} as its user`, `那里挂载的是本机的${mounted === '' ? '项目目录' : ` ${mounted}`}：请以只读方式挂载（:ro），或者直接以该用户启动 ${program.name}`));
    const made = service.host ? onHost(read) : inImage(machine, read);
    if (isRefusal(made)) return made;
    const folder = posix.dirname(path);
    return {
      changes: made,
      rebuild: service.build ? [service.name] : [],
      replace: service.host ? [] : [service.name],
      proofs: [{ kind: 'not-writable', service: service.name, paths: read.file ? [path, folder] : [folder] }],
      along: [
        { label: path, text: text('root\'s alone to write; the app goes on reading it', '只有 root 能写；应用照常读取') },
        { label: folder, text: text('the same: the app makes no new files right in it, in folders below as before', '同样：应用不能再直接往里面新建文件，下级目录照旧') },
      ],
    };
  },
};
