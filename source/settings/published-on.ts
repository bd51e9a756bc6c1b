import { removePort, removeServiceKey, replacePort, type Port } from '../files/compose.ts';
import type { Edits } from '../files/span.ts';
import type { EditFile } from '../model/change.ts';
import { isRefusal, refuse, type Refusal } from '../model/risk.ts';
import { text } from '../model/text.ts';
import { editsOf } from './edit.ts';
import type { PortEntry } from './reach.ts';

/** `"${PORT:-5432}:5432"`: an address fits in front of a variable, where the address is not in the variable itself. */
function inFront(port: Port, address: string): Edits | undefined {
  if (port.syntax !== 'short' || !port.interpolated || port.shared || port.unresolved) return undefined;
  const quote = /^["']/.exec(port.text)?.[0].length ?? 0;
  const start = port.span.start + quote;
  if (port.hostIp === undefined) return [{ start, end: start, text: `${address}:${port.published === undefined ? ':' : ''}` }];
  const said = /^(?:0\.0\.0\.0|\[::\])(?=:)/.exec(port.text.slice(quote));
  return said ? [{ start, end: start + said[0].length, text: address }] : undefined;
}

const joined = (edits: readonly (EditFile | Refusal)[]): readonly EditFile[] | Refusal => {
  const refused = edits.find(isRefusal);
  if (refused) return refused;
  return edits.flatMap((e) => (isRefusal(e) || e.edits.length === 0 ? [] : [e]));
};

/** Items of `ports:` with an address in front; in the long syntax with `host_ip`. */
export const publishOn = (entries: readonly PortEntry[], address: string): readonly EditFile[] | Refusal =>
  joined(entries.map(({ file, compose, port }) => editsOf(file, inFront(port, address) ?? replacePort(compose, port, { hostIp: address }))));

/** Items of `ports:` taken out; the key goes with the last one of them. */
export function unpublish(entries: readonly PortEntry[]): readonly EditFile[] | Refusal {
  const edits: (EditFile | Refusal)[] = [];
  for (const entry of entries) {
    const owner = entry.compose.services.find((s) => s.ports.includes(entry.port));
    if (!owner) return refuse(text(`${entry.at.file}:${entry.at.line} is shared and can't be edited safely`, `${entry.at.file}:${entry.at.line} 被共用，无法安全编辑`));
    const goes = owner.ports.every((p) => entries.some((e) => e.file === entry.file && e.port === p));
    const edit = goes ? removeServiceKey(entry.compose, owner, 'ports') : removePort(entry.compose, owner, entry.port);
    edits.push(editsOf(entry.file, edit));
  }
  return joined(edits);
}
