import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { timeAway, type Door } from '../../source/engine/away.ts';

/** A clock that only goes when somebody waits, and doors that are open outside of given spans. */
function world(spans: Readonly<Record<string, readonly (readonly [number, number])[]>>) {
  let now = 0;
  let waiting: { at: number; go: () => void }[] = [];
  const until = async (end: number): Promise<void> => {
    for (; now < end; now += 50) {
      const due = waiting.filter((w) => w.at <= now);
      waiting = waiting.filter((w) => w.at > now);
      for (const { go } of due) go();
      // What was waked up asks its doors and lies down again.
      for (let i = 0; i < 20; i++) await Promise.resolve();
    }
  };
  const doors = Object.entries(spans).map(([service, shut]): Door => ({ service, asBefore: async () => !shut.some(([from, to]) => now >= from && now < to) }));
  return { until, doors, system: { now: () => new Date(now), pause: (ms: number) => new Promise<void>((go) => { waiting.push({ at: now + ms, go }); }) } };
}

const near = (ms: number | undefined, wanted: number): void => assert.ok(ms !== undefined && Math.abs(ms - wanted) <= 400, `${String(ms)} is not about ${wanted}`);

describe('how long a service was away', () => {
  it('is told for each by itself, from its last answer to the first one again', async () => {
    const w = world({ web: [[1_000, 4_000]], admin: [[2_000, 9_000]] });
    const away = timeAway(w.system, w.doors);
    away.stopped(['web', 'admin']);
    await w.until(12_000);
    const times = away.times();
    assert.deepEqual(Object.keys(times), ['web', 'admin']);
    near(times['web'], 3_000);
    near(times['admin'], 7_000);
  });

  it('does not count the time for which the old one still answered, nor the watching after it', async () => {
    const w = world({ web: [[8_000, 9_000]] });
    const away = timeAway(w.system, w.doors);
    away.stopped(['web']);
    await w.until(60_000);
    near(away.times()['web'], 1_000);
  });

  it('adds up what a failed change and its taking back cost', async () => {
    const w = world({ web: [[1_000, 3_000], [20_000, 25_000]] });
    const away = timeAway(w.system, w.doors);
    away.stopped(['web']);
    await w.until(15_000);
    away.stopped(['web']);
    await w.until(30_000);
    near(away.times()['web'], 7_000);
  });

  it('of one without a port lasts from its stop until all facts are as before', async () => {
    const w = world({});
    const away = timeAway(w.system, w.doors);
    away.well(['worker']);
    away.stopped(['worker']);
    await w.until(5_000);
    away.well(['worker']);
    await w.until(9_000);
    away.well(['worker']);
    near(away.times()['worker'], 5_000);
  });

  it('counts one that did not come back until now, and none that was not stopped', async () => {
    const w = world({ web: [[0, 1e9]], other: [[0, 1e9]] });
    const away = timeAway(w.system, w.doors);
    away.stopped(['web']);
    await w.until(6_000);
    const times = away.times();
    near(times['web'], 6_000);
    assert.deepEqual(Object.keys(times), ['web']);
  });

  it('is nothing for a restart that nobody could notice', async () => {
    const w = world({ web: [] });
    const away = timeAway(w.system, w.doors);
    away.stopped(['web']);
    await w.until(3_000);
    assert.deepEqual(away.times(), { web: 0 });
  });
});
