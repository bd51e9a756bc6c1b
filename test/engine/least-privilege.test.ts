// The search as the session calls it, with trials that are only told: what is said while it goes, and what the ways out read afterwards.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ways } from '../../source/engine/offers.ts';
import { diagnose } from '../../source/engine/diagnose.ts';
import { leastPrivilege, type LeastEvent, type Sought } from '../../source/engine/least/index.ts';
import { CannotTell } from '../../source/engine/rehearse/context.ts';
import type { AsItIs, Options, Tried, Trials } from '../../source/engine/rehearse/trials.ts';
import type { Machine } from '../../source/model/machine.ts';
import { text } from '../../source/model/text.ts';
import { RISKS } from '../../source/risks/index.ts';
import { memoryFiles, memorySystem } from '../../source/system/memory.ts';
import { machineOf, type Recorded } from '../helpers/case.ts';

const FILES = { 'compose.yaml': 'services:\n  web:\n    image: example/web:1\n    cap_add: [NET_ADMIN]\n' };
const running = (more: object = {}): Recorded => ({ containers: [{ service: 'web', capAdd: ['NET_ADMIN'], written: ['/run/web.pid', '/var/log/web/a.log'], processes: [{ pid: 100, uid: 0, argv: ['web'], capEff: 'a80425fb' }], ...more }] });

const holds: Tried = { holds: true, rows: [], log: [] };
const breaks = (...log: string[]): Tried => ({ holds: false, rows: [], log });

/** Trials of a service that needs CHOWN, and to write its pid. */
function trialsOf(asItIs: Partial<AsItIs> = {}, answer?: (o: Options) => Tried): { open: () => Promise<Trials>; tried: Options[]; ended: () => number } {
  const tried: Options[] = [];
  let ended = 0;
  const usual = (o: Options): Tried => {
    if (!o.capAdd?.includes('CHOWN') && o.capDrop) return breaks('starting', "chown: changing ownership of '/x': Operation not permitted");
    if (o.readOnly && !o.tmpfs?.some((t) => t.path === '/run')) return breaks('open() "/run/web.pid" failed (30: Read-only file system)');
    return holds;
  };
  return {
    tried,
    ended: () => ended,
    open: async () => ({
      asItIs: () => ({ written: ['/run/web.pid'], log: [], ...asItIs }),
      trial: async (_service, options) => {
        tried.push(options);
        return (answer ?? usual)(options);
      },
      end: async () => {
        ended += 1;
      },
    }),
  };
}

async function search(machine: Machine, sought: Sought, open: () => Promise<Trials>): Promise<{ machine: Machine; events: LeastEvent[] }> {
  const events: LeastEvent[] = [];
  const found = await leastPrivilege(machine, [sought], { system: memorySystem(memoryFiles({})), state: '/state', onEvent: () => undefined, onTrial: (e) => events.push(e), open });
  return { machine: found, events };
}

const BOTH: Sought = { service: 'web', capabilities: true, writable: true };

describe('least privilege', () => {
  it('is found, told as it goes, and read by the ways out', async () => {
    const { open, tried, ended } = trialsOf();
    const before = await machineOf(FILES, running());
    const { machine, events } = await search(before, BOTH, open);
    const least = machine.trials?.get('web');
    assert.deepEqual(least?.capabilities && 'needs' in least.capabilities && least.capabilities.needs, ['CHOWN']);
    assert.deepEqual(least?.writable && 'needs' in least.writable && least.writable.needs.map((p) => p.path), ['/tmp', '/run']);
    assert.equal(ended(), 1);
    assert.equal(events[0]?.kind, 'limits');
    assert.equal(events.filter((e) => e.kind === 'trial').length, tried.length);
    // What is given by name stays in every trial; what is tried read-only has the found capabilities already.
    assert.ok(tried.every((o) => o.capAdd?.includes('NET_ADMIN')));
    assert.ok(tried.filter((o) => o.readOnly).every((o) => o.capAdd?.includes('CHOWN')));
    const { findings } = diagnose(machine, RISKS);
    for (const id of ['all-capabilities', 'writable-rootfs']) {
      const [finding, risk] = [findings.find((f) => f.risk === id), RISKS.find((r) => r.id === id)];
      assert.ok(finding && risk);
      const [way] = ways(finding, risk, machine);
      assert.ok(way?.proposal, way?.refused?.en);
      assert.match(way.proposal.along?.map((a) => a.text.en).join('\n') ?? '', /cap_drop: ALL/);
    }
  });

  it('is refused where data lies in the layer, before anything is tried', async () => {
    const { open, tried } = trialsOf();
    const { machine } = await search(await machineOf(FILES, running({ written: ['/app/data/app.db'] })), { ...BOTH, capabilities: false }, open);
    const writable = machine.trials?.get('web')?.writable;
    assert.ok(writable && 'refused' in writable);
    assert.match(writable.refused.en, /app\.db.*volume first/);
    assert.equal(tried.length, 0);
  });

  it('is refused where the copy as it is fails, where none can be made, and where nothing runs', async () => {
    const reason = async (machine: Machine, open: () => Promise<Trials>): Promise<string | undefined> => {
      const found = (await search(machine, BOTH, open)).machine.trials?.get('web')?.capabilities;
      return found && 'refused' in found ? found.refused.en : undefined;
    };
    const machine = await machineOf(FILES, running());
    assert.equal(await reason(machine, trialsOf({ cannotTell: text('it ends', '') }).open), 'it ends');
    assert.equal(await reason(machine, async () => { throw new CannotTell(text('no shell', '')); }), 'no shell');
    assert.match((await reason(await machineOf(FILES), trialsOf().open)) ?? '', /does not run/);
  });

  it('takes its copies away when it is stopped', async () => {
    const { open, ended } = trialsOf({}, () => { throw new Error('stopped'); });
    await assert.rejects(search(await machineOf(FILES, running()), BOTH, open), /stopped/);
    assert.equal(ended(), 1);
  });
});
