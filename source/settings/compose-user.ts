import { service as serviceIn, setPath, setServiceKey } from '../files/compose.ts';
import type { CreateFile, EditFile } from '../model/change.ts';
import type { Machine } from '../model/machine.ts';
import { isRefusal, type Refusal } from '../model/risk.ts';
import type { ComposeOrigin, Service } from '../model/service.ts';
import { composeFile, isOverride, overrideOf, written } from './compose-services.ts';
import { editsOf } from './edit.ts';
import type { RunAs } from './run-as.ts';

type Written = readonly (EditFile | CreateFile)[];

const quoted = ({ uid, gid }: RunAs): string => `"${uid}:${gid}"`;

const HEAD = 'services:\n';

/** A new override file that says nothing but the user of these services. */
function created(path: string, names: readonly string[], user: RunAs): CreateFile {
  return { kind: 'create-file', path, text: HEAD + names.map((n) => `  ${n}:\n    user: ${quoted(user)}\n`).join(''), head: HEAD, mode: 0o644 };
}

/**
 * The developer's own number belongs into an override file, which the team's file and the image know nothing of: the one that
 * compose reads already, else a new one beside a compose file of the usual name. Undefined where compose would not read it: it was
 * started with a list of files of its own.
 */
function inOverride(machine: Machine, services: readonly Service[], user: RunAs): Written | Refusal | undefined {
  const origins = services.flatMap((s) => s.compose ?? []);
  const [origin] = origins;
  if (!origin) return undefined;
  const names = origins.map((o: ComposeOrigin) => o.service);
  const path = origin.files.find(isOverride);
  if (path === undefined) {
    const fresh = overrideOf(origin, machine.files);
    return fresh === undefined ? undefined : [created(fresh, names, user)];
  }
  const [file, compose] = [machine.files.get(path), composeFile(machine.files, path)];
  if (!file || !compose) return undefined;
  const edits = names.map((name) => editsOf(file, serviceIn(compose, name) ? setServiceKey(compose, name, 'user', quoted(user)) : setPath(compose, ['services', name, 'user'], quoted(user))));
  return edits.find(isRefusal) ?? edits.filter((e): e is EditFile => !isRefusal(e));
}

/**
 * Sets `user:` of services where it decides: in the strongest file that has it; else, where the number is the developer's own, in
 * the override file; else in the strongest file that names the service. Undefined when a service is not compose's, or has no
 * `user:` and only that was wanted.
 */
export function setComposeUser(machine: Machine, services: readonly Service[], user: RunAs, options: { readonly onlyIfThere: boolean }): Written | Refusal | undefined {
  const all = services.map((service) => ({ service, files: service.compose ? written(machine.files, service.compose) : [] }));
  const there = all.filter(({ files }) => files.some(({ service }) => service.user));
  const rest = options.onlyIfThere ? [] : all.filter((a) => !there.includes(a));
  if (rest.some(({ files }) => files.length === 0) || (there.length === 0 && rest.length === 0)) return undefined;
  const replaced = there.map(({ files }) => { const at = files.find(({ service }) => service.user) ?? files[0]; return at && editsOf(at.file, setServiceKey(at.compose, at.service, 'user', quoted(user))); });
  const own = user.ownerOf !== undefined && rest.length > 0 ? inOverride(machine, rest.map((r) => r.service), user) : undefined;
  if (own && isRefusal(own)) return own;
  const added = own ?? rest.map(({ files }) => files[0] && editsOf(files[0].file, setServiceKey(files[0].compose, files[0].service, 'user', quoted(user))));
  const changes = [...replaced, ...added].filter((c) => c !== undefined);
  return changes.find(isRefusal) ?? changes.filter((c): c is EditFile | CreateFile => !isRefusal(c));
}
