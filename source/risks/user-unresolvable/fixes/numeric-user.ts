import { isRefusal, refuse, type Fix } from '../../../model/risk.ts';
import { text } from '../../../model/text.ts';
import { setComposeUser } from '../../../settings/compose-user.ts';
import { editOf } from '../../../settings/edit.ts';
import { firstMention } from '../../../settings/missing-account.ts';
import { runAs } from '../../../settings/run-as.ts';
import { ownUser } from '../../../settings/user.ts';
import { effectiveUserOf } from '../../../settings/user-line.ts';
import { missingIn, rest } from '../missing.ts';

/** A number in the name's place: the engine looks nothing up for it. */
export const numericUser: Fix = {
  id: 'numeric-user',
  safety: 'review',
  proven: true,
  propose(finding, machine) {
    const missing = missingIn(finding, machine);
    if (isRefusal(missing)) return missing;
    const { image, services, user, name } = missing;
    const number = runAs(machine, services);
    if (user.from.kind === 'compose') {
      const edits = setComposeUser(machine, services, number, { onlyIfThere: true });
      if (!edits) return refuse(text('compose does not name it', 'compose 里没有写'));
      return isRefusal(edits) ? edits : { ...rest(missing, false), changes: edits };
    }
    const said = image && effectiveUserOf(image);
    if (!image || !said || user.from.kind !== 'dockerfile') return refuse(text('it was given to docker run: give it a number there', '是在 docker run 时给的：请在那里改用数字'));
    if (ownUser(image)?.raw.includes('$')) return refuse(text(`USER ${said.raw} comes from a variable, so the value is decided elsewhere`, `USER ${said.raw} 来自变量，值在别处决定`));
    const other = firstMention(image, name);
    if (other && other !== said.instruction) return refuse(text(`another line speaks of ${name}, too: it has to be made`, `还有别的行用到 ${name}：必须创建它`));
    return { ...rest(missing, true), changes: [editOf(image.file, [{ start: said.valueSpan.start, end: said.valueSpan.end, text: `${number.uid}:${number.gid}` }])] };
  },
};
