// An app that owns its own code and keeps visits in a folder below it: once by COPY --chown, once by chown -R.
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { engineTest } from '../helpers/engine.ts';
import { withMade, type Made } from '../helpers/made.ts';
import { findingOf, read, said } from '../helpers/scan.ts';

const SHOP = `import http.server, pathlib
HERE = pathlib.Path(__file__).parent
class Shop(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        visits = HERE / "data" / "visits"
        visits.parent.mkdir(exist_ok=True)
        with visits.open("a") as file:
            file.write("x")
        self.send_response(200)
        self.end_headers()
        self.wfile.write(str(len(visits.read_text())).encode())
http.server.ThreadingHTTPServer(("", 8000), Shop).serve_forever()
`;
const COPIED = `FROM python:3.11-slim
RUN useradd -u 10001 app
WORKDIR /app
COPY --chown=app:app . .
USER app
CMD ["python3", "shop.py"]
`;
const GIVEN = `FROM python:3.11-slim
RUN useradd -u 10001 app
WORKDIR /app
COPY shop.py ./
RUN mkdir -p cache \\
    && chown -R 10001:10001 /app
USER 10001:10001
CMD ["python3", "/app/shop.py"]
`;
const FILES = {
  'compose.yaml': 'services:\n  copied:\n    build: copied\n    ports: ["127.0.0.1::8000"]\n  given:\n    build: given\n    ports: ["127.0.0.1::8000"]\n',
  'copied/Dockerfile': COPIED, 'copied/shop.py': SHOP, 'copied/data/first': 'made by nobody',
  'given/Dockerfile': GIVEN, 'given/shop.py': SHOP,
};
const BOTH = ['copied', 'given'];
const GET = 'import urllib.request; print(urllib.request.urlopen("http://127.0.0.1:8000/").read().decode())';

const visit = async (made: Made, service: string): Promise<string> => (await made.exec(service, ['python3', '-c', GET])).stdout.trim();
const mayWrite = async (made: Made, service: string, path: string): Promise<boolean> => (await made.exec(service, ['test', '-w', path])).code === 0;

engineTest('code that its own user may rewrite, from scan to undo', (t) =>
  withMade('code', FILES, async (made) => {
    await pause(1500);
    await t.test('as it is, the app may write its code', async () => {
      for (const service of BOTH) {
        assert.equal(await visit(made, service), '1');
        assert.ok(await mayWrite(made, service, '/app/shop.py'));
      }
      const scan = read(await made.harden('scan', '--format', 'json'));
      for (const [service, line] of [['copied', 4], ['given', 5]] as const) {
        const found = findingOf(scan, 'writable-code', service);
        assert.deepEqual([found?.severity, found?.locations[0]?.file, found?.locations[0]?.line], ['medium', `${service}/Dockerfile`, line]);
      }
    });

    await t.test('fix --yes leaves it the folders that it writes, and nothing else', async () => {
      const told = await made.harden('fix', '--yes', '--risk', 'writable-code');
      assert.equal(told.code, 0, said(told));
      for (const service of BOTH) {
        assert.match(await visit(made, service), /^\d+$/, 'it can write no visits any more');
        for (const path of ['/app', '/app/shop.py']) assert.equal(await mayWrite(made, service, path), false, `${service} may still write ${path}`);
        assert.ok(await mayWrite(made, service, '/app/data'));
      }
      assert.ok(await mayWrite(made, 'given', '/app/cache'), 'a folder that was made to be written is closed');
    });

    await t.test('undo gives the code back', async () => {
      const told = await made.harden('undo', '--yes');
      assert.equal(told.code, 0, said(told));
      for (const service of BOTH) assert.ok(await mayWrite(made, service, '/app/shop.py'));
    });
  }));
