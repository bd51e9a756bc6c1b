import type { Change } from '../../../model/change.ts';
import { isRefusal, refuse, type Fix } from '../../../model/risk.ts';
import { text } from '../../../model/text.ts';
import { brings, workerAccount } from '../../../settings/gunicorn-account.ts';
import { removeSettings, setInConfig } from '../../../settings/gunicorn-edit.ts';
import { refuseShared } from '../../../settings/gunicorn-shared.ts';
import { isOn, told } from '../../../settings/gunicorn-settings.ts';
import { cannotStepDown, gunicornsOfFinding, masterStays, namesOf, proofsOf, rebuilt } from '../subject.ts';

/** `user` and `group` in the configuration file; `initgroups` goes, because it keeps the group from being changed. */
export const userGroup: Fix = {
  id: 'user-group',
  safety: 'review',
  proven: true,
  propose(finding, machine) {
    const all = gunicornsOfFinding(finding, machine);
    if (isRefusal(all)) return all;
    const [first] = all;
    if (all.some((g) => !g.config)) return refuse(text('it loads no configuration file that lies here', '它没有加载这里的任何配置文件'));
    const flag = all.flatMap((g) => [told(machine, g, 'user'), told(machine, g, 'group')]).find((t) => t?.flag);
    if (flag) return refuse(text(`${flag.from.label} overrules the configuration file`, `${flag.from.label} 盖过了配置文件`));
    const short = cannotStepDown(machine, all);
    if (short) return short;
    const account = workerAccount(machine, first);
    const shared = refuseShared(machine, all, [['user', account.user], ['group', account.group]]);
    if (shared) return shared;
    const changes: Change[] = [];
    for (const g of all) {
      const set = setInConfig(g, [['user', account.user], ['group', account.group]]);
      const gone = isOn(told(machine, g, 'initgroups')) ? removeSettings(machine, g, ['initgroups']) : [];
      if (isRefusal(set)) return set;
      if (isRefusal(gone)) return gone;
      const along = brings(machine, g, account);
      if (isRefusal(along)) return along;
      changes.push(...along, ...(set.edits.length > 0 ? [set] : []), ...gone);
    }
    return { changes, rebuild: rebuilt(all), replace: namesOf(all), proofs: proofsOf(all, account), along: masterStays(machine, all, account, changes) };
  },
};
