// What is read of a new process: its capabilities, that it gains nothing, that it may not write, that its user was found.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { capabilities } from '../../source/engine/proofs/capabilities.ts';
import { noNewPrivileges } from '../../source/engine/proofs/no-new-privileges.ts';
import { readOnly } from '../../source/engine/proofs/read-only.ts';
import { userFound } from '../../source/engine/proofs/user-found.ts';
import type { Ran, System } from '../../source/system/system.ts';
import { memoryFiles, memorySystem } from '../../source/system/memory.ts';
import { machineOf, type Recorded } from '../helpers/case.ts';

const FILES = { 'compose.yaml': 'services:\n  web:\n    image: web\n' };
const web = (more: object): Recorded => ({ containers: [{ service: 'web', ...more }] });
const process = (more: object): Recorded => web({ processes: [{ pid: 100, uid: 0, argv: ['web'], ...more }] });
const system = (answer?: Ran): System => ({ ...memorySystem(memoryFiles({})), docker: { ask: async () => answer ?? { code: 127, stdout: '', stderr: '' } } as unknown as NonNullable<System['docker']> });

describe('witnesses of what a container is held to', () => {
  it('capabilities: what is within reach counts, too', async () => {
    const seen = async (recorded: Recorded) => (await capabilities({ kind: 'capabilities', service: 'web', allowed: ['CHOWN'] }, await machineOf(FILES, recorded), system())).outcome;
    assert.deepEqual(
      [await seen(process({ capEff: '1', capBnd: '1' })), await seen(process({ capEff: '0', capBnd: '0' })), await seen(process({ capEff: '1', capBnd: 'a80425fb' })), await seen(process({ capEff: '1' })), await seen({})],
      ['gone', 'gone', 'left', 'cannot-tell', 'cannot-tell'],
    );
  });
  it('no new privileges: every process', async () => {
    const seen = async (recorded: Recorded) => (await noNewPrivileges({ kind: 'no-new-privileges', service: 'web' }, await machineOf(FILES, recorded), system())).outcome;
    assert.deepEqual([await seen(process({ noNewPrivs: true })), await seen(process({ noNewPrivs: false })), await seen(process({})), await seen({})], ['gone', 'left', 'cannot-tell', 'cannot-tell']);
  });
  it('read-only: the engine\'s word and a real try, made only behind that word', async () => {
    const seen = async (recorded: Recorded, answer?: Ran) => readOnly({ kind: 'read-only', service: 'web', writable: ['/tmp'] }, await machineOf(FILES, recorded), system(answer));
    const refused = { code: 1, stdout: '', stderr: "touch: cannot touch '/x': Read-only file system" };
    const gone = await seen(web({ readOnly: true }), refused);
    assert.deepEqual([gone.outcome, /was refused; still writable: \/tmp/.test(gone.text.en)], ['gone', true]);
    assert.equal((await seen(web({ readOnly: true }), { code: 0, stdout: '', stderr: '' })).outcome, 'left');
    assert.equal((await seen(web({}), { code: 0, stdout: '', stderr: '' })).outcome, 'left');
    assert.equal((await seen({})).outcome, 'cannot-tell');
    assert.match((await seen(web({ readOnly: true }))).text.en, /engine's word/);
  });
  it('a user: the engine found it, or says so', async () => {
    const seen = async (recorded: Recorded) => (await userFound({ kind: 'user-found', service: 'web' }, await machineOf(FILES, recorded), system())).outcome;
    assert.deepEqual([await seen(process({})), await seen(web({ running: false, error: 'unable to find user app: no matching entries in passwd file' })), await seen(web({ running: false })), await seen(web({ restarting: true }))], ['gone', 'left', 'cannot-tell', 'cannot-tell']);
  });
});
