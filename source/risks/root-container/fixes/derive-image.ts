import { beside, isRefusal, refuse, type Fix } from '../../../model/risk.ts';
import { text } from '../../../model/text.ts';
import { derivedImage } from '../../../settings/derived-image.ts';
import { stepsDownItself } from '../../../settings/steps-down.ts';
import { handsOver, nothingToWrite, proposal, settingOf } from '../along.ts';

/** For a pulled image that writes inside itself: compose can name a user, but can't give it folders. */
export const deriveImage: Fix = {
  id: 'derive-image',
  safety: 'review',
  proven: true,
  propose(finding, machine) {
    const setting = settingOf(finding, machine);
    if (isRefusal(setting)) return setting;
    const right = nothingToWrite(machine, setting);
    if (right) return right;
    const { services, image, user, places } = setting;
    if (image) return beside(text('the image is built from a Dockerfile of yours, which is changed instead', '镜像由你自己的 Dockerfile 构建，直接改它即可'));
    if (services.some((s) => !s.compose)) return beside(text('this container was not made by compose', '这个容器不是由 compose 创建的'));
    if (services.every((s) => s.containers.length === 0)) return refuse(text('it does not run, so nobody could see what it writes', '它没有在运行，看不到它写入哪里'));
    const own = services.find((s) => s.image && stepsDownItself(s.image));
    if (own) return refuse(text(`${own.image ?? ''} goes on as a user of its own when nothing keeps it from that: look at its command and user: in compose`, `${own.image ?? ''} 本来会自己降权：请检查 compose 里的 command 和 user:`));
    if (!handsOver(machine, setting)) return refuse(text('user: in compose is enough: it writes to nothing inside the image', 'compose 的 user: 就够了：它不写镜像里的任何位置'));
    if (services.some((s) => /distroless|chainguard/.test(s.image ?? ''))) return refuse(text('this image has no shell and no tools to hand folders over with', '这个镜像没有 shell，也没有移交目录的工具'));
    const files = derivedImage(machine, services, user, places);
    if (isRefusal(files)) return files;
    const from = [...new Set(services.map((s) => s.image ?? ''))].join(', ');
    const more = [{ label: text('image', '镜像'), text: text(`built here from now on: a newer ${from} comes with the next build, not with a pull`, `以后在这里构建：新的 ${from.replaceAll(', ', '、')} 要靠重新构建获得，拉取不再起作用`) }];
    return proposal(machine, setting, files, { rebuild: true, named: false, more });
  },
};
