import type { Change } from '../../../model/change.ts';
import { isRefusal, refuse, type Fix } from '../../../model/risk.ts';
import { text } from '../../../model/text.ts';
import { keepUp } from '../../../settings/kept-up.ts';
import { setUnitLines } from '../../../settings/unit-edit.ts';
import { programsOfFinding } from '../detect.ts';

/** The one line at each owner: `restart:`, `autorestart=`, `Restart=`. */
export const supervise: Fix = {
  id: 'supervise',
  safety: 'review',
  proven: true,
  propose(finding, machine) {
    const all = programsOfFinding(finding, machine);
    if (all.length === 0) return refuse(text('it is not there any more', '它已不存在'));
    const changes: Change[] = [];
    for (const one of all) {
      if (one.lacks === 'owner') return refuse(text('it was started in a terminal: nobody is there to start it again', '它是在终端里启动的：没有谁能再启动它'));
      if (one.program.unit) {
        const edits = setUnitLines(one.program.unit, [{ section: 'Service', key: 'Restart', value: 'on-failure' }], '10-restart.conf');
        if (isRefusal(edits)) return edits;
        changes.push(...edits);
        continue;
      }
      const edit = keepUp(machine, one);
      if (!edit) return refuse(text('the line could not be found', '找不到那一行'));
      if (isRefusal(edit)) return edit;
      changes.push(edit);
    }
    const names = [...new Set(all.map((n) => n.program.service.name))];
    const built = all.filter((n) => n.program.supervisor && n.program.service.build).map((n) => n.program.service.name);
    return {
      changes,
      rebuild: [...new Set(built)],
      replace: names,
      proofs: all.map(({ program }) => ({ kind: 'kept-up', service: program.service.name, program: program.name })),
    };
  },
};
