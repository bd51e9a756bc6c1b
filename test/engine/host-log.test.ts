import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { hostLog } from '../../source/changes/host-owner.ts';
import type { RestartHost } from '../../source/model/change.ts';
import { memoryFiles, memorySystem } from '../../source/system/memory.ts';
import type { Shell, System } from '../../source/system/system.ts';

const LOGS = { '/logs/web.log': 'web said this\n', '/logs/web-stderr---supervisor-a1.log': 'AUTO said this\n', '/logs/cron.log': 'cron said this\n' };

/** A machine whose `tail` is real and whose `supervisorctl` answers as told. */
function machine(supervisorctl: (words: readonly string[]) => string): { readonly system: System } {
  const files = memoryFiles(LOGS);
  const ask: Shell['ask'] = async (argv) => {
    const stdout = argv[0] === 'tail' ? (await files.read(argv.at(-1)!)).toString('utf8') : argv[0] === 'supervisorctl' ? supervisorctl(argv) : '';
    return { code: 0, stdout, stderr: '' };
  };
  const system = memorySystem(files);
  return { system: { ...system, shell: { ...system.shell, ask } } };
}

const reload: RestartHost = {
  kind: 'restart-host', service: 'web', by: 'supervisord', name: '/case/supervisord.conf', how: 'reload', services: ['web', 'cron'], supervisor: { config: '/case/supervisord.conf' },
  logs: [{ service: 'web', program: 'shop:web', kept: ['/logs/web-stderr---*', '/logs/gone.log'], own: ['/logs/web.log'] }, { service: 'cron', program: 'cron', kept: [], own: ['/logs/cron.log'] }],
};

void describe('the last words of a program of the machine', () => {
  void it('are read from its files where supervisord serves nothing, and only its own', async () => {
    const { system } = machine(() => assert.fail('nothing answers there'));
    const log = await hostLog(system, reload, 100, 'web');
    assert.match(log, /web said this/);
    assert.match(log, /AUTO said this/);
    assert.doesNotMatch(log, /cron/);
  });
  void it('are asked of supervisord by the program\'s own name, also when all of it was started anew', async () => {
    const { system } = machine((words) => (words.at(-1) === 'stderr' ? `${words.at(-2)} told supervisord\n` : ''));
    const log = await hostLog(system, { ...reload, supervisor: { config: '/case/supervisord.conf', control: ['-c', '/case/supervisord.conf'] } }, 100, 'web');
    assert.match(log, /shop:web told supervisord/);
    // What the app writes itself comes beside it.
    assert.match(log, /web said this/);
    assert.doesNotMatch(log, /AUTO/);
  });
  void it('are those of all of them where none is named', async () => {
    assert.match(await hostLog(machine(() => '').system, reload, 100), /web said this[^]*cron said this/);
  });
});
