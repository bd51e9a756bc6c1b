import { refuse, type Risk } from '../../model/risk.ts';
import { text } from '../../model/text.ts';
import { detect } from './detect.ts';
import { composeUser } from './fixes/compose-user.ts';
import { deriveImage } from './fixes/derive-image.ts';
import { existingUser } from './fixes/existing-user.ts';
import { namedUser, numericUser } from './fixes/in-image.ts';
import { randomUid } from './fixes/random-uid.ts';
import { stepDown } from './fixes/step-down.ts';
import { ID } from './ids.ts';
import { recommend } from './recommend.ts';
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
    namedUser,
    numericUser,
    existingUser,
    stepDown,
    composeUser,
    deriveImage,
    randomUid,
    { id: 'userns-remap', safety: 'by-hand', proven: false, propose: () => refuse(text('by hand: it moves every image on this machine', '手动处理：会影响本机的所有镜像')) },
  ],
  recommend,
};
