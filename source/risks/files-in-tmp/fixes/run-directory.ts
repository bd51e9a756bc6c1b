import type { Change } from '../../../model/change.ts';
import { isRefusal, refuse, type Fix } from '../../../model/risk.ts';
import { text } from '../../../model/text.ts';
import { toRunDirectory, type Moved } from '../../../settings/run-directory.ts';
import { tmpPlaces } from '../../../settings/tmp-places.ts';

/** The same deed once: two files of one program want one folder. */
const once = (changes: readonly Change[]): readonly Change[] => [...new Map(changes.map((c) => [JSON.stringify(c), c])).values()];

/** Out of /tmp into a folder below /run that only its owner may write, with everybody who knows the old path. */
export const runDirectory: Fix = {
  id: 'run-directory',
  safety: 'review',
  proven: true,
  propose(finding, machine) {
    const all = tmpPlaces(machine).filter((p) => p.service.name === finding.detail['service'] && p.file.path === finding.detail['file']);
    const [first] = all;
    if (!first) return refuse(text('it is not there any more', '它已不存在'));
    const made = all.map((p) => toRunDirectory(machine, p, all));
    const refused = made.find(isRefusal);
    if (refused) return refused;
    const moves = made.filter((m): m is Moved => !isRefusal(m));
    const { service } = first;
    const changes = once(moves.flatMap((m) => m.changes));
    const touched = new Set(changes.flatMap((c) => (c.kind === 'edit-file' ? [c.path] : [])));
    // A web server of the project that carries its configuration in its image is built anew with it.
    const others = machine.services.filter((s) => s.name !== service.name && s.build && [...touched].some((p) => p.startsWith(s.build?.context === '' ? '' : `${s.build?.context ?? ''}/`) && p !== first.file.path && !p.startsWith('/')));
    const names = [service, ...others.filter((s) => s.build?.context !== service.build?.context)];
    return {
      changes,
      rebuild: names.filter((s) => s.build).map((s) => s.name),
      replace: names.map((s) => s.name),
      proofs: [...new Set(moves.map((m) => m.folder))].map((path) => ({ kind: 'path-mode' as const, service: service.name, path, forbids: 0o002 })),
      along: moves.map((m, i) => ({ label: all[i]?.path ?? '', text: text(`moves to ${m.to}`, `移到 ${m.to}`) })),
    };
  },
};
