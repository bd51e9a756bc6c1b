// gunicorn as a unit of a real systemd, started as root: its own user in its unit, or in its configuration.
import assert from 'node:assert/strict';
import { WSGI } from '../helpers/host.ts';
import { said } from '../helpers/scan.ts';
import { systemdTest, type Systemd } from '../helpers/systemd.ts';

const AT = '/etc/systemd/system/shop.service';
const UNIT = `[Unit]
Description=The shop

[Service]
WorkingDirectory=/srv/shop
ExecStart=/usr/bin/gunicorn -c /srv/shop/gunicorn.conf.py --pid /run/shop/shop.pid app:app
Restart=on-failure

[Install]
WantedBy=multi-user.target
`;
const CONFIG = `bind = '127.0.0.1:8080'
workers = 2
accesslog = '/var/log/shop/access.log'
`;

const who = (machine: Systemd): Promise<string> => machine.sh(`for i in $(seq 50); do python3 -c "import urllib.request as u; print(u.urlopen('http://127.0.0.1:8080/', timeout=5).read().decode())" 2>/dev/null && exit 0; sleep 0.2; done; exit 1`);
/** uid and gid of the master and its workers, the master first. */
const ids = async (machine: Systemd): Promise<readonly string[]> => (await machine.sh(`m=$(systemctl show -p MainPID --value shop); for p in $m $(cat /proc/$m/task/$m/children); do awk '/^Uid:/ {u=$3} /^Gid:/ {g=$3} END {print u ":" g}' /proc/$p/status; done`)).split('\n');

systemdTest('gunicorn as a unit of its own', async (t, machine) => {
  await machine.write('/srv/shop/app.py', WSGI);
  await machine.write('/srv/shop/gunicorn.conf.py', CONFIG);
  await machine.write(AT, UNIT);
  await machine.sh('mkdir -p /run/shop /var/log/shop; systemctl daemon-reload; systemctl start shop');
  assert.match(await who(machine), /served by 0/);

  for (const [fix, masterToo] of [['systemd-user', true], ['user-group', false], ['cli-flags', false]] as const) {
    await t.test(`${fix} holds, and undo brings it back`, async () => {
      const told = await machine.harden('/srv/shop', 'fix', '--yes', '--system-files', '--risk', 'gunicorn-root-workers', '--fix', `gunicorn-root-workers=${fix}`);
      assert.equal(told.code, 0, said(told));
      assert.match(told.stdout, /^gone /m);
      const own = await machine.sh('echo $(id -u shop):$(id -g shop)');
      assert.match(await who(machine), new RegExp(`served by ${own.split(':')[0]}`));
      assert.deepEqual(await ids(machine), [masterToo ? own : '0:0', own, own]);
      assert.match(await machine.sh('tail -n 1 /var/log/shop/access.log'), /GET/);
      if (masterToo) assert.equal(await machine.sh('stat -c %U /run/shop/shop.pid'), 'shop');
      const back = await machine.harden('/srv/shop', 'undo', '--yes');
      assert.equal(back.code, 0, said(back));
      assert.deepEqual([await machine.read(AT), await machine.read('/srv/shop/gunicorn.conf.py')], [UNIT, CONFIG]);
      assert.match(await who(machine), /served by 0/);
    });
  }
}, { long: true });
