import type { Live } from '../../model/process.ts';
import type { Ground } from './context.ts';
import type { Copy } from './world.ts';

/** A port that is asked from inside the copy's own network: a probe from the host was answered by something else (measured). */
export interface Asked {
  readonly port: number;
  /** A GET; else only whether it takes a connection: a redis logs a GET as an attack. */
  readonly http: boolean;
}

const TOOLS = ['python3', 'curl', 'wget', 'bash'] as const;
type Tool = (typeof TOOLS)[number];

const PYTHON = `import http.client, socket, ssl, sys
def ask(host, port, web):
    if web:
        for secure in ((True, False) if port in (443, 8443) else (False, True)):
            try:
                c = http.client.HTTPSConnection(host, port, timeout=4, context=ssl._create_unverified_context()) if secure else http.client.HTTPConnection(host, port, timeout=4)
                c.request('GET', '/', headers={'User-Agent': 'harden-tui'})
                r = c.getresponse()
                return '%d %s' % (r.status, (r.getheader('Content-Type') or '').split(';')[0].strip())
            except Exception:
                pass
    try:
        socket.create_connection((host, port), 2).close()
        return 'connects'
    except Exception:
        return 'nothing'
for a in sys.argv[1:]:
    host, port, web = a.rsplit(' ', 2)
    print(port, ask(host, int(port), web == 'web'))`;

const BY_CURL = `curl -s -k -g -o /dev/null -m 4 -A harden-tui -w '%{http_code} %{content_type}' "$1"`;
const BY_WGET = `wget -q -S -O /dev/null -T 4 --no-check-certificate "$1" 2>&1 | sed -n 's/^ *HTTP[^ ]* \\([0-9]*\\).*/\\1/p; s/^ *[Cc]ontent-[Tt]ype: *\\([^;]*\\).*/\\1/p' | tr '\\n' ' '`;

const shell = (ask: string): string => `for a in "$@"; do set -- $a; h=$1 b=$1 p=$2 w=$3; case $h in *:*) h="[$h]";; esac; got=
if [ "$w" = web ]; then for s in http https; do set -- "$s://$h:$p/"; got=$(${ask}); case $got in 000*|'') got=;; *) break;; esac; done; fi
if [ -n "$got" ]; then echo "$p $got"; elif command -v bash >/dev/null && bash -c "exec 3<>/dev/tcp/$b/$p" 2>/dev/null; then echo "$p connects"; else echo "$p unknown"; fi; done`;

const BASH = `for a in "$@"; do set -- $a; got=
if [ "$3" = web ]; then got=$(timeout 4 bash -c 'exec 3<>/dev/tcp/$0/$1; printf "GET / HTTP/1.0\\r\\nHost: $0\\r\\nUser-Agent: harden-tui\\r\\n\\r\\n" >&3; head -c 2000 <&3' "$1" "$2" 2>/dev/null | tr -d '\\r\\0' | sed -n '1s/^HTTP[^ ]* \\([0-9]*\\).*/\\1/p; s/^[Cc]ontent-[Tt]ype: *\\([^;]*\\).*/\\1/p; /^$/q' | tr '\\n' ' '); fi
if [ -n "$got" ]; then echo "$2 $got"; elif timeout 2 bash -c 'exec 3<>/dev/tcp/$0/$1' "$1" "$2" 2>/dev/null; then echo "$2 connects"; else echo "$2 nothing"; fi; done`;

const argv = (tool: Tool): readonly string[] => tool === 'python3' ? ['python3', '-c', PYTHON] : tool === 'bash' ? ['bash', '-c', BASH, 'bash'] : ['sh', '-c', shell(tool === 'curl' ? BY_CURL : BY_WGET), 'sh'];

export interface Toolbox {
  readonly image: string;
  readonly tool: Tool;
}

/** Of the project's images: one with a shell (volumes are worked on in it), and one with something to ask with. */
export async function toolboxes(ground: Omit<Ground, 'shell'>, images: readonly string[]): Promise<{ readonly shell?: string; readonly asks?: Toolbox }> {
  let shellIn: string | undefined;
  let best: Toolbox | undefined;
  for (const image of images) {
    const { code, stdout } = await ground.docker.ask({ kind: 'helper', image, user: '65534:65534', argv: ['sh', '-c', `for t in find chown du ${TOOLS.join(' ')}; do command -v "$t" >/dev/null && echo "$t"; done; true`] }).catch(() => ({ code: 1, stdout: '' }));
    if (code !== 0) continue;
    const there = stdout.split('\n');
    if (['find', 'chown', 'du'].every((t) => there.includes(t))) shellIn ??= image;
    const tool = TOOLS.find((t) => there.includes(t));
    if (tool && (!best || TOOLS.indexOf(tool) < TOOLS.indexOf(best.tool))) best = { image, tool };
    if (shellIn && best?.tool === 'python3') break;
  }
  return { ...(shellIn ? { shell: shellIn } : {}), ...(best ? { asks: best } : {}) };
}

const short = (type: string): string => type.split('/').at(-1)?.trim() ?? '';

/** `8000 200 text/html` of each line, as vitals have it: `200 html`. */
export function readAnswers(stdout: string): ReadonlyMap<number, string> {
  const found = new Map<number, string>();
  for (const line of stdout.split('\n')) {
    const [port, first = '', type = ''] = line.trim().split(/\s+/);
    if (!port || !/^\d+$/.test(port) || first === '' || first === 'unknown') continue;
    found.set(Number(port), /^\d+$/.test(first) ? `${first} ${short(type.split(';')[0] ?? '')}`.trim() : first);
  }
  return found;
}

/** Asks from a helper that lives in the copy's network, as nobody and without capabilities. */
export async function probe(ground: Ground, copy: Copy, live: Live, ports: readonly Asked[], asks: Toolbox | undefined): Promise<ReadonlyMap<number, string>> {
  if (!asks || ports.length === 0) return new Map();
  const host = (port: number): string => {
    const at = live.listeners.filter((l) => l.port === port).map((l) => l.address);
    const named = at.find((a) => !/^(0\.0\.0\.0|::|::ffff:0\.0\.0\.0)$/.test(a));
    return at.length > 0 && named !== undefined && at.every((a) => a === named || a === '::1') ? named : '127.0.0.1';
  };
  const { code, stdout } = await ground.docker.ask({
    kind: 'helper', image: asks.image, user: '65534:65534', networkOf: copy.id,
    argv: [...argv(asks.tool), ...ports.map((p) => `${host(p.port)} ${p.port} ${p.http ? 'web' : 'tcp'}`)],
  }).catch(() => ({ code: 1, stdout: '' }));
  return code === 0 ? readAnswers(stdout) : new Map();
}
