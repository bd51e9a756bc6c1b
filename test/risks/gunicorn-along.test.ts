import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import path from 'node:path';
import { isRefusal } from '../../source/model/risk.ts';
import { gunicornRootWorkers } from '../../source/risks/gunicorn-root-workers/index.ts';
import { machineOf, tree } from '../helpers/case.ts';
import { root } from '../listing.ts';

const FILES = tree(path.join(root, 'scenarios/gunicorn-root/project'));
const argv = ['/usr/bin/python3', '/usr/bin/gunicorn', '-c', '/srv/tickets/gunicorn.conf.py', 'tickets:app'];

/** What comes along with the recommended way of the scenario's own project, whose app listens on this. */
async function told(bind?: string): Promise<readonly string[]> {
  const config = 'tickets/gunicorn.conf.py';
  const files = bind === undefined ? FILES : { ...FILES, [config]: FILES[config]!.replace(/^bind = .*$/m, `bind = "${bind}"`) };
  const machine = await machineOf(files, {
    containers: [{
      service: 'tickets', workdir: '/srv/tickets',
      processes: [
        { pid: 1, uid: 0, argv: ['/usr/bin/python3', '/usr/bin/supervisord', '-n', '-c', '/etc/supervisor/conf.d/tickets.conf'] },
        { pid: 7, ppid: 1, uid: 0, argv }, { pid: 9, ppid: 7, uid: 0, argv },
      ],
      mounts: [{ type: 'volume', source: 'gunicorn-root_sold', target: '/srv/tickets/sold', readOnly: false, anonymous: false, owner: { uid: 0, gid: 0 }, rootEntries: 1 }],
      written: ['/srv/tickets/sold', '/srv/tickets/sold/seats'],
    }],
  });
  const finding = gunicornRootWorkers.detect(machine).find((one) => one.subjects.some((subject) => subject.name === 'tickets'));
  const proposal = finding && gunicornRootWorkers.fixes.find((f) => f.id === 'user-group')?.propose(finding, machine);
  assert.ok(proposal && !isRefusal(proposal), JSON.stringify(proposal));
  return (proposal.along ?? []).map(({ label, text }) => `${typeof label === 'string' ? label : label.en}: ${text.en}`);
}

describe('what comes along with a user for the workers of gunicorn', () => {
  it('names the volume that changes hands', async () => {
    assert.ok((await told()).some((row) => /^volume .*sold: 1 file of root; it will be \d+'s$/.test(row)), String(await told()));
  });
  it('speaks of a port only where the master holds one', async () => {
    assert.ok((await told()).includes('master: stays root: it makes the socket and reads its configuration as root'));
    assert.ok((await told('0.0.0.0:80')).includes('master: stays root: it holds the port and reads its configuration as root'));
  });
});
