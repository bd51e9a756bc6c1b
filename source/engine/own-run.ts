import { confineFlags } from '../changes/recreation.ts';
import type { Confine, OwnRun, Remap } from '../model/change.ts';
import type { Container } from '../model/container.ts';

const port = (protocol: string, ...parts: readonly (string | number)[]): string => `${parts.filter((p) => p !== '').join(':')}${protocol === 'tcp' ? '' : `/${protocol}`}`;
const bracketed = (address: string): string => (address.includes(':') ? `[${address}]` : address);

/** What the next `docker run` by hand has to say, so that a container stands as the plan leaves it; undefined where its image says it all. */
export function ownRun({ ports }: Container, remap: readonly Remap[], confine: Confine = {}): OwnRun | undefined {
  const moved = ports.flatMap((p) => {
    const wanted = remap.filter((r) => r.from === p.inside && p.protocol === 'tcp');
    if (wanted.length === 0 || p.hostPort === undefined) return [];
    const [address, inside] = [wanted.find((r) => r.address !== undefined)?.address, wanted.find((r) => r.to !== r.from)?.to ?? p.inside];
    const kept = /^(?:0\.0\.0\.0|::)?$/.test(p.hostIp) ? '' : bracketed(p.hostIp);
    const old = port(p.protocol, kept, p.hostPort, p.inside);
    return [{ old, now: address === null ? undefined : port(p.protocol, address === undefined ? kept : bracketed(address), p.hostPort, inside) }];
  });
  const flags = [...new Set(moved.flatMap((m) => (m.now === undefined ? [] : [m.now])))].flatMap((p) => ['-p', p]);
  const run: OwnRun = { flags: [...flags, ...confineFlags(confine)], without: [...new Set(moved.map((m) => m.old))].flatMap((p) => ['-p', p]) };
  return run.flags.length + run.without.length > 0 ? run : undefined;
}
