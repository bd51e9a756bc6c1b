import { text, type Text } from '../../model/text.ts';

/** How a way gives the app what it writes inside the image: there, to group 0 there, or by a script that starts as root. */
export type Handed = 'image' | 'group' | 'start';

/** What is said of it, by the app's number. */
export const GIVEN: Readonly<Record<Handed, (uid: number) => Readonly<Record<'folder' | 'made' | 'exec', Text>>>> = {
  image: (uid) => ({
    folder: text(`written by the app: ${uid}'s in the image`, `应用会写入：在镜像里归 ${uid}`),
    made: text(`made by the app: an empty one of ${uid} is put there`, `由应用创建：在那里放一个归 ${uid} 的空文件`),
    exec: text(`will be ${uid}; for apt or pip inside add  -u 0`, `将以 ${uid} 运行；容器内要用 apt 或 pip 时加 -u 0`),
  }),
  group: (uid) => ({
    folder: text('written by the app: group 0 may write it, in the image', '应用会写入：在镜像里对组 0 可写'),
    made: text('made by the app: an empty one that group 0 may write is put there', '由应用创建：在那里放一个组 0 可写的空文件'),
    exec: text(`will be ${uid} of group 0; for apt or pip inside add  -u 0`, `将以 ${uid}（组 0）运行；容器内要用 apt 或 pip 时加 -u 0`),
  }),
  start: (uid) => ({
    folder: text(`written by the app: ${uid}'s from each start on`, `应用会写入：每次启动时移交给 ${uid}`),
    made: text(`made by the app: an empty one of ${uid} is put there`, `由应用创建：在那里放一个归 ${uid} 的空文件`),
    exec: text(`stays root; to be what the app is add  -u ${uid}`, `仍是 root；要和应用身份相同时加 -u ${uid}`),
  }),
};
