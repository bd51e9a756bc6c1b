import assert from 'node:assert/strict';
import { WSGI } from '../helpers/host.ts';
import { said } from '../helpers/scan.ts';
import { systemdTest } from '../helpers/systemd.ts';

const UNIT = `[Unit]
Description=The shop

[Service]
WorkingDirectory=/srv/shop
ExecStart=/usr/bin/gunicorn -w 2 -b 127.0.0.1:8000 app:app
Restart=on-failure

[Install]
WantedBy=multi-user.target
`;
const AT = '/etc/systemd/system/shop.service';
const FIX = ['--risk', 'gunicorn-root-workers', '--fix', 'gunicorn-root-workers=systemd-user'];
const WHO = 'python3 -c "import urllib.request as u; print(u.urlopen(\'http://127.0.0.1:8000/\').read().decode())"';
const UIDS = 'for p in $(cat /proc/$(systemctl show -p MainPID --value shop)/task/*/children) $(systemctl show -p MainPID --value shop); do grep ^Uid /proc/$p/status; done';

systemdTest('a unit without a user, on a machine without Docker', async (t, machine) => {
  await machine.write('/srv/shop/app.py', WSGI);
  await machine.write(AT, UNIT);
  await machine.sh('systemctl daemon-reload; systemctl start shop; sleep 2');
  assert.match(await machine.sh(WHO), /served by 0/);

  await t.test('is found in the unit outside the project', async () => {
    const told = await machine.harden('/srv/shop', 'scan', '--format', 'json');
    const { findings } = JSON.parse(told.stdout) as { findings: { risk: string; confidence: string; locations: { file: string }[] }[] };
    const found = findings.find((f) => f.risk === 'gunicorn-root-workers');
    assert.equal(found?.confidence, 'seen', said(told));
    assert.deepEqual(found.locations.map((l) => l.file), [AT]);
  });

  await t.test('the dry run keeps it out of the diff for git and shows it beside', async () => {
    const told = await machine.harden('/srv/shop', 'fix', ...FIX);
    assert.equal(told.code, 0, said(told));
    assert.equal(told.stdout, '');
    assert.match(told.stderr, /^\+User=/m);
    assert.match(told.stderr, /systemctl daemon-reload\n\s+systemctl restart shop\.service/);
    assert.equal(await machine.read(AT), UNIT);
  });

  await t.test('--yes alone leaves it out and says what to add', async () => {
    const told = await machine.harden('/srv/shop', 'fix', '--yes', ...FIX);
    assert.equal(told.code, 2, said(told));
    assert.match(told.stderr, /outside PATH: add\s--system-files/);
    assert.equal(await machine.read(AT), UNIT);
  });

  await t.test('--yes --system-files: every process is somebody else', async () => {
    const told = await machine.harden('/srv/shop', 'fix', '--yes', '--system-files', ...FIX);
    assert.equal(told.code, 0, said(told));
    assert.match(told.stdout, /^gone /m);
    const uids = await machine.sh(UIDS);
    assert.equal(uids.split('\n').length, 3, uids);
    assert.doesNotMatch(uids, /^Uid:\s+0\s/m);
    assert.doesNotMatch(await machine.sh(WHO), /served by 0/);
  });

  await t.test('verify says that it holds', async () => {
    const told = await machine.harden('/srv/shop', 'verify');
    assert.equal(told.code, 0, said(told));
  });

  await t.test('undo brings the unit and root back, and takes the account away', async () => {
    const told = await machine.harden('/srv/shop', 'undo', '--yes');
    assert.equal(told.code, 0, said(told));
    assert.equal(await machine.read(AT), UNIT);
    assert.match(await machine.sh(WHO), /served by 0/);
    assert.doesNotMatch(await machine.read('/etc/passwd'), /^shop:/m);
    assert.equal(await machine.sh('ls -d /etc/systemd/system/shop.service.d 2>/dev/null || echo none'), 'none');
  });
});

systemdTest('a unit that somebody else than root looks at', async (t, machine) => {
  await machine.sh('useradd -m dev');
  await machine.write('/srv/shop/app.py', WSGI);
  await machine.write(AT, UNIT);
  await machine.sh('chown -R dev /srv/shop; systemctl daemon-reload; systemctl start shop; sleep 2');

  await t.test('becomes a step by hand with the exact commands, and nothing fails in the middle', async () => {
    const told = await machine.as('dev', 'env', 'XDG_STATE_HOME=/tmp/dev-state', '/opt/harden-tui/bin/harden-tui.js', 'fix', '--yes', '--system-files', '/srv/shop', ...FIX);
    assert.equal(told.code, 3, said(told));
    assert.match(told.stdout, /systemctl restart shop\.service/);
    assert.match(told.stdout, /^ +Then: .* verify$/m);
    assert.match(told.stderr, /^\+User=/m);
    assert.equal(await machine.read(AT), UNIT);
    assert.match(await machine.sh(WHO), /served by 0/);
  });
});
