import type { Change } from '../../../model/change.ts';
import { isRefusal, refuse, type Fix } from '../../../model/risk.ts';
import { text } from '../../../model/text.ts';
import { setComposeUser } from '../../../settings/compose-user.ts';
import { blockEdit, givenAway } from '../../../settings/user-block.ts';
import { ownUser } from '../../../settings/user.ts';
import { handsOver, NOTHING_TO_WRITE, olderThanItsFiles, proposal, settingOf } from '../along.ts';

/** `user:` in compose decides; the image only gets the folders that the app writes, and stays root for everyone else. */
export const composeUser: Fix = {
  id: 'compose-user',
  safety: 'review',
  proven: true,
  propose(finding, machine) {
    const setting = settingOf(finding, machine);
    if (isRefusal(setting)) return setting;
    if (olderThanItsFiles(machine, setting.services)) return refuse(NOTHING_TO_WRITE);
    const { services, image, user, places } = setting;
    if (services.some((s) => !s.compose)) return refuse(text('this container was not made by compose', '这个容器不是由 compose 创建的'));
    const files: Change[] = [];
    for (const service of services) {
      const edit = setComposeUser(machine, service, user, { onlyIfThere: false });
      if (!edit) return refuse(text(`${service.name} is not in a compose file here`, `这里的 compose 文件中没有 ${service.name}`));
      if (isRefusal(edit)) return edit;
      files.push(edit);
    }
    const stuck = handsOver(setting);
    if (stuck) return stuck;
    const folders = image ? places.folders.filter((f) => !givenAway(image, f)) : [];
    const edit = image && folders.length > 0 ? blockEdit(image, { named: false, user, folders, files: places.files, home: false, setUser: false }) : undefined;
    // An image with a user of its own gave that number a name.
    return proposal(machine, setting, [...files, ...(edit ? [edit] : [])], { rebuild: edit !== undefined, named: image !== undefined && ownUser(image)?.root === false });
  },
};
