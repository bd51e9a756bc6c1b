import type { Ground } from './context.ts';
import { readAnswers, type Toolbox } from './probe.ts';

/** One address inside a copy, as a browser outside would ask for it. */
export interface Page {
  readonly secure: boolean;
  readonly port: number;
  readonly path: string;
  /** What the app is told that it was asked for. */
  readonly host: string;
}

const PYTHON = `import http.client, ssl, sys
scheme, port, path, host = sys.argv[1:5]
c = http.client.HTTPSConnection('127.0.0.1', int(port), timeout=10, context=ssl._create_unverified_context()) if scheme == 'https' else http.client.HTTPConnection('127.0.0.1', int(port), timeout=10)
try:
    c.putrequest('GET', path, skip_host=True)
    c.putheader('Host', host)
    c.putheader('User-Agent', 'harden-tui')
    c.endheaders()
    r = c.getresponse()
    print(port, r.status, (r.getheader('Content-Type') or '').split(';')[0].strip())
except Exception:
    print(port, 'nothing')`;

const CURL = `got=$(curl -s -k -g -o /dev/null -m 10 -A harden-tui -H "Host: $4" -w '%{http_code} %{content_type}' "$1://127.0.0.1:$2$3"); case $got in 000*|'') got=nothing;; esac; echo "$2 $got"`;
const WGET = `got=$(wget -q -S -O /dev/null -T 10 --no-check-certificate --header "Host: $4" "$1://127.0.0.1:$2$3" 2>&1 | sed -n 's/^ *HTTP[^ ]* \\([0-9]*\\).*/\\1/p; s/^ *[Cc]ontent-[Tt]ype: *\\([^;]*\\).*/\\1/p' | tr '\\n' ' '); echo "$2 \${got:-nothing}"`;
const BASH = `[ "$1" = http ] || { echo "$2 unknown"; exit 0; }
got=$(timeout 10 bash -c 'exec 3<>/dev/tcp/127.0.0.1/$0; printf "GET %s HTTP/1.0\\r\\nHost: %s\\r\\nUser-Agent: harden-tui\\r\\n\\r\\n" "$1" "$2" >&3; head -c 2000 <&3' "$2" "$3" "$4" 2>/dev/null | tr -d '\\r\\0' | sed -n '1s/^HTTP[^ ]* \\([0-9]*\\).*/\\1/p; s/^[Cc]ontent-[Tt]ype: *\\([^;]*\\).*/\\1/p; /^$/q' | tr '\\n' ' ')
echo "$2 \${got:-nothing}"`;

const argv = (tool: Toolbox['tool']): readonly string[] =>
  tool === 'python3' ? ['python3', '-c', PYTHON] : tool === 'bash' ? ['bash', '-c', BASH, 'bash'] : ['sh', '-c', tool === 'curl' ? CURL : WGET, 'sh'];

/** What one page of a copy answers, as vitals have it (`200 html`, `nothing`); undefined where nothing can ask. */
export async function page({ docker }: Pick<Ground, 'docker'>, container: string, { secure, port, path, host }: Page, asks: Toolbox | undefined): Promise<string | undefined> {
  if (!asks) return undefined;
  const words = [secure ? 'https' : 'http', String(port), path, host];
  const { code, stdout } = await docker.ask({ kind: 'helper', image: asks.image, user: '65534:65534', networkOf: container, argv: [...argv(asks.tool), ...words] }).catch(() => ({ code: 1, stdout: '' }));
  return code === 0 ? readAnswers(stdout).get(port) : undefined;
}
