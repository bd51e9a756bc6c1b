import { removeListItem } from '../files/compose.ts';
import type { EditFile } from '../model/change.ts';
import type { Machine } from '../model/machine.ts';
import { isRefusal, type Refusal } from '../model/risk.ts';
import type { Service } from '../model/service.ts';
import type { Place } from '../model/setting.ts';
import { composeFile, written } from './compose-services.ts';
import { editsOf } from './edit.ts';
import { place } from './parsed.ts';
import { runningOf } from './service-files.ts';

/** `apparmor=unconfined`, `label=disable`, with `:` in older files. `label:seccomp:unconfined` is a label, and none of these. */
const OFF = /^(?:apparmor[:=]unconfined|label[:=]disable)$/;

export interface MacOption {
  readonly value: string;
  readonly at?: Place;
}

/** What takes a service out of the host's AppArmor or SELinux: in compose, where it can be taken away, or on the container alone. */
export function macOptions(machine: Machine, service: Service): readonly MacOption[] {
  const files = service.compose ? written(machine.files, service.compose) : [];
  const said = files.flatMap(({ file, service: s }) => s.securityOpt.filter((o) => OFF.test(o.value)).map((o) => ({ value: o.value, at: place(file, o) })));
  if (said.length > 0) return said;
  return [...new Set(runningOf(machine, service).flatMap((c) => c.securityOpt).filter((o) => OFF.test(o)))].map((value) => ({ value }));
}

/** The option taken out of every compose file that has it. */
export function withoutMacOptions(machine: Machine, service: Service): readonly EditFile[] | Refusal {
  const made: EditFile[] = [];
  for (const { file, service: s } of service.compose ? written(machine.files, service.compose) : []) {
    const parsed = composeFile(machine.files, file.path);
    for (const [index, option] of s.securityOpt.entries()) {
      if (!parsed || !OFF.test(option.value)) continue;
      const edit = editsOf(file, removeListItem(parsed, ['services', service.compose?.service ?? service.name, 'security_opt'], index));
      if (isRefusal(edit)) return edit;
      made.push(edit);
    }
  }
  return made;
}
