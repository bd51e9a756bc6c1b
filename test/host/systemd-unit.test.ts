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

systemdTest('a unit that was installed from the project', async (t, machine) => {
  const copy = '/srv/shop/deploy/shop.service';
  const script = 'import os, time\nos.makedirs("/srv/shop/data", exist_ok=True)\nwhile True:\n    with open("/srv/shop/data/seen.txt", "a") as file:\n        print(os.getuid(), file=file)\n    time.sleep(0.5)\n';
  const unit = UNIT.replace(/ExecStart=.*/, 'ExecStart=/usr/bin/python3 /srv/shop/poll.py');
  await machine.write('/srv/shop/poll.py', script);
  await machine.write(copy, unit);
  await machine.sh(`install -m 644 ${copy} ${AT}; systemctl daemon-reload; systemctl start shop; sleep 2`);

  await t.test('is one service, and what installed decides', async () => {
    const told = await machine.harden('/srv/shop', 'scan', '--format', 'json');
    const { findings } = JSON.parse(told.stdout) as { findings: { risk: string; locations: { file: string }[] }[] };
    assert.deepEqual(findings.filter((f) => f.risk === 'systemd-root-service').map((f) => f.locations.map((l) => l.file)), [[AT]], said(told));
  });

  await t.test('is mended in both places, and keeps its data', async () => {
    const told = await machine.harden('/srv/shop', 'fix', '--yes', '--system-files', '--risk', 'systemd-root-service');
    assert.equal(told.code, 0, said(told));
    assert.match(await machine.read(AT), /^User=shop$/m);
    assert.equal(await machine.read(copy), await machine.read(AT));
    const uid = await machine.sh('id -u shop');
    assert.equal(await machine.sh('sleep 1; tail -n 1 /srv/shop/data/seen.txt; stat -c "%u %U" /srv/shop/data /srv/shop/poll.py'), `${uid}\n${uid} shop\n0 root`);
    const back = await machine.harden('/srv/shop', 'undo', '--yes');
    assert.equal(back.code, 0, said(back));
    assert.deepEqual([await machine.read(AT), await machine.read(copy)], [unit, unit]);
    assert.equal(await machine.sh('sleep 1; tail -n 1 /srv/shop/data/seen.txt; stat -c %u /srv/shop/data /srv/shop/data/seen.txt'), '0\n0\n0');
  });
}, { long: true });

/** Without pam_systemd in the image its folder has to be made, and said. */
const MANAGER = `useradd -m -u 1000 dev; mkdir -p /etc/systemd/system/user@.service.d /run/user/1000; chown dev /run/user/1000; chmod 700 /run/user/1000
printf '[Service]\\nPAMName=\\nEnvironment=XDG_RUNTIME_DIR=/run/user/%%i\\n' > /etc/systemd/system/user@.service.d/x.conf
systemctl daemon-reload; systemctl start user@1000.service`;
const AS_DEV = 'setpriv --reuid 1000 --regid 1000 --init-groups env XDG_RUNTIME_DIR=/run/user/1000';

systemdTest('a unit of a user\'s own systemd, beside one of the same name', async (t, machine) => {
  await machine.write('/srv/shop/app.py', WSGI);
  await machine.write('/srv/shop/gunicorn.conf.py', 'bind = "127.0.0.1:8000"\nreload = True\n');
  await machine.write(AT, '[Service]\nExecStart=/bin/sleep 1000\n');
  await machine.write('/home/dev/.config/systemd/user/shop.service', UNIT.replace(/ExecStart=.*/, 'ExecStart=/usr/bin/gunicorn -c /srv/shop/gunicorn.conf.py app:app').replace('multi-user', 'default'));
  await machine.sh(`${MANAGER}; chown -R dev /home/dev; systemctl start shop; ${AS_DEV} systemctl --user start shop; sleep 2`);
  assert.match(await machine.sh(WHO), /served by 1000/);
  const other = await machine.sh('systemctl show -p MainPID --value shop');

  await t.test('is that user\'s to start again, with the exact commands, and the system\'s is left alone', async () => {
    const told = await machine.harden('/srv/shop', 'fix', '--yes', '--system-files', '--risk', 'reload-in-service');
    assert.match(told.stdout, /sudo -u '#1000' XDG_RUNTIME_DIR=\/run\/user\/1000 systemctl --user restart shop\.service/);
    assert.match(told.stdout, /unit of that user's own/);
    assert.doesNotMatch(told.stderr + told.stdout, /systemctl restart shop/);
    assert.match(await machine.read('/srv/shop/gunicorn.conf.py'), /^bind = "127.0.0.1:8000"\n$/);
    assert.equal(await machine.sh('systemctl show -p MainPID --value shop'), other);
    await machine.sh(`${AS_DEV} systemctl --user restart shop; sleep 2`);
    assert.match(await machine.sh(WHO), /served by 1000/);
  });
}, { long: true });
