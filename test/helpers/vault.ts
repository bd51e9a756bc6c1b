// Three services of which one can't do without root: of a plan for all three, one fix is guilty.
import assert from 'node:assert/strict';
import type { Made } from './made.ts';

const APP = `import http.server
import os

if os.environ.get("NEEDS_ROOT") and os.getuid() != 0:
    raise SystemError("the vault is on /dev/vault, which only root may open")


class Hello(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/plain")
        self.end_headers()
        self.wfile.write(b"hello")


http.server.ThreadingHTTPServer(("0.0.0.0", 8000), Hello).serve_forever()
`;
const DOCKERFILE = 'FROM python:3.11-slim\nWORKDIR /app\nCOPY app.py .\nCMD ["python3", "app.py"]\n';
// In the order in which a saved plan is taken up: what is tried first stays, so two attempts are enough.
export const NAMES = ['bench', 'crate', 'vault'];
const service = (name: string): string => `  ${name}:\n    build: ./${name}\n    init: true\n    ports:\n      - "127.0.0.1::8000"\n${name === 'vault' ? '    environment:\n      NEEDS_ROOT: "1"\n' : ''}`;
export const FILES = Object.fromEntries([['compose.yaml', `services:\n${NAMES.map(service).join('')}`], ...NAMES.flatMap((n) => [[`${n}/app.py`, APP], [`${n}/Dockerfile`, DOCKERFILE]])]) as Record<string, string>;

export const uids = (made: Made): Record<string, number[]> => Object.fromEntries(NAMES.map((n) => [n, [...new Set(made.processes(n).filter((p) => p.args.includes('app.py')).map((p) => p.uid))]]));

export async function answers(made: Made): Promise<void> {
  for (const name of NAMES) {
    const port = (made.container(name)['NetworkSettings']['Ports']['8000/tcp'] as { HostPort: string }[])[0]!.HostPort;
    assert.equal(await (await fetch(`http://127.0.0.1:${port}/`)).text(), 'hello', name);
  }
}
