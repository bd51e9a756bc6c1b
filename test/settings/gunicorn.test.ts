import assert from 'node:assert/strict';
import test from 'node:test';
import { addresses, tcp, unixPath } from '../../source/settings/gunicorn-binds.ts';
import { told, type GunicornSetting } from '../../source/settings/gunicorn-settings.ts';
import { gunicornsOf } from '../../source/settings/gunicorn.ts';
import { machineOf, type Recorded } from '../helpers/case.ts';

const one = async (files: Record<string, string>, recorded: Recorded = {}) => {
  const machine = await machineOf(files, recorded);
  const [gunicorn, ...rest] = gunicornsOf(machine);
  assert.equal(rest.length, 0);
  assert.ok(gunicorn, 'a gunicorn is found');
  const value = (setting: GunicornSetting): string | undefined => told(machine, gunicorn, setting)?.value;
  return { machine, gunicorn, value, told: (setting: GunicornSetting) => told(machine, gunicorn, setting) };
};

const unit = (command: string, more = ''): string => `[Service]\nWorkingDirectory=/srv/desk\n${more}ExecStart=${command}\n`;

test('the command line overrules the variable, the variable the file, and each knows whom it overrules', async () => {
  const { told: of } = await one({
    'desk.service': unit('/usr/bin/gunicorn --user one desk:app', 'Environment="GUNICORN_CMD_ARGS=-u two --workers=3"\n'),
    'gunicorn.conf.py': 'user = "three"\nworkers = 5\nbind = "127.0.0.1:9000"\n',
  });
  const user = of('user');
  assert.deepEqual([user?.value, user?.from.kind, user?.hides.map((h) => [h.value, h.from.kind])], ['one', 'argv', [['two', 'environment'], ['three', 'python']]]);
  assert.deepEqual([of('workers')?.value, of('workers')?.from.kind], ['3', 'environment']);
  assert.equal(of('bind')?.from.at?.file, 'gunicorn.conf.py');
});

test('the last flag of a name counts, in any of its spellings', async () => {
  const { value } = await one({ 'desk.service': unit('/usr/bin/gunicorn -u one --user=two -uthree -w2 --preload desk:app') });
  assert.deepEqual([value('user'), value('workers'), value('preload_app'), value('reload')], ['three', '2', 'true', undefined]);
});

test('variables stand in where nobody says anything: PORT, WEB_CONCURRENCY, FORWARDED_ALLOW_IPS', async () => {
  const { machine, gunicorn, value } = await one({
    Dockerfile: 'FROM python:3.12-slim\nWORKDIR /app\nENV PORT=5000\nCOPY . .\nCMD ["gunicorn", "desk:app"]\n',
    'compose.yaml': 'services:\n  desk:\n    build: .\n    environment:\n      WEB_CONCURRENCY: "4"\n      FORWARDED_ALLOW_IPS: "*"\n',
  });
  assert.deepEqual([value('workers'), value('forwarded_allow_ips')], ['4', '*']);
  assert.deepEqual(addresses(machine, gunicorn).map((a) => tcp(a.value)), [{ address: '0.0.0.0', port: 5000 }]);
});

test('the file is the one that -c names, else gunicorn.conf.py where it starts', async () => {
  const named = await one({ 'desk.service': unit('/usr/bin/gunicorn -c /srv/desk/conf/g.py desk:app'), 'conf/g.py': 'user = 1\n', 'gunicorn.conf.py': 'user = 2\n' });
  assert.equal(named.value('user'), '1');
  const alone = await one({ 'supervisord.conf': '[program:desk]\ncommand=gunicorn desk:app\ndirectory=/srv/desk\n', 'gunicorn.conf.py': 'user = 2\n' });
  assert.equal(alone.value('user'), '2');
  const module = await one({ Dockerfile: 'FROM python:3.12\nWORKDIR /app\nCOPY . .\nCMD ["gunicorn", "--config", "python:desk.conf", "desk:app"]\n', 'desk/conf.py': 'user = 3\n' });
  assert.equal(module.value('user'), '3');
});

test('what a condition or a call decides is a guess', async () => {
  const { told: of } = await one({ 'desk.service': unit('/usr/bin/gunicorn desk:app'), 'gunicorn.conf.py': 'import os\nuser = os.environ.get("WHO", "desk")\nif os.path.exists("/x"):\n    group = "desk"\nreload = os.environ["DEBUG"] == "1"\n' });
  assert.deepEqual([of('user')?.value, of('user')?.guess, of('group')?.guess, of('reload')?.guess], ['desk', true, true, true]);
});

test('addresses: several of them, TCP, unix and handed open', async () => {
  const { machine, gunicorn } = await one({ 'desk.service': unit('/usr/bin/gunicorn -b :8000 -b [::1]:8001 -b unix:/run/desk.sock -b fd://3 desk:app') });
  const all = addresses(machine, gunicorn).map((a) => a.value);
  assert.deepEqual(all.map((a) => tcp(a)?.port), [8000, 8001, undefined, undefined]);
  assert.deepEqual(all.map(unixPath), [undefined, undefined, '/run/desk.sock', undefined]);
});

test('one that runs in a shell is known by its processes alone', async () => {
  const { gunicorn, value } = await one({ 'gunicorn.conf.py': 'group = "desk"\n' }, {
    host: { processes: [{ pid: 10, uid: 0, cwd: '/case', argv: ['/usr/bin/python3', '/usr/bin/gunicorn', '-u', 'desk', 'desk:app'] }, { pid: 11, ppid: 10, uid: 7, cwd: '/case', argv: ['/usr/bin/python3', '/usr/bin/gunicorn', '-u', 'desk', 'desk:app'] }] },
  });
  assert.equal(gunicorn.program.starter, 'shell');
  assert.deepEqual([value('user'), value('group')], ['desk', 'desk']);
});
