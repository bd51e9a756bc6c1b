// Every way out that is a line or a file of systemd's, on a real systemd: seen to hold, and taken back.
import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { WSGI } from '../helpers/host.ts';
import { said } from '../helpers/scan.ts';
import { systemdTest, type Systemd } from '../helpers/systemd.ts';

const AT = '/etc/systemd/system/shop.service';

/** Counts its visitors in a file of its state folder, and says who it is. */
const SERVER = `import http.server, os, sys
class Page(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        with open("/var/lib/shop/visits", "a") as f:
            f.write("x")
        self.send_response(200)
        self.end_headers()
        self.wfile.write(f"served by {os.getuid()}".encode())
http.server.HTTPServer(("", int(sys.argv[1])), Page).serve_forever()
`;

const unit = (command: string): string => `[Unit]
Description=The shop

[Service]
WorkingDirectory=/srv/shop
Environment=VISITS=/var/lib/shop/visits
ExecStart=${command}
Restart=on-failure

[Install]
WantedBy=multi-user.target
`;

const who = (machine: Systemd, port: number): Promise<string> => machine.sh(`python3 -c "import urllib.request as u; print(u.urlopen('http://127.0.0.1:${port}/', timeout=5).read().decode())"`);
/** A line of /proc/PID/status of the unit's main process. */
const status = (machine: Systemd, name: string): Promise<string> => machine.sh(`grep '^${name}:' /proc/$(systemctl show -p MainPID --value shop)/status | cut -f2`);
const exposure = async (machine: Systemd): Promise<number> => Number(/exposure level[^:]*: ([\d.]+)/.exec(await machine.sh('systemd-analyze security --no-pager shop.service || true'))?.[1]);

async function start(machine: Systemd, command: string): Promise<void> {
  await machine.write('/srv/shop/server.py', SERVER);
  await machine.write('/srv/shop/app.py', WSGI);
  await machine.write(AT, unit(command));
  await machine.sh('mkdir -p /var/lib/shop; systemctl daemon-reload; systemctl restart shop; sleep 2');
}

/** Applies a way out, looks at what it did, and takes it back to the byte. */
async function holds(t: TestContext, machine: Systemd, words: readonly string[], facts: () => Promise<void>, port: number): Promise<void> {
  await t.test(`fix ${words.filter((w) => !w.startsWith('--')).join(' ')} holds`, async () => {
    const before = await machine.read(AT);
    const told = await machine.harden('/srv/shop', 'fix', '--yes', '--system-files', ...words);
    assert.equal(told.code, 0, said(told));
    await facts();
    const undo = await machine.harden('/srv/shop', 'undo', '--yes');
    assert.equal(undo.code, 0, said(undo));
    assert.equal(await machine.read(AT), before);
    assert.match(await who(machine, port), /served by 0/);
    assert.doesNotMatch(await machine.read('/etc/passwd'), /^shop:/m);
    assert.equal(await machine.sh('ls -d /etc/systemd/system/shop.service.d /etc/systemd/system/shop.socket 2>/dev/null || echo none'), 'none');
  });
}

systemdTest('a server of its own as a unit', async (t, machine) => {
  await start(machine, '/usr/bin/python3 /srv/shop/server.py 8080');
  assert.match(await who(machine, 8080), /served by 0/);

  await t.test('is found, with the line that decides', async () => {
    const told = await machine.harden('/srv/shop', 'scan', '--severity', 'low');
    assert.match(told.stdout, /shop\.service runs as root {2}systemd-root-service/, said(told));
    assert.match(told.stdout, /shop\.service runs without a sandbox {2}systemd-unsandboxed/);
    assert.match(told.stdout, /\/etc\/systemd\/system\/shop\.service:7/);
  });

  await holds(t, machine, ['--risk', 'systemd-root-service'], async () => {
    assert.doesNotMatch(await who(machine, 8080), /served by 0/);
    assert.equal(await status(machine, 'CapEff'), '0000000000000000');
    // What root wrote before changed hands, or the visit above had been answered with an error.
    assert.match(await machine.sh('stat -c %U /var/lib/shop/visits'), /^shop$/);
  }, 8080);

  await holds(t, machine, ['--risk', 'systemd-root-service', '--fix', 'systemd-root-service=dynamic-user'], async () => {
    assert.doesNotMatch(await who(machine, 8080), /served by 0/);
    assert.equal(await status(machine, 'NoNewPrivs'), '1');
    assert.equal(await machine.sh('readlink /var/lib/shop'), 'private/shop');
  }, 8080);

  const open = await exposure(machine);
  await holds(t, machine, ['--risk', 'systemd-unsandboxed'], async () => {
    assert.equal(await status(machine, 'NoNewPrivs'), '1');
    assert.equal(await status(machine, 'Seccomp'), '2');
    const now = await exposure(machine);
    assert.ok(now < open - 4, `exposure ${open} before, ${now} after`);
  }, 8080);
});

/** gunicorn alone on the low port, as root. */
async function onLowPort(machine: Systemd): Promise<void> {
  await start(machine, '/usr/bin/gunicorn -b 0.0.0.0:443 app:app');
  assert.match(await who(machine, 443), /served by 0/);
}

systemdTest('gunicorn as a unit on port 443, by a capability', async (t, machine) => {
  await onLowPort(machine);
  await holds(t, machine, ['--risk', 'privileged-port', '--fix', 'privileged-port=ambient-capability', '--fix', 'gunicorn-root-workers=systemd-user'], async () => {
    assert.doesNotMatch(await who(machine, 443), /served by 0/);
    assert.equal(await status(machine, 'CapEff'), '0000000000000400');
  }, 443);
});

systemdTest('gunicorn as a unit on port 443, by a socket of systemd', async (t, machine) => {
  await onLowPort(machine);
  await holds(t, machine, ['--risk', 'privileged-port', '--fix', 'privileged-port=socket-activation', '--fix', 'gunicorn-root-workers=systemd-user'], async () => {
    assert.doesNotMatch(await who(machine, 443), /served by 0/);
    assert.equal(await status(machine, 'Uid').then((s) => s.split('\t')[0] === '0'), false);
    assert.match(await machine.sh('systemctl is-active shop.socket'), /^active$/);
  }, 443);
}, { long: true });
