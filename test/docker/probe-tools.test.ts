// Copies are asked by what their images have: python, curl, wget or bash alone. And where the engine can't lay overlays, volumes are copied whole.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import type { TestContext } from 'node:test';
import { labelsOf, type Ground } from '../../source/engine/rehearse/context.ts';
import { page } from '../../source/engine/rehearse/page.ts';
import { probe, toolboxes } from '../../source/engine/rehearse/probe.ts';
import { keyOf, shelf } from '../../source/engine/rehearse/shelf.ts';
import { sweep } from '../../source/engine/rehearse/sweep.ts';
import type { Copy } from '../../source/engine/rehearse/world.ts';
import type { Live } from '../../source/model/process.ts';
import type { DockerDeed } from '../../source/system/deeds.ts';
import { realDocker, realSystem } from '../../source/system/real/index.ts';
import type { Docker } from '../../source/system/system.ts';
import { docker, longTest, unique } from '../helpers/engine.ts';
import { ran } from '../helpers/program.ts';

const SERVER = `import http.server, socket, threading
class H(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        code = 200 if self.path == '/' else 302 if self.path == '/moved' else 404
        body = self.headers['Host'].encode()
        self.send_response(code); self.send_header('Content-Type', 'text/html; charset=utf-8'); self.send_header('Location', '/'); self.send_header('Content-Length', str(len(body))); self.end_headers(); self.wfile.write(body)
raw = socket.create_server(('0.0.0.0', 7000))
def quiet():
    while True:
        raw.accept()[0].close()
threading.Thread(target=quiet, daemon=True).start()
http.server.ThreadingHTTPServer(('0.0.0.0', 8000), H).serve_forever()
`;
// The base may bring a python of its own.
const base = (more: string): string => `FROM debian:bookworm-slim\nRUN ${more}rm -f /usr/bin/python3*\n`;
const installed = (tool: string): string => base(`apt-get update && apt-get install -y --no-install-recommends ${tool} && `);
const IMAGES = { bash: base(''), curl: installed('curl'), wget: installed('wget'), python3: 'FROM python:3.11-slim\n' } as const;

async function ground(t: TestContext, through: (real: Docker) => Docker = (real) => real): Promise<Ground> {
  const real = await realDocker('unix:///var/run/docker.sock', realSystem.shell);
  const id = `${randomBytes(4).toString('hex')}-${process.pid}`;
  const system = { ...realSystem, docker: through(real) };
  t.after(() => sweep({ ...realSystem, docker: real }, id));
  return { system, docker: system.docker, id, labels: await labelsOf(system, id), shell: 'debian:bookworm-slim' };
}

longTest('each tool tells the same of a copy', async (t) => {
  const on = await ground(t);
  const name = unique('ht-asked');
  const built = Object.keys(IMAGES).map((tool) => `${name}-${tool}`);
  t.after(() => ran(['docker', 'rm', '-f', name]).then(() => ran(['docker', 'rmi', ...built])));
  docker('run', '-d', '--name', name, 'python:3.11-slim', 'python3', '-u', '-c', SERVER);
  const id = docker('inspect', '-f', '{{.Id}}', name);
  const live: Live = { processes: [], sockets: [], listeners: [7000, 8000].map((port) => ({ protocol: 'tcp', address: '0.0.0.0', port })) as unknown as Live['listeners'] };
  for (const [tool, text] of Object.entries(IMAGES)) {
    await t.test(tool, async () => {
      const image = `${name}-${tool}`;
      const made = await ran(['docker', 'build', '-q', '-t', image, '-'], { input: text });
      assert.equal(made.code, 0, made.stderr);
      const { shell, asks } = await toolboxes(on, [image]);
      assert.deepEqual([shell, asks], [image, { image, tool }]);
      const ports = [{ port: 8000, http: true }, { port: 7000, http: false }, { port: 7001, http: false }];
      const told = await probe(on, { id } as Copy, live, ports, asks);
      // Without a tool of its own for it, a closed port is not told apart from one that nobody could ask.
      const closed: [number, string][] = tool === 'curl' || tool === 'wget' ? [] : [[7001, 'nothing']];
      assert.deepEqual([...told], [[8000, '200 html'], [7000, 'connects'], ...closed]);
      const visit = (path: string, port = 8000): Promise<string | undefined> => page(on, id, { secure: false, port, path, host: 'localhost:8443' }, asks);
      assert.deepEqual([await visit('/'), await visit('/not/there?a=b&c=*'), await visit('/', 7001)], ['200 html', '404 html', 'nothing']);
    });
  }
  await t.test('the best of several is taken', async () => {
    assert.equal((await toolboxes(on, built)).asks?.tool, 'python3');
    assert.equal((await toolboxes(on, built.filter((b) => !b.endsWith('python3')))).asks?.tool, 'curl');
  });
}, { timeout: 20 * 60_000 });

longTest('where overlays can not be laid a volume is copied whole, as it is, and the original is only read', async (t) => {
  const laid: string[] = [];
  // A file system that no kernel has: the engine takes the volume and fails where it is mounted, as one without overlays does.
  const on = await ground(t, (real) => ({
    ...real,
    act: (deed: DockerDeed) => {
      if (deed.deed !== 'make-volume' || deed.options?.['type'] !== 'overlay') return real.act(deed);
      laid.push(deed.name);
      return real.act({ ...deed, options: { ...deed.options, type: 'nosuchfs' } });
    },
  }));
  const name = unique('ht-whole');
  t.after(() => { docker('volume', 'rm', '-f', name); });
  docker('volume', 'create', name);
  const inside = (volume: string, script: string): string => docker('run', '--rm', '-v', `${volume}:/v`, 'debian:bookworm-slim', 'sh', '-c', script);
  inside(name, 'cd /v && echo a > plain && echo b > own && chown 1000:1001 own && chmod 4750 own && ln -s plain link && mkdir sub && chmod 1777 sub && chown 33:33 /v && chmod 2770 /v');
  docker('run', '--rm', '-v', `${name}:/v`, 'python:3.11-slim', 'python3', '-c', 'import socket; socket.socket(socket.AF_UNIX).bind("/v/app.sock")');
  const list = 'cd /v && find . -printf "%p %y %m %U:%G %l\\n" | sort';
  const before = inside(name, list);
  const mount = { type: 'volume' as const, source: name, target: '/data', readOnly: false };

  const made = await shelf(on, 'before', [mount], [], undefined);
  const copy = made.get(keyOf(mount));
  assert.ok(copy);
  assert.equal(laid.length, 2, 'with metacopy, then without');
  assert.deepEqual(JSON.parse(docker('volume', 'inspect', copy))[0].Options ?? {}, {});
  assert.deepEqual(inside(copy, list).split('\n'), before.split('\n').filter((l) => !l.startsWith('./app.sock ')), 'owners, modes and links, and no socket');
  inside(copy, 'rm -r /v/sub && echo changed > /v/plain');
  assert.equal(inside(name, list), before);
  assert.equal(inside(name, 'cat /v/plain'), 'a');
  await sweep(on.system, on.id);
  assert.equal(docker('volume', 'ls', '-q', '--filter', `name=harden-tui-rehearsal-${on.id}`), '');
}, { timeout: 10 * 60_000 });
