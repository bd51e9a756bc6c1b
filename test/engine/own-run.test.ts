import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { builtSince } from '../../source/changes/build-image.ts';
import { startedSince } from '../../source/changes/start-services.ts';
import { elsewhereOf, elsewhereWords } from '../../source/engine/elsewhere.ts';
import { ownRun } from '../../source/engine/own-run.ts';
import type { BuildImage } from '../../source/model/change.ts';
import type { Container } from '../../source/model/container.ts';
import type { Plan } from '../../source/model/plan.ts';

const published = (hostIp: string, hostPort: number, inside: number): Container => ({ ports: [{ hostIp, hostPort, inside, protocol: 'tcp' }] } as unknown as Container);

describe('what somebody\'s own docker run has to say from now on', () => {
  it('is the port on its new address or its new number inside, in place of the old one', () => {
    assert.deepEqual(ownRun(published('0.0.0.0', 8033, 80), [{ from: 80, to: 80, address: '127.0.0.1' }]), { flags: ['-p', '127.0.0.1:8033:80'], without: ['-p', '8033:80'] });
    assert.deepEqual(ownRun(published('0.0.0.0', 443, 443), [{ from: 443, to: 8443 }]), { flags: ['-p', '443:8443'], without: ['-p', '443:443'] });
    assert.deepEqual(ownRun(published('::1', 80, 80), [{ from: 80, to: 8080 }]), { flags: ['-p', '[::1]:80:8080'], without: ['-p', '[::1]:80:80'] });
  });
  it('is without a port that is not published any more, and with what it is held to', () => {
    assert.deepEqual(ownRun(published('', 9191, 9191), [{ from: 9191, to: 9191, address: null }]), { flags: [], without: ['-p', '9191:9191'] });
    assert.deepEqual(ownRun(published('', 80, 80), [], { securityOpt: ['no-new-privileges:true'] }), { flags: ['--security-opt=no-new-privileges:true'], without: [] });
    assert.equal(ownRun(published('', 80, 80), []), undefined);
  });
  it('is told with what it takes the place of', () => {
    const start = (run: object) => ({ name: 's', root: '/s', owed: [], steps: [{ number: 1, because: [], change: { kind: 'start-services', services: [{ service: 'stats', container: { id: 'c', name: 'stats', run } }] } }] } as unknown as Plan);
    const [one] = elsewhereOf(start({ flags: ['-p', '127.0.0.1:8033:80'], without: ['-p', '8033:80'] }));
    assert.equal(one && elsewhereWords(one).en, 'no file says how stats is started: your own docker run needs this, in place of -p 8033:80:');
    const [gone] = elsewhereOf(start({ flags: [], without: ['-p', '9191:9191'] }));
    assert.deepEqual([gone?.kind, gone?.argv], ['run-without', ['-p', '9191:9191']]);
  });
});

describe('what is somebody else\'s by now', () => {
  const left = [{ service: 'web', id: 'ours', imageId: 'built' }];
  const change = { kind: 'build-image', service: 'web', image: 'shop-web' } as BuildImage;
  it('is an image that the run neither found nor left running', () => {
    assert.equal(builtSince(change, { image: 'old' }, 'theirs', left), true);
    for (const now of ['built', 'old', undefined]) assert.equal(builtSince(change, { image: 'old' }, now, left), false, now);
  });
  it('is a container that the run did not leave running', () => {
    assert.equal(startedSince('web', 'theirs', left), true);
    assert.equal(startedSince('web', 'ours', left), false);
  });
  it('is nobody\'s where the run never came so far, or the service did not run', () => {
    for (const known of [undefined, [], [{ service: 'worker', id: 'w', imageId: 'w' }]]) {
      assert.equal(builtSince(change, { image: 'old' }, 'theirs', known), false);
      assert.equal(startedSince('web', 'theirs', known), false);
    }
  });
});
