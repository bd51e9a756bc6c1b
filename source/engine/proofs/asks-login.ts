import { text } from '../../model/text.ts';
import type { System } from '../../system/system.ts';
import { socketNow } from '../../settings/supervisord-doors.ts';
import { containersOf, type Witness } from './witness.ts';

const TIMEOUT_MS = 3_000;

/** The status of one GET without a login, asked from inside the container. */
const ASK = `import http.client, socket, sys
at = sys.argv[1]
c = http.client.HTTPConnection('127.0.0.1', 80 if at.startswith('/') else int(at), timeout=3)
if at.startswith('/'):
    c.sock = socket.socket(socket.AF_UNIX)
    c.sock.connect(at)
c.request('GET', '/')
print(c.getresponse().status)`;

async function status(system: System, container: string | undefined, at: string): Promise<number | undefined> {
  if (container !== undefined) {
    const answer = await system.docker?.ask({ kind: 'exec', container, argv: ['python3', '-c', ASK, at] });
    return answer?.code === 0 ? Number(answer.stdout.trim()) : undefined;
  }
  if (!at.startsWith('/')) return (await system.net.get(`http://127.0.0.1:${at}/`, TIMEOUT_MS))?.status;
  const answer = await system.shell.ask(['curl', '-s', '-o', '/dev/null', '-w', '%{http_code}', '--unix-socket', at, 'http://localhost/']).catch(() => undefined);
  return answer?.code === 0 ? Number(answer.stdout.trim()) : undefined;
}

/** Who brings no login is turned away: 401. */
export const asksLogin: Witness<'asks-login'> = async ({ service, port, path, door }, machine, system) => {
  const [container] = containersOf(machine, service);
  const at = path === undefined ? String(port ?? '') : socketNow(machine, door, path);
  const code = await status(system, container?.id, at);
  if (code === undefined) return { outcome: 'cannot-tell', text: text(`${service}: ${at} did not answer`, `${service}：${at} 没有应答`) };
  if (code !== 401) return { outcome: 'left', text: text(`${service}: ${at} answers ${code} without a login`, `${service}：${at} 不登录就应答 ${code}`) };
  return { outcome: 'gone', text: text(`${service}: ${at} asks for a login (401). supervisorctl needs it now, too: supervisorctl -u admin`, `${service}：${at} 要求登录（401）。以后用 supervisorctl 也要登录：supervisorctl -u admin`) };
};
