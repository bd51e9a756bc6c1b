import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Ground } from '../../source/engine/rehearse/context.ts';
import { decides } from '../../source/engine/rehearse/means.ts';
import { settleUntil } from '../../source/engine/rehearse/settle.ts';
import type { Copy } from '../../source/engine/rehearse/world.ts';
import { memoryFiles, memorySystem } from '../../source/system/memory.ts';

const copy = (name: string, world: string): Copy => ({ part: { name, raw: { HostConfig: { RestartPolicy: { Name: 'no' } } } }, id: `${world} ${name}`, name }) as unknown as Copy;

/** Seconds that are waited for two worlds of a redis and a web that asks it; `state` is what the engine says of a copy by then. */
async function waited(state: (id: string, seconds: number) => { readonly running?: boolean; readonly health?: string }, said: (id: string, seconds: number) => boolean = () => false): Promise<number> {
  let now = 0;
  const system = { ...memorySystem(memoryFiles({})), now: () => new Date(now), pause: async (ms: number) => void (now += ms) };
  const container = async (id: string) => {
    const { running = true, health } = state(id, now / 1000);
    return { State: { Running: running, ...(health === undefined ? {} : { Health: { Status: health } }) } };
  };
  const ground = { system, docker: { look: { container }, act: async () => ({ stdout: '' }) } } as unknown as Ground;
  await settleUntil(ground, [['redis', 'web'].map((n) => copy(n, 'before')), ['redis', 'web'].map((n) => copy(n, 'after'))], async ({ id }) => said(id, now / 1000));
  return now / 1000;
}

const web = (id: string, seconds: number): { readonly health: string } => ({ health: id.startsWith('before') && seconds > 12 ? 'healthy' : 'starting' });

it('nobody waits for anything once what is planned has ended and what is now stands', async () => {
  // Its first health check is made after 30 s, as the interval says.
  const slow = (id: string, s: number): { readonly health: string } => ({ health: id.startsWith('before') && s > 30 ? 'healthy' : 'starting' });
  assert.ok(await waited((id, s) => (id === 'after redis' ? { running: false } : slow(id, s))) < 10);
  assert.ok(await waited((id, s) => (id === 'before redis' ? { running: false } : slow(id, s))) >= 30, 'what is now has ended: that decides nothing');
  assert.ok(await waited((id, s) => (id === 'after redis' ? { running: s < 2 || s > 3 } : slow(id, s))) < 10, 'one that ends after a moment');
});

it('nobody waits for health in a world where a copy has ended that runs in the other', async () => {
  assert.ok(await waited((id, s) => (id === 'after redis' ? { running: false } : id.endsWith('web') ? web(id, s) : {})) < 15, 'as long as the other world takes, and no longer');
  assert.ok(await waited((id, s) => (id.endsWith('web') ? web(id, s) : {})) >= 60, 'with all of them up it may still come');
  assert.ok(await waited((id, s) => (id.endsWith('redis') ? { running: false } : web(id, s))) >= 60, 'one that ends in both (a job) is no loss');
});

it('nor for the health of one whose log has said why it will not come', async () => {
  const never = (id: string): { readonly health?: string } => (id === 'after web' ? { health: 'starting' } : {});
  assert.ok(await waited(never) >= 60);
  assert.ok(await waited(never, (id) => id === 'after web') < 12);
});

it('a line decides that gives up, says why, and is not there as it is', () => {
  const emerg = '2026/11/23 05:00:00 [emerg] 31#31: setgid(33) failed (1: Operation not permitted)';
  assert.ok(decides(`starting\n${emerg}\n`, []));
  assert.ok(!decides(emerg, ['2026/11/22 04:00:00 [emerg] 7#7: setgid(33) failed (1: Operation not permitted)']), 'it says so as it is, too');
  assert.ok(!decides('chown: changing ownership of /data: Operation not permitted', []), 'a tool that complains may be ignored');
  assert.ok(!decides('[emerg] 7#7: unknown directive', []), 'nothing that is known');
});
