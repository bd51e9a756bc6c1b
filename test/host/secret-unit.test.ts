// A password in a unit that lies in the project and is linked into systemd.
import assert from 'node:assert/strict';
import { WSGI } from '../helpers/host.ts';
import { said } from '../helpers/scan.ts';
import { systemdTest } from '../helpers/systemd.ts';

const VALUE = 'correct-horse-battery';
const UNIT = `[Unit]
Description=The shop

[Service]
WorkingDirectory=/srv/shop
Environment=TZ=UTC SMTP_PASSWORD=${VALUE}
ExecStart=/usr/bin/gunicorn -u daemon -g daemon -b 127.0.0.1:8000 app:app
`;
const AT = '/srv/shop/deploy/shop.service';
const ENVIRON = 'tr "\\0" "\\n" < /proc/$(systemctl show -p MainPID --value shop)/environ | grep SMTP_PASSWORD';

systemdTest('secret-in-config in a unit, from scan to undo', async (t, machine) => {
  await machine.write('/srv/shop/app.py', WSGI);
  await machine.write(AT, UNIT);
  await machine.write('/srv/shop/.gitignore', '__pycache__\n');
  await machine.sh(`mkdir /srv/shop/.git; systemctl link ${AT}; systemctl start shop; sleep 2`);

  await t.test('as it is, systemctl says it to everybody', async () => {
    assert.match((await machine.as('nobody', 'systemctl', 'show', '-p', 'Environment', 'shop')).stdout, new RegExp(VALUE));
    const told = await machine.harden('/srv/shop', 'scan', '--format', 'json');
    const { findings } = JSON.parse(told.stdout) as { findings: { risk: string; locations: { file: string; line: number }[] }[] };
    assert.deepEqual(findings.find((f) => f.risk === 'secret-in-config')?.locations.map((l) => [l.file, l.line]), [['deploy/shop.service', 6]], said(told));
    assert.doesNotMatch(told.stdout, new RegExp(VALUE));
  });

  await t.test('fix --yes: systemd reads it from a file of root, and the app still has it', async () => {
    const told = await machine.harden('/srv/shop', 'fix', '--yes', '--risk', 'secret-in-config');
    assert.equal(told.code, 0, said(told));
    assert.doesNotMatch(told.stdout + told.stderr, new RegExp(VALUE));
    assert.match(await machine.sh(ENVIRON), new RegExp(`=${VALUE}$`));
    assert.doesNotMatch(await machine.sh('systemctl show shop'), new RegExp(VALUE));
    assert.equal(await machine.sh('stat -c %a:%u /srv/shop/deploy/.env.shop'), '600:0');
    assert.match(await machine.read('/srv/shop/.gitignore'), /^\/deploy\/\.env\.shop$/m);
    assert.match(await machine.read(AT), /Environment=TZ=UTC\nEnvironmentFile=\/srv\/shop\/deploy\/\.env\.shop\n/);
  });

  await t.test('undo brings the unit back', async () => {
    const told = await machine.harden('/srv/shop', 'undo', '--yes');
    assert.equal(told.code, 0, said(told));
    assert.equal(await machine.read(AT), UNIT);
    assert.match(await machine.sh(ENVIRON), new RegExp(`=${VALUE}$`));
    assert.equal(await machine.sh('ls /srv/shop/deploy/.env.shop 2>/dev/null || echo none'), 'none');
  });
});
