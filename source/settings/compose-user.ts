import { setServiceKey } from '../files/compose.ts';
import type { EditFile } from '../model/change.ts';
import type { Machine } from '../model/machine.ts';
import type { Refusal } from '../model/risk.ts';
import type { Service } from '../model/service.ts';
import { written } from './compose-services.ts';
import { editsOf } from './edit.ts';
import type { RunAs } from './run-as.ts';

/**
 * Sets `user:` of a service where it decides: in the strongest file that has it, else in an override file that is there,
 * else in the service's own file. Undefined when the service is not compose's, or has no `user:` and only that was wanted.
 */
export function setComposeUser(machine: Machine, service: Service, user: RunAs, options: { readonly onlyIfThere: boolean }): EditFile | Refusal | undefined {
  const all = service.compose ? written(machine.files, service.compose) : [];
  const there = all.find(({ service: s }) => s.user);
  const target = there ?? (options.onlyIfThere ? undefined : all[0]);
  if (!target) return undefined;
  return editsOf(target.file, setServiceKey(target.compose, target.service, 'user', `"${user.uid}:${user.gid}"`));
}
