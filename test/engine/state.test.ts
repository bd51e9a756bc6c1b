import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { openJournal } from '../../source/engine/journal.ts';
import { withLock } from '../../source/engine/lock.ts';
import { keptFor, stateOf } from '../../source/engine/state.ts';
import { memoryFiles } from '../../source/system/memory.ts';
import { realSystem } from '../../source/system/real/index.ts';

const passwd = memoryFiles({ '/etc/passwd': 'root:x:0:0:root:/root:/bin/sh\nme:x:1000:1000::/home/me:/bin/sh\n' });
const SUDO = { SUDO_UID: '1000', SUDO_GID: '1001', SUDO_USER: 'me' };

describe('where the state lives', () => {
  it('is a folder of the user, or where XDG says', async () => {
    assert.deepEqual(await stateOf({}, '/home/me', passwd, 1000), { folder: '/home/me/.local/state/harden-tui' });
    assert.deepEqual(await stateOf({ XDG_STATE_HOME: '/x' }, '/home/me', passwd, 1000), { folder: '/x/harden-tui' });
    assert.deepEqual(await stateOf({}, '/root', passwd, 0), { folder: '/root/.local/state/harden-tui' });
  });

  it("is the invoking user's under sudo, found by the uid and not by HOME", async () => {
    const owner = { uid: 1000, gid: 1001 };
    assert.deepEqual(await stateOf(SUDO, '/root', passwd, 0), { folder: '/home/me/.local/state/harden-tui', owner });
    assert.deepEqual(await stateOf({ ...SUDO, XDG_STATE_HOME: '/x' }, '/root', passwd, 0), { folder: '/x/harden-tui', owner });
    // Nobody of that number here, or sudo by root, or the words of sudo without its power.
    assert.equal((await stateOf({ ...SUDO, SUDO_UID: '4242' }, '/root', passwd, 0)).folder, '/root/.local/state/harden-tui');
    assert.deepEqual(await stateOf({ SUDO_UID: '0', SUDO_GID: '0' }, '/root', passwd, 0), { folder: '/root/.local/state/harden-tui' });
    assert.deepEqual(await stateOf(SUDO, '/home/me', passwd, 1000), { folder: '/home/me/.local/state/harden-tui' });
  });

  it('holds files and folders of that user alone, and nothing else changes its owner', { skip: process.getuid?.() !== 0 && 'only root gives files away' }, async (t) => {
    const home = mkdtempSync(join(tmpdir(), 'harden-tui-state-'));
    t.after(() => rmSync(home, { recursive: true, force: true }));
    const folder = join(home, '.local/state/harden-tui');
    const files = keptFor(realSystem.files, { folder, owner: { uid: 4242, gid: 4343 } });
    const journal = await openJournal(files, folder);
    await journal.write({ t: 'done', step: 1 });
    await journal.write({ t: 'done', step: 2 });
    await withLock(files, realSystem.processes, folder, 'key', async () => {
      for (const at of ['', 'runs', 'runs/1', 'runs/1/journal.jsonl', 'locks']) {
        const { uid, gid } = statSync(join(folder, at));
        assert.deepEqual([uid, gid], [4242, 4343], at);
      }
    });
    assert.deepEqual(['.local', '.local/state'].map((at) => statSync(join(home, at)).uid), [4242, 4242]);
    assert.equal(statSync(join(folder, 'runs/1/journal.jsonl')).mode & 0o777, 0o600);
    mkdirSync(join(home, 'project'));
    await files.write(join(home, 'project/x'), Buffer.from(''));
    assert.equal(statSync(join(home, 'project/x')).uid, 0);
  });
});
