import assert from 'node:assert/strict';
import { it } from 'node:test';
import { socket } from '../../source/engine/proofs/socket.ts';
import type { Text } from '../../source/model/text.ts';
import type { System } from '../../source/system/system.ts';
import { casesOf, machineOf } from '../helpers/case.ts';

/** Who gets in, by uid; nobody else does. */
const system = (may: readonly number[]): System => ({
  docker: { ask: async ({ user = '' }: { user?: string }) => (may.includes(Number(user.split(':')[0])) ? { code: 0, stdout: '', stderr: '' } : { code: 1, stdout: '', stderr: 'PermissionError' }) },
  net: { connectsAs: async (_: string, uid: number) => may.includes(uid) },
}) as unknown as System;

it('a socket is told as the plan has it: mode, owner and group, who gets in', async () => {
  const one = casesOf('socket-mode').find((c) => c.name === 'quiet-seen-660');
  assert.ok(one);
  const machine = await machineOf(one.before, one.recorded);
  const [service, path] = machine.services.flatMap((s) => [...machine.containers.filter((c) => s.containers.includes(c.id)), machine.host].flatMap((live) => live.sockets.map((seen) => [s.name, seen.path] as const)))[0] ?? ['', ''];
  const told = async (may: readonly number[]): Promise<Text> => (await socket({ kind: 'socket', service, path, mode: 0o660, peer: 33 }, machine, system(may))).text;
  assert.match((await told([33])).en, /^660, \d+:\d+; stranger refused, 33 gets in$/);
  assert.match((await told([33]))['zh-CN'], /^权限 660，属主 \d+，组 \d+；陌生用户被拒绝，33 可以连接$/);
  assert.match((await told([33, 65534])).en, /^660, \d+:\d+; but a stranger still gets in$/);
  assert.match((await told([])).en, /^660, \d+:\d+; and uid 33 may not connect any more$/);
});
