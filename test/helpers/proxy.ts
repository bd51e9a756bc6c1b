import { rmSync } from 'node:fs';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

export interface Proxy {
  readonly path: string;
  vanished(): boolean;
  close(): Promise<void>;
}

/** When it goes away: after so many requests, or at the first whose line matches. */
export interface Until {
  readonly vanishAfter?: number;
  readonly vanishAt?: RegExp;
}

const ENGINE = '/var/run/docker.sock';
const REQUEST = /^(GET|POST|PUT|DELETE|HEAD) \S+ HTTP\/1\.1\r\n/gm;

/** `tcp`: on a port of 127.0.0.1, which is then its `path`. A socket in front of the engine's that disappears, with every connection, as when an engine is stopped or a tunnel ends. */
export async function proxy(path: string | 'tcp', { vanishAfter = Infinity, vanishAt }: Until): Promise<Proxy> {
  const open = new Set<Socket>();
  let requests = 0;
  let gone = false;
  const vanish = (): void => {
    gone = true;
    server.close();
    if (path !== 'tcp') rmSync(path, { force: true });
    for (const socket of open) socket.destroy();
  };
  const server = createServer((client) => {
    const engine = connect(ENGINE);
    for (const socket of [client, engine]) {
      open.add(socket);
      socket.on('close', () => open.delete(socket));
      // Either end may break off; the other one then ends as well.
      socket.on('error', () => undefined);
    }
    client.on('data', (bytes) => {
      for (const [line] of bytes.toString('latin1').matchAll(REQUEST)) {
        requests += 1;
        if (requests > vanishAfter || vanishAt?.test(line)) return vanish();
      }
      engine.write(bytes);
    });
    client.on('end', () => engine.end());
    engine.pipe(client);
  });
  await new Promise<void>((resolve) => (path === 'tcp' ? server.listen(0, '127.0.0.1', resolve) : server.listen(path, resolve)));
  return {
    path: path === 'tcp' ? String((server.address() as AddressInfo).port) : path,
    vanished: () => gone,
    close: async () => {
      if (!gone) vanish();
    },
  };
}
