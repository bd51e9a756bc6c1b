import assert from 'node:assert/strict';
import { chmodSync, chownSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, it } from 'node:test';
import { realNet } from '../../source/system/real/net.ts';

const root = process.getuid?.() === 0 && process.platform === 'linux' ? false : 'only root on Linux becomes somebody else';
const [DAEMON, NOBODY] = [1, 65534];

describe('a connection as somebody else', { skip: root }, () => {
  it('is let in and refused as the kernel has it, by owner, by group and by the folder', async (t) => {
    const at = mkdtempSync(path.join(tmpdir(), 'harden-tui-peer-'));
    t.after(() => rmSync(at, { recursive: true, force: true }));
    chmodSync(at, 0o755);
    const socket = path.join(at, 's');
    const server = createServer((one) => one.end()).listen(socket);
    t.after(() => server.close());
    await new Promise((resolve) => server.once('listening', resolve));
    const tried = async (mode: number, gid: number): Promise<readonly (boolean | undefined)[]> => {
      chmodSync(socket, mode);
      chownSync(socket, 0, gid);
      return Promise.all([DAEMON, NOBODY, 4242].map((uid) => realNet.connectsAs(socket, uid)));
    };
    assert.deepEqual(await tried(0o666, 0), [true, true, true]);
    assert.deepEqual(await tried(0o660, DAEMON), [true, false, false], 'daemon is in the group of its name');
    chmodSync(at, 0o700);
    assert.deepEqual(await tried(0o666, 0), [false, false, false]);
    assert.equal(await realNet.connectsAs(path.join(at, 'none'), 0), undefined, 'nothing there is no refusal');
  });
});
