import assert from 'node:assert/strict';
import test from 'node:test';
import { heldBy } from '../../source/settings/code-folder.ts';
import { placesFor } from '../../source/settings/gunicorn-places.ts';
import { gunicornsOf } from '../../source/settings/gunicorn.ts';
import { programsOf } from '../../source/settings/program.ts';
import { userOfProgram } from '../../source/settings/supervised-account.ts';
import { isRefusal } from '../../source/model/risk.ts';
import { machineOf } from '../helpers/case.ts';

const SUPERVISORD = '[supervisord]\nlogfile=/case/log/supervisord.log\n[unix_http_server]\nfile=%(here)s/ctl/supervisor.sock\n[program:kiosk]\ncommand=/case/deps/bin/gunicorn -c /case/gunicorn.conf.py kiosk:app\ndirectory=/case\nuser=root\n';

/** A gunicorn of the machine that supervisord starts in the project, with these settings. */
async function places(config: string) {
  const argv = ['/usr/bin/python3', '/case/deps/bin/gunicorn', '-c', '/case/gunicorn.conf.py', 'kiosk:app'];
  const machine = await machineOf({ 'supervisord.conf': SUPERVISORD, 'gunicorn.conf.py': config, 'shop/settings.py': '' }, {
    host: { processes: [
      { pid: 700, ppid: 1, uid: 0, cwd: '/case', argv: ['/usr/bin/python3', '/usr/bin/supervisord', '-c', '/case/supervisord.conf'] },
      { pid: 710, ppid: 700, uid: 0, cwd: '/case', argv },
    ] },
  });
  const [g] = gunicornsOf(machine);
  assert.ok(g?.program.service.host?.running, 'it runs on the machine');
  const given = placesFor(machine, g, 'kiosk', 'kiosk', []);
  return { machine, program: g.program, given: isRefusal(given) ? given.refused.en : given.map((c) => (c.kind === 'set-path' ? `${c.path}${c.below ? ' and below' : ''}` : c.kind)) };
}

test('of logs beside the code only the files are handed over', async () => {
  assert.deepEqual((await places("accesslog = '/case/access.log'\nerrorlog = '/case/./error.log'\n")).given, ['/case/access.log', '/case/error.log']);
});

test('a folder that holds nothing else is handed over whole', async () => {
  assert.deepEqual((await places("bind = 'unix:/case/run/kiosk.sock'\naccesslog = '/case/run/access.log'\n")).given, ['/case/run and below']);
});

test('a socket or a pid file beside code, configuration or files of supervisord is refused', async () => {
  assert.match(String((await places("bind = 'unix:/case/kiosk.sock'\n")).given), /kiosk\.sock lies beside the code and configuration: .* \/case\/run$/);
  assert.match(String((await places("pidfile = '/case/run/../shop/kiosk.pid'\n")).given), /^\/case\/shop\/kiosk\.pid lies beside the code/);
  assert.match(String((await places("pidfile = '/case/shop/running'\n")).given), /^\/case\/shop\/running lies beside the code/, 'a pid file by its setting, whatever its name');
  assert.match(String((await places("bind = 'unix:/case/log/kiosk.sock'\n")).given), /beside what supervisord opens as root: .* \/case\/log\/kiosk$/);
});

test('the repository, an environment of Python and every folder above the project are held too', async () => {
  const { machine, program } = await places('');
  const by = (folder: string) => heldBy(machine, program, folder);
  assert.deepEqual(['/case/', '/', '/case/.git/hooks', '/case/venv/run', '/case/deps'].map(by), ['code', 'code', 'code', 'code', 'code']);
  assert.deepEqual(['/case/log', '/case/ctl', '/case/media', '/cases'].map(by), ['supervisord', 'supervisord', undefined, undefined]);
});

test('data of a server of its own is handed over, but never with the project\'s folder', async () => {
  const way = async (dir: string) => {
    const machine = await machineOf({ 'supervisord.conf': '[supervisord]\n[program:cache]\ncommand=/usr/bin/redis-server /case/redis.conf\ndirectory=/case\nuser=root\n', 'redis.conf': `port 6390\ndir ${dir}\n` }, {
      host: { processes: [
        { pid: 700, ppid: 1, uid: 0, cwd: '/case', argv: ['/usr/bin/python3', '/usr/bin/supervisord', '-c', '/case/supervisord.conf'] },
        { pid: 710, ppid: 700, uid: 0, cwd: '/case', argv: ['/usr/bin/redis-server', '/case/redis.conf'] },
      ] },
    });
    const program = programsOf(machine).find((p) => p.name === 'cache');
    assert.ok(program?.service.host?.running, 'it runs on the machine');
    const given = userOfProgram(machine, program);
    return isRefusal(given) ? given.refused.en : given.changes.flatMap((c) => (c.kind === 'set-path' ? [c.path] : []));
  };
  assert.deepEqual(await way('/case/data'), ['/case/data']);
  assert.match(String(await way('/case/')), /it keeps its data in \/case, beside code/);
});
