import assert from 'node:assert/strict';
import { it, mock } from 'node:test';
import { sweep } from '../../source/engine/rehearse/sweep.ts';
import { LABEL } from '../../source/system/deeds.ts';
import type { Docker, Ours, System } from '../../source/system/system.ts';

const DONE = { code: 0, stdout: '', stderr: '' };
const thing = (kind: Ours['kind'], name: string): Ours => ({ kind, id: name, name, labels: { [LABEL]: 'rehearsal-1' } });
const things = [thing('volume', 'v'), thing('container', 'a'), thing('network', 'n'), thing('container', 'b'), thing('container', 'c')];

/** An engine that keeps what was asked of it; `hangs` never comes back from that one. */
function engine(hangs?: string): { readonly system: System; readonly log: string[]; most(): number } {
  const log: string[] = [];
  let [now, most] = [0, 0];
  const act = async (deed: Parameters<Docker['act']>[0]): Promise<typeof DONE> => {
    const what = 'container' in deed ? String(deed.container) : 'name' in deed ? String(deed.name) : 'network' in deed ? String(deed.network) : deed.deed;
    most = Math.max(most, (now += deed.deed === 'remove' ? 1 : 0));
    if (what === hangs) await new Promise(() => undefined);
    await Promise.resolve();
    now -= deed.deed === 'remove' ? 1 : 0;
    log.push(what);
    return DONE;
  };
  return { system: { docker: { look: { ours: async () => things }, act } } as unknown as System, log, most: () => most };
}

it('copies go one after the other, and what they used goes behind them', async () => {
  const { system, log, most } = engine();
  assert.deepEqual(await sweep(system), []);
  assert.deepEqual(log, ['a', 'b', 'c', 'n', 'v']);
  assert.equal(most(), 1);
});

it('an engine that does not answer keeps nobody waiting: the rest goes, and it is told what is left', async (t) => {
  mock.timers.enable({ apis: ['setTimeout'] });
  t.after(() => mock.timers.reset());
  const { system, log } = engine('b');
  const swept = sweep(system);
  for (let i = 0; i < 20; i++) await Promise.resolve();
  mock.timers.tick(60_000);
  assert.deepEqual((await swept).map((o) => o.name), ['b']);
  assert.deepEqual(log, ['a', 'c', 'n', 'v']);
});
