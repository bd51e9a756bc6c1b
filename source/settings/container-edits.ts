import { addListItems, setScalar, setServiceKey } from '../files/compose.ts';
import { isRefused, type Edits } from '../files/span.ts';
import type { Confine, EditFile } from '../model/change.ts';
import type { Machine } from '../model/machine.ts';
import { isRefusal, refuse, type Proposal, type Refusal } from '../model/risk.ts';
import type { Service } from '../model/service.ts';
import { text } from '../model/text.ts';
import { capability } from './capabilities.ts';
import { written } from './compose-services.ts';
import { option } from './container.ts';
import { editsOf } from './edit.ts';
import { containersOf } from './service-files.ts';

/** What a fix wants of a container; lists are what is to be there, beside what is. */
export interface Wanted {
  readonly dropAll?: boolean;
  readonly capAdd?: readonly string[];
  readonly noNewPrivileges?: boolean;
  readonly readOnly?: boolean;
  readonly tmpfs?: readonly string[];
}

const NNP = 'no-new-privileges:true';
const isNnp = (value: string): boolean => option(value).startsWith('no-new-privileges=');

type Written = ReturnType<typeof written>[number];

/** A comma would end an item of a list in brackets. */
const item = (value: string): string => (/[,[\]{}#&*!|>'"%@`]|: /.test(value) ? JSON.stringify(value) : value);

/** Each file with what changes in it; the strongest that says something decides, else the main one gets it. */
function inCompose(files: readonly Written[], wanted: Wanted): readonly { readonly at: Written; readonly edits: Edits }[] {
  const main = files.at(-1);
  if (!main) return [];
  const path = (at: Written, key: string): readonly string[] => ['services', at.service.name, key];
  const has = (pick: (w: Written) => boolean): Written | undefined => files.find(pick);
  const made: { at: Written; edits: Edits }[] = [];
  const add = (key: string, there: Written | undefined, items: readonly string[]): void => { const at = there ?? main; made.push({ at, edits: addListItems(at.compose, path(at, key), items.map(item)) }); };

  if (wanted.dropAll && !files.some((f) => f.service.capDrop.some((c) => capability(c.value) === 'ALL'))) {
    const at = has((f) => f.service.capDrop.length > 0) ?? main;
    const old = at.service.keys.get('cap_drop')?.value;
    made.push({ at, edits: setServiceKey(at.compose, at.service, 'cap_drop', old?.kind === 'list' && old.flow ? '[ALL]' : '- ALL') });
  }
  const given = files.flatMap((f) => f.service.capAdd.map((c) => capability(c.value)));
  const caps = (wanted.capAdd ?? []).filter((c) => !given.includes(c));
  if (caps.length > 0) add('cap_add', has((f) => f.service.capAdd.length > 0), caps);

  if (wanted.noNewPrivileges) {
    const said = files.flatMap((at) => at.service.securityOpt.filter((o) => isNnp(o.value)).map((o) => ({ at, o })));
    for (const { at, o } of said) if (option(o.value) !== 'no-new-privileges=true') made.push({ at, edits: setScalar(o, NNP) });
    if (said.length === 0) add('security_opt', has((f) => f.service.securityOpt.length > 0), [NNP]);
  }
  if (wanted.readOnly) {
    const at = has((f) => f.service.keys.has('read_only')) ?? main;
    if (at.service.readOnly?.value !== true) made.push({ at, edits: setServiceKey(at.compose, at.service, 'read_only', 'true') });
  }
  const mounted = files.flatMap((f) => f.service.tmpfs.map((t) => t.value.split(':')[0]));
  const places = (wanted.tmpfs ?? []).filter((t) => !mounted.includes(t.split(':')[0]));
  if (places.length > 0) add('tmpfs', has((f) => f.service.tmpfs.length > 0), places);
  return made;
}

function edits(files: readonly Written[], wanted: Wanted): readonly EditFile[] | Refusal {
  const made = inCompose(files, wanted).filter(({ edits: e }) => isRefused(e) || e.length > 0).map(({ at, edits: e }) => editsOf(at.file, e));
  const refused = made.find(isRefusal);
  if (refused) return refused;
  const all = made.filter((e): e is EditFile => !isRefusal(e));
  // One edit for each file, in the order that the keys were asked for.
  return [...new Set(all.map((e) => e.path))].map((path) => all.filter((e) => e.path === path).reduce((a, b) => ({ ...a, edits: [...a.edits, ...b.edits] })));
}

/** The same for a container of plain `docker run`: whole lists, as the engine takes them. */
function onContainer(machine: Machine, service: Service, wanted: Wanted): Confine | undefined {
  const [c] = containersOf(machine, service);
  if (!c) return undefined;
  const adds = [...new Set([...c.capAdd.map(capability), ...(wanted.capAdd ?? [])])];
  return {
    ...(wanted.dropAll ? { capDrop: ['ALL'] } : {}),
    ...(wanted.capAdd ? { capAdd: adds } : {}),
    ...(wanted.noNewPrivileges ? { securityOpt: [...c.securityOpt.filter((o) => !isNnp(o)), NNP] } : {}),
    ...(wanted.readOnly ? { readOnly: true } : {}),
    ...(wanted.tmpfs ? { tmpfs: wanted.tmpfs } : {}),
  };
}

/** Writes what is wanted where it is decided: in the service's compose files, or into the flags its container is made with again. */
export function confine(machine: Machine, service: Service, wanted: Wanted): Pick<Proposal, 'changes' | 'rebuild' | 'replace' | 'confine'> | Refusal {
  const base = { rebuild: [], replace: [service.name] };
  if (service.compose) {
    const changes = edits(written(machine.files, service.compose), wanted);
    return isRefusal(changes) ? changes : { ...base, changes };
  }
  const held = onContainer(machine, service, wanted);
  if (!held) return refuse(text('nobody here says how it is run', '这里没有写明它是怎么运行的'));
  return { ...base, changes: [], confine: [{ service: service.name, ...held }] };
}
