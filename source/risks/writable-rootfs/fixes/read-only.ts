import type { Change } from '../../../model/change.ts';
import type { Place } from '../../../model/least.ts';
import type { Machine } from '../../../model/machine.ts';
import { isRefusal, refuse, type Fix, type Refusal } from '../../../model/risk.ts';
import type { Service } from '../../../model/service.ts';
import { text } from '../../../model/text.ts';
import { addItems, all, mainFile } from '../../../settings/broker-edits.ts';
import { confine } from '../../../settings/container-edits.ts';
import { serviceOf } from '../../../settings/container-finding.ts';
import { declareVolumes, volumeNameFor } from '../../../settings/named-volume.ts';
import { runAs } from '../../../settings/run-as.ts';
import { containersOf, runningOf } from '../../../settings/service-files.ts';
import { tmpfsOf } from '../../../settings/tmpfs.ts';
import { evidence, found, triedAsRoot } from '../../../settings/trials.ts';
import { ID } from '../detect.ts';

/** The trials were made as root: a user that it gets beside this, or later, has to write there, too. */
const isRoots = (machine: Machine, service: Service): boolean => runningOf(machine, service).some((c) => c.processes.length > 0 && c.processes.every((p) => p.uid.effective === 0));

/**
 * As `/tmp` is, which every image has open already. A folder that the image has keeps the image's mode, whatever is asked for, and is
 * root's (measured, runc 1.1): with another user in the same plan it is made that one's.
 */
function openTo(machine: Machine, service: Service, place: Place): string {
  if (place.uid !== undefined || /^\/(?:var\/)?tmp$/.test(place.path)) return tmpfsOf(place);
  const uid = machine.becomes?.get(service.name);
  if (uid === undefined) return `${place.path}:mode=1777`;
  const own = runAs(machine, [service]);
  return tmpfsOf({ ...place, uid, gid: own.uid === uid ? own.gid : uid });
}

/** A named volume for each folder with data: in compose, and filled with what the container holds there. */
function volumesFor(machine: Machine, service: Service, places: readonly Place[]): readonly Change[] | Refusal {
  if (places.length === 0) return [];
  const main = mainFile(machine, service);
  const [container, more] = containersOf(machine, service);
  const origin = service.compose;
  if (!main || !origin || !container || more) return refuse(text(`its data in ${places.map((p) => p.path).join(', ')} can't be brought into a volume from here: give it one first`, `无法在这里把它在 ${places.map((p) => p.path).join('、')} 里的数据放进卷：请先给它一个卷`));
  const named = places.map((place) => ({ place, name: volumeNameFor(machine, service, place.path) }));
  const twice = named.find((n, i) => named.findIndex((o) => o.name === n.name) !== i);
  if (twice) return refuse(text(`two folders with data are both called ${twice.name}: give them volumes first`, `有两个数据目录都叫 ${twice.name}：请先给它们卷`));
  const fills = named.map(({ place, name }): Change => ({
    kind: 'fill-volume', service: service.name, container: container.id, path: place.path, volume: `${origin.project}_${name}`,
    labels: { 'com.docker.compose.project': origin.project, 'com.docker.compose.volume': name }, uid: place.uid ?? 0, gid: place.gid ?? 0,
  }));
  return all([addItems(main, 'volumes', named.map(({ place, name }) => `${name}:${place.path}`)), declareVolumes(main, named.map(({ name }) => name)), ...fills]);
}

/** `read_only: true`, with memory in the few places where a search by trials showed that it writes, and volumes for its data. */
export const readOnly: Fix = {
  id: 'read-only', heedsUsers: true,
  safety: 'review',
  proven: true,
  propose(finding, machine) {
    const service = serviceOf(machine, finding);
    if (!service) return refuse(text('it is not there any more', '它已经不存在了'));
    const least = found(machine, service, 'writable', ID);
    if (isRefusal(least)) return least;
    const [memory, data] = [least.needs.filter((p) => !p.keeps), least.needs.filter((p) => p.keeps)];
    const made = confine(machine, service, { readOnly: true, tmpfs: memory.map((p) => (isRoots(machine, service) ? openTo(machine, service, p) : tmpfsOf(p))) });
    if (isRefusal(made)) return made;
    const volumes = volumesFor(machine, service, data);
    if (isRefusal(volumes)) return volumes;
    const rows = [
      ...memory.map((p) => ({ label: p.path, text: text('in memory: empty again at every start, and it counts as memory of the container', '放在内存里：每次启动都是空的，并计入容器的内存') })),
      ...data.map((p) => ({ label: p.path, text: text('data: in a new named volume from now on, which begins with what is there now', '数据：之后放在新的命名卷里，一开始就有现在的内容') })),
    ];
    return { ...made, changes: [...made.changes, ...volumes], proofs: [{ kind: 'read-only', service: service.name, writable: least.needs.map((p) => p.path) }], along: [...triedAsRoot(machine, service), ...rows, ...evidence(least)] };
  },
};
