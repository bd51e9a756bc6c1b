import { isRefusal, refuse, type Fix } from '../../../model/risk.ts';
import { list, text } from '../../../model/text.ts';
import { isOverride } from '../../../settings/compose-services.ts';
import { setComposeUser } from '../../../settings/compose-user.ts';
import { givenAway } from '../../../settings/given-away.ts';
import { blockEdit } from '../../../settings/user-block.ts';
import { ownUser } from '../../../settings/user.ts';
import { handsOver, nothingToWrite, proposal, settingOf } from '../along.ts';

/** `user:` in compose decides; the image only gets the folders that the app writes, and stays root for everyone else. */
export const composeUser: Fix = {
  id: 'compose-user',
  safety: 'review',
  proven: true,
  propose(finding, machine) {
    const setting = settingOf(finding, machine);
    if (isRefusal(setting)) return setting;
    const right = nothingToWrite(machine, setting);
    if (right) return right;
    const { services, image, user, places } = setting;
    if (services.some((s) => !s.compose)) return refuse(text('this container was not made by compose', '这个容器不是由 compose 创建的'));
    const files = setComposeUser(machine, services, user, { onlyIfThere: false });
    if (!files) return refuse(text(`${list(services.map((s) => s.name)).en} can't be found in a compose file here`, `这里的 compose 文件中没有 ${list(services.map((s) => s.name))['zh-CN']}`));
    if (isRefusal(files)) return files;
    const stuck = handsOver(machine, setting);
    if (stuck) return stuck;
    // A volume of the image's own account came out of the image so: no build for that.
    const theirs = new Set(user.placesOf?.name === undefined ? [] : places.mounts.filter((m) => m.owner?.uid === user.uid).map((m) => m.target));
    const folders = image ? places.folders.filter((f) => !givenAway(image, f) && !theirs.has(f)) : [];
    const needed = folders.length + places.made.length + places.closed.length > 0 || places.run;
    const edit = image && needed ? blockEdit(image, { named: false, user, folders, files: places.files, more: places, home: false, setUser: false }) : undefined;
    const override = files.find((f) => isOverride(f.path));
    const fresh = !image && !user.placesOf && places.mounts.some((m) => m.type === 'volume') ? [{ label: text('new volumes', '新建的卷'), text: text("start as root's again: the image's own folder is; what is here now is handed over", '仍归 root，因为镜像里的目录归 root；现有的卷会移交') }] : [];
    const more = override ? [{ label: override.path, text: text('yours alone: leave it out of git. Compose reads it by itself, and not where it is started with -f', '只属于你：不要提交到 git。compose 会自动读取它，用 -f 启动时除外') }] : [];
    // An image with a user of its own gave that number a name.
    return proposal(machine, setting, [...files, ...(edit ? [edit] : [])], { rebuild: edit !== undefined, named: user.placesOf?.name !== undefined || (image !== undefined && ownUser(image)?.root === false), more: [...more, ...fresh] });
  },
};
