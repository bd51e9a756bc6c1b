import { isRefusal, refuse, type Fix } from '../../../model/risk.ts';
import { text } from '../../../model/text.ts';
import { confined } from '../../../settings/confined.ts';
import { holdsCode, stepDown as entrypoint } from '../../../settings/entrypoint.ts';
import { distributionOf } from '../../../settings/distribution.ts';
import { under } from '../../../settings/own-places.ts';
import { blockEdit } from '../../../settings/user-block.ts';
import { nothingToWrite, proposal, withImage } from '../along.ts';

/** Without these back, `cap_drop: [ALL]` ends the script with "Operation not permitted" (measured). */
const NEEDED = ['CHOWN', 'SETUID', 'SETGID'];

/** An entrypoint that mends the folders as root whenever the container starts, then goes on as the number, for good. */
export const stepDown: Fix = {
  id: 'step-down',
  safety: 'review',
  proven: true,
  propose(finding, machine) {
    const setting = withImage(finding, machine);
    if (isRefusal(setting)) return setting;
    const right = nothingToWrite(machine, setting);
    if (right) return right;
    const distribution = distributionOf(setting.image);
    if (distribution === 'rpm') return refuse(text('not tried on this base yet', '这个基础镜像上还没有试过'));
    if (distribution === 'shell' || distribution === 'bare') return refuse(text('this base has no setpriv', '这个基础镜像没有 setpriv'));
    const short = setting.services.find((s) => { const { dropsAll, adds } = confined(machine, s); return dropsAll && !NEEDED.every((c) => adds.has(c)); });
    if (short) return refuse(text(`${short.name} drops all capabilities; the script needs ${NEEDED.join(', ')} back`, `${short.name} 移除了全部 capability；脚本需要 ${NEEDED.join('、')}`));
    const mounted = setting.places.mounts.filter((m) => m.type === 'volume').map((m) => m.target);
    const code = setting.places.folders.filter((folder) => !mounted.includes(folder) && holdsCode(setting.image, folder)).sort();
    const data = [...new Set([...setting.places.folders.filter((folder) => !code.includes(folder)), ...mounted])].sort();
    const files = entrypoint(machine, setting.image, setting.services, setting.user, { data, code });
    if (isRefusal(files)) return files;
    // What is the image's own is opened in it: a script would have to do it anew at each start, and can't where the root is read-only.
    const { made, run, closed } = setting.places;
    const changed = setting.places.files.filter((f) => !data.some((folder) => under(f, folder)));
    const opened = changed.length + made.length + closed.length > 0 || run ? [blockEdit(setting.image, { named: false, user: setting.user, folders: [], files: changed, more: setting.places, home: false, setUser: false })] : [];
    const fetches = distribution === 'alpine' && !/\bsu-exec\b/.test(setting.image.df.text);
    const more = fetches ? [{ label: text('build', '构建'), text: text('needs the network: apk add su-exec', '需要联网：apk add su-exec') }] : [];
    const whole = proposal(machine, setting, [...opened, ...files], { rebuild: true, named: false, more, handed: 'start' });
    if (isRefusal(whole)) return whole;
    // The README's price is of volumes; where there is none, nothing old is mended.
    const price = mounted.length > 0 ? {} : { price: text('docker exec stays root', 'docker exec 仍是 root') };
    return data.length === 0 ? { ...whole, ...price } : { ...whole, ...price, mends: true };
  },
};
