// Env files by what names them: whatever they are called, wherever they lie in the project.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { withConnected } from '../../source/inspect/docker.ts';
import { inspectFiles } from '../../source/inspect/files.ts';
import { readConnected } from '../../source/inspect/proc-text.ts';
import type { Container } from '../../source/model/container.ts';
import { memoryFiles } from '../../source/system/memory.ts';
import type { RawContainer } from '../../source/system/raw.ts';

const pathsOf = async (files: Record<string, string>): Promise<readonly string[]> =>
  [...(await inspectFiles(memoryFiles(Object.fromEntries(Object.entries(files).map(([at, text]) => [`/p/${at}`, text]))), '/p')).files.keys()];

describe('what is read of a project', () => {
  it('has env files in a folder called env, and not somebody\'s packages', async () => {
    assert.deepEqual(await pathsOf({ 'env/common.env': 'A=1\n' }), ['env/common.env']);
    assert.deepEqual(await pathsOf({ 'env/pyvenv.cfg': '', 'env/lib/x.py': '' }), []);
    assert.deepEqual(await pathsOf({ 'venv/bin/activate.sh': '', 'venv/lib/x.py': '' }), []);
  });
  it('has what `env_file:` names, by any name, and nothing outside', async () => {
    const compose = 'services:\n  web:\n    image: x\n    env_file: [config/web.vars, ../far, config/missing]\n';
    assert.deepEqual(await pathsOf({ 'compose.yaml': compose, 'config/web.vars': 'A=1\n', 'config/other.vars': 'B=1\n' }), ['compose.yaml', 'config/web.vars']);
  });
  it('leaves out what the project leaves out', async () => {
    const compose = 'services:\n  web:\n    image: x\n    env_file: config/web.vars\n';
    assert.deepEqual(await pathsOf({ '.harden-tui.yaml': 'exclude:\n  - config\n', 'compose.yaml': compose, 'config/web.vars': 'A=1\n' }), ['.harden-tui.yaml', 'compose.yaml']);
  });
});

describe('who is connected', () => {
  const row = (local: string, remote: string, state: string): string => `   0: ${local} ${remote} ${state} 00000000:00000000 00:00000000 00000000   999        0 12345 1`;
  it('is told by the established rows, IPv4 in either table', () => {
    const table = ['  sl  local_address', row('020012AC:18EB', '030012AC:9C40', '01'), row('00000000:18EB', '00000000:0000', '0A'), row('0100007F:18EB', '0100007F:9C41', '01')].join('\n');
    assert.deepEqual(readConnected(table), [{ port: 6379, address: '172.18.0.3' }]);
    assert.deepEqual(readConnected(row('0000000000000000FFFF0000020012AC:18EB', '0000000000000000FFFF0000030012AC:9C40', '01')), [{ port: 6379, address: '172.18.0.3' }]);
  });
  it('has the name of the container with that address', () => {
    const raws = [{ Id: 'w', Name: '/shop-worker-1', NetworkSettings: { Ports: {}, Networks: { n: { IPAddress: '172.18.0.3' } } } }] as unknown as RawContainer[];
    const redis = { id: 'r', connected: [{ port: 6379, address: '172.18.0.3' }, { port: 6379, address: '172.18.0.1' }] } as unknown as Container;
    assert.deepEqual(withConnected([redis], raws)[0]?.connected, [{ port: 6379, address: '172.18.0.3', by: { id: 'w', name: 'shop-worker-1' } }, { port: 6379, address: '172.18.0.1' }]);
  });
});
