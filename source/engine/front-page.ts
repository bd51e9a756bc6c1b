import type { Net } from '../system/system.ts';

const url = (host: string, port: number, secure: boolean): string => `${secure ? 'https' : 'http'}://${host}:${port}/`;

/** How each door was answered before, per network: asked in that way alone from then on. */
const spoken = new WeakMap<Net, Map<string, boolean>>();

/**
 * The front page as one door gives it: `200 html`; `connects` where it takes a connection and says nothing that is HTTP; or `nothing`.
 * A plain server that is greeted by TLS waits for the rest of a line: a gunicorn with one worker serves nobody for 4 s meanwhile, and
 * asked so again and again was never seen well (measured: a unit on port 443 was "away" for a minute, and answered after 1 s). So the way
 * that was answered once is kept.
 */
export async function frontPage(net: Net, host: string, port: number): Promise<string> {
  const known = spoken.get(net) ?? new Map<string, boolean>();
  spoken.set(net, known);
  const door = `${host} ${port}`;
  const before = known.get(door);
  const first = port === 443 || port === 8443;
  for (const secure of before === undefined ? [first, !first] : [before]) {
    const got = await net.get(url(host, port, secure), 4_000);
    if (!got) continue;
    known.set(door, secure);
    return `${got.status} ${got.type.split('/').at(-1) ?? ''}`.trim();
  }
  return (await net.connects(host, port, 2_000)) ? 'connects' : 'nothing';
}
