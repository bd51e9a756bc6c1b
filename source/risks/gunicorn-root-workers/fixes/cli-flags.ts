import type { Change } from '../../../model/change.ts';
import { isRefusal, refuse, type Fix } from '../../../model/risk.ts';
import { text } from '../../../model/text.ts';
import { brings, workerAccount } from '../../../settings/gunicorn-account.ts';
import { removeSettings, setOnCommandLine } from '../../../settings/gunicorn-edit.ts';
import { isOn, told } from '../../../settings/gunicorn-settings.ts';
import { cannotStepDown, gunicornsOfFinding, masterStays, namesOf, proofsOf, rebuilt } from '../subject.ts';

/** `--user` and `--group` where the command line is written, or in GUNICORN_CMD_ARGS where that has them. */
export const cliFlags: Fix = {
  id: 'cli-flags',
  safety: 'review',
  proven: true,
  propose(finding, machine) {
    const all = gunicornsOfFinding(finding, machine);
    if (isRefusal(all)) return all;
    const inFile = all.flatMap((g) => [told(machine, g, 'user'), told(machine, g, 'group')]).find((t) => t?.inConfig);
    if (inFile?.file) return refuse(text(`${inFile.file.path} says ${inFile.from.label}: it belongs there`, `${inFile.file.path} 里写着 ${inFile.from.label}：应在那里改`));
    const short = cannotStepDown(machine, all);
    if (short) return short;
    const account = workerAccount(machine, all[0]);
    const changes: Change[] = [];
    for (const g of all) {
      const set = setOnCommandLine(machine, g, [['user', account.user], ['group', account.group]]);
      const gone = isOn(told(machine, g, 'initgroups')) ? removeSettings(machine, g, ['initgroups']) : [];
      if (isRefusal(set)) return set;
      if (isRefusal(gone)) return gone;
      const along = brings(machine, g, account);
      if (isRefusal(along)) return along;
      changes.push(...along, ...set, ...gone);
    }
    return { changes, rebuild: rebuilt(all), replace: namesOf(all), proofs: proofsOf(all, account), along: masterStays(machine, all, account, changes) };
  },
};
