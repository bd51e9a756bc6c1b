// What a unit's environment decides: `Environment=`, `EnvironmentFile=` in the project and outside of it, against what /proc shows.
import assert from 'node:assert/strict';
import { WSGI } from '../helpers/host.ts';
import { read, said } from '../helpers/scan.ts';
import { systemdTest, type Systemd } from '../helpers/systemd.ts';

const [ROOTS, NOBODY] = ['--workers 2 --bind 127.0.0.1:8080', '--workers 2 --bind 127.0.0.1:8080 --user nobody --group nogroup'];
const IN_PROJECT = 'EnvironmentFile=/srv/shop/shop.env';
const OUTSIDE = 'EnvironmentFile=-/etc/default/shop';
const here = (words: string): string => `Environment="GUNICORN_CMD_ARGS=${words}"`;
const file = (words: string): string => `# read by systemd\nGUNICORN_CMD_ARGS="${words}"\n`;

/** Lines of the unit, the file in the project and the one in /etc/default; whether the workers are root by it. */
const WAYS: readonly { readonly name: string; readonly lines: readonly string[]; readonly inside?: string; readonly outside?: string; readonly root: boolean }[] = [
  { name: 'the unit alone', lines: [here(NOBODY)], root: false },
  { name: 'the file alone', lines: [IN_PROJECT], inside: NOBODY, root: false },
  { name: 'a file over the unit, to root', lines: [here(NOBODY), IN_PROJECT], inside: ROOTS, root: true },
  { name: 'a file over the unit that stands below it, to nobody', lines: [IN_PROJECT, here(ROOTS)], inside: NOBODY, root: false },
  { name: 'a file that is not read here, to nobody', lines: [here(ROOTS), OUTSIDE], outside: NOBODY, root: false },
  { name: 'a file that is not read here, to root', lines: [here(NOBODY), OUTSIDE], outside: ROOTS, root: true },
  { name: 'the last of two files', lines: [OUTSIDE, IN_PROJECT], inside: NOBODY, outside: ROOTS, root: false },
  { name: 'a file that is not there', lines: [here(NOBODY), 'EnvironmentFile=-/etc/default/nowhere'], root: false },
];

const unit = (lines: readonly string[]): string => `[Service]\nWorkingDirectory=/srv/shop\n${lines.join('\n')}\nExecStart=/usr/bin/gunicorn app:app\n\n[Install]\nWantedBy=multi-user.target\n`;
const answers = (machine: Systemd): Promise<string> => machine.sh(`for i in $(seq 50); do python3 -c "import urllib.request as u; print(u.urlopen('http://127.0.0.1:8080/', timeout=5).read().decode())" 2>/dev/null && exit 0; sleep 0.2; done; systemctl status shop >&2; exit 1`);
const RISK = 'gunicorn-root-workers';

systemdTest('the environment of a unit, by each way that it is given', async (t, machine) => {
  await machine.write('/srv/shop/app.py', WSGI);
  for (const { name, lines, inside, outside, root } of WAYS) {
    await t.test(name, async () => {
      await machine.sh('systemctl stop shop 2>/dev/null || true; rm -f /srv/shop/shop.env /etc/default/shop');
      await machine.write('/etc/systemd/system/shop.service', unit(lines));
      if (inside !== undefined) await machine.write('/srv/shop/shop.env', file(inside));
      if (outside !== undefined) await machine.write('/etc/default/shop', file(outside));
      await machine.sh('systemctl daemon-reload; systemctl start shop');
      assert.match(await answers(machine), root ? /served by 0\b/ : /served by 65534\b/);
      const told = await machine.harden('/srv/shop', 'scan', '--format', 'json', '--no-docker');
      assert.equal(read(told).findings.some((f) => f.risk === RISK), root, said(told));
      // As its files alone have it, too, where they can be read.
      if (outside !== undefined) return;
      await machine.sh('systemctl stop shop');
      await machine.sh('cp /etc/systemd/system/shop.service /srv/shop/');
      const still = await machine.harden('/srv/shop', 'scan', '--format', 'json', '--no-docker', '--no-processes');
      await machine.sh('rm /srv/shop/shop.service');
      assert.equal(read(still).findings.some((f) => f.risk === RISK), root, said(still));
    });
  }

  await t.test('a file that names root is outvoted where the command is written', async () => {
    await machine.sh('rm -f /etc/default/shop');
    await machine.write('/srv/shop/shop.env', file(`${ROOTS} --user root`));
    await machine.write('/etc/systemd/system/shop.service', unit([IN_PROJECT]));
    await machine.sh('systemctl daemon-reload; systemctl restart shop');
    assert.match(await answers(machine), /served by 0\b/);
    const told = await machine.harden('/srv/shop', 'fix', '--yes', '--system-files', '--risk', RISK);
    assert.equal(told.code, 0, said(told));
    assert.doesNotMatch(await answers(machine), /served by 0\b/);
    const back = await machine.harden('/srv/shop', 'undo', '--yes');
    assert.equal(back.code, 0, said(back));
    assert.match(await answers(machine), /served by 0\b/);
  });
}, { long: true });

const TASKS = `import time
from celery import Celery

app = Celery("shop", broker="redis://127.0.0.1:6379/0", backend="redis://127.0.0.1:6379/1")
app.conf.update(worker_prefetch_multiplier=1)


@app.task
def slowly(name):
    open("/srv/shop/began-" + name, "w").close()
    time.sleep(8)
    open("/srv/shop/done-" + name, "w").close()
`;

systemdTest('a worker as a unit: its task is ended before it is started anew, by KillMode=mixed', async (_t, machine) => {
  await machine.sh('apt-get update -qq && apt-get install -y -qq --no-install-recommends celery python3-redis redis-server >/dev/null && (systemctl stop redis-server; redis-server --daemonize yes --save "")');
  await machine.write('/srv/shop/tasks.py', TASKS);
  await machine.write('/etc/systemd/system/work.service', '[Service]\nWorkingDirectory=/srv/shop\nExecStart=/usr/bin/celery -A tasks worker --concurrency 1\n\n[Install]\nWantedBy=multi-user.target\n');
  await machine.sh('systemctl daemon-reload; systemctl start work');
  /** A task that is in the middle when the unit is started anew; whether it came to its end. */
  const restarted = async (name: string): Promise<boolean> => (await machine.sh(`cd /srv/shop; python3 -c "import tasks; tasks.slowly.delay('${name}')"
    for i in $(seq 300); do test -e began-${name} && break; sleep 0.1; done; test -e began-${name}
    systemctl restart work
    test -e done-${name} && echo done || echo lost`)) === 'done';
  assert.equal(await restarted('before'), false, 'systemd told the children, too: the task should be lost');
  const told = await machine.harden('/srv/shop', 'fix', '--yes', '--system-files', '--risk', 'unclean-stop');
  assert.equal(told.code, 0, said(told));
  assert.equal(await machine.sh('systemctl show -p KillMode --value work'), 'mixed');
  assert.equal(await restarted('after'), true, 'the task was lost all the same');
  const back = await machine.harden('/srv/shop', 'undo', '--yes');
  assert.equal(back.code, 0, said(back));
  assert.equal(await machine.sh('systemctl show -p KillMode --value work'), 'control-group');
}, { long: true });
