import type { Risk } from '../../model/risk.ts';
import { text } from '../../model/text.ts';
import { detect, ID } from './detect.ts';
import { olderThanItsFiles, settingOf } from './along.ts';
import { isRefusal, refuse } from '../../model/risk.ts';
import { composeUser } from './fixes/compose-user.ts';
import { namedUser, numericUser } from './fixes/in-image.ts';
import { stepDown } from './fixes/step-down.ts';
import en from './README.md';
import zh from './README.zh-CN.md';

export const rootContainer: Risk = {
  id: ID,
  severity: 'high',
  technologies: ['docker', 'compose'],
  equivalents: ['CIS-Docker-4.1', 'CIS-DI-0001', 'DL3002', 'DS-0002', 'CKV_DOCKER_3', 'CKV_DOCKER_8', 'CL-0018'],
  readme: { en, 'zh-CN': zh },
  detect,
  fixes: [
    numericUser,
    namedUser,
    stepDown,
    composeUser,
    { id: 'userns-remap', safety: 'by-hand', proven: false, propose: () => refuse(text('by hand: it moves every image on this machine', '手动处理：会影响本机的所有镜像')) },
  ],
  recommend(finding, machine) {
    const setting = settingOf(finding, machine);
    if (isRefusal(setting)) return undefined;
    if (olderThanItsFiles(machine, setting.services)) return { fix: 'numeric-user', because: text('the file is right already; only the container is older', '文件已经正确，只是容器更旧') };
    if (setting.user.ownerOf) {
      const { uid } = setting.user;
      return setting.services.every((s) => s.compose)
        ? { fix: 'compose-user', because: text(`your folder belongs to ${uid}, and you both write there`, `你的文件夹属于 ${uid}，你和应用都要写入`) }
        : { fix: 'numeric-user', because: text(`your folder belongs to ${uid}, and you both write there`, `你的文件夹属于 ${uid}，你和应用都要写入`) };
    }
    return setting.celery
      ? { fix: 'named-user', because: text('Celery looks for a group that has a name', 'Celery 要求组有名字') }
      : { fix: 'numeric-user', because: text("the official image's own advice, one line", '官方镜像自己的建议，只要一行') };
  },
};
