// The search for the least, against services that are only told: what each needs is known, so the answer can be held against it.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { leastCapabilities } from '../../source/engine/least/capabilities.ts';
import { hints } from '../../source/engine/least/hints.ts';
import { leastPlaces, refusedPaths, withPlace } from '../../source/engine/least/places.ts';
import type { Answer } from '../../source/engine/least/search.ts';
import { text } from '../../source/model/text.ts';
import { BY_DEFAULT } from '../../source/settings/capabilities.ts';

interface Told {
  readonly trials: (readonly string[])[];
  readonly ask: (given: readonly string[]) => Promise<Answer>;
}

/** A service that needs all of one of these sets; `says` is what its log has for the first thing that it misses. */
function service(ways: readonly (readonly string[])[], says: Readonly<Record<string, string>> = {}): Told {
  const trials: (readonly string[])[] = [];
  return {
    trials,
    ask: async (given) => {
      trials.push(given);
      const missing = ways.map((w) => w.filter((c) => !given.includes(c)));
      const [least] = missing.sort((a, b) => a.length - b.length);
      return { holds: least?.length === 0, log: least?.[0] === undefined ? [] : [says[least[0]] ?? ''] };
    },
  };
}

const search = (told: Told, candidates: readonly string[] = BY_DEFAULT, most = 16) => leastCapabilities(candidates, told.ask, most);
const sorted = (x: readonly string[]): readonly string[] => [...x].sort();

const subsets = (all: readonly string[]): readonly (readonly string[])[] => all.reduce<readonly (readonly string[])[]>((some, c) => [...some, ...some.map((s) => [...s, c])], [[]]);

describe('the least capabilities', () => {
  it('are none where it holds without any, after one trial', async () => {
    const told = service([[]]);
    assert.deepEqual(await search(told), { needs: [], minimal: true });
    assert.equal(told.trials.length, 1);
  });

  it('are those that its log names, one failure after the other, each tried without at the end', async () => {
    const told = service([['CHOWN', 'SETGID', 'SETUID']], {
      CHOWN: "chown: changing ownership of '/app/data': Operation not permitted", SETGID: 'error: failed switching to "10001:10001": operation not permitted', SETUID: 'error: failed switching to "10001:10001": operation not permitted',
    });
    const came = await search(told);
    assert.ok('needs' in came && came.minimal);
    assert.deepEqual(sorted(came.needs), ['CHOWN', 'SETGID', 'SETUID']);
    assert.ok(told.trials.length <= 6, `${told.trials.length} trials`);
  });

  it('leave out what a log only seemed to ask for', async () => {
    const told = service([['SETGID']], { SETGID: 'setgid: Operation not permitted' });
    const came = await search(told);
    assert.deepEqual('needs' in came && came.needs, ['SETGID']);
  });

  it('are found by halves where nothing is said', async () => {
    for (const one of BY_DEFAULT) {
      const told = service([[one]]);
      assert.deepEqual(await search(told), { needs: [one], minimal: true }, one);
      assert.ok(told.trials.length <= 12, `${one}: ${told.trials.length} trials`);
    }
  });

  it('are what brute force finds, over every service of up to five', async () => {
    const candidates = ['CHOWN', 'SETUID', 'NET_RAW', 'KILL', 'MKNOD'];
    for (const needed of subsets(candidates)) {
      for (const other of [undefined, ['MKNOD'], ['CHOWN', 'KILL']]) {
        const told = service(other ? [needed, other] : [needed]);
        const came = await search(told, candidates, 99);
        assert.ok('needs' in came && came.minimal, needed.join());
        const holds = (given: readonly string[]): boolean => [needed, ...(other ? [other] : [])].some((w) => w.every((c) => given.includes(c)));
        assert.ok(holds(came.needs), `${needed.join()} holds`);
        const least = subsets(candidates).filter((s) => holds(s) && s.every((c) => !holds(s.filter((x) => x !== c)))).map((s) => sorted(s).join());
        assert.ok(least.includes(sorted(came.needs).join()), `${came.needs.join()} is one of ${least.join(' | ')}`);
      }
    }
  });

  it('never make more trials than they may, and give what was seen to hold', async () => {
    const told = service([['CHOWN', 'KILL', 'NET_RAW', 'MKNOD']]);
    const came = await search(told, BY_DEFAULT, 8);
    assert.equal(told.trials.length, 8);
    assert.ok('needs' in came && !came.minimal);
    assert.ok(['CHOWN', 'KILL', 'NET_RAW', 'MKNOD'].every((c) => came.needs.includes(c)));
  });

  it('are not known where even all of them do not help, or nobody can tell', async () => {
    const never = await search({ trials: [], ask: async () => ({ holds: false, log: ['no such file'] }) });
    assert.ok('refused' in never && /not capabilities/.test(never.refused.en));
    const unsure = await search({ trials: [], ask: async () => ({ holds: false, cannotTell: text('no copy could be made', ''), log: [] }) });
    assert.ok('refused' in unsure && unsure.refused.en === 'no copy could be made');
  });

  it('are not called minimal where one trial of the end could not be told', async () => {
    let n = 0;
    const came = await search({ trials: [], ask: async (given) => ((n += 1), given.length === 0 && n === 1 ? { holds: false, log: ['chown: Operation not permitted'] } : given.includes('CHOWN') ? { holds: true, log: [] } : { holds: false, cannotTell: text('x', 'x'), log: [] }) });
    assert.deepEqual(came, { needs: ['CHOWN'], minimal: true });
    n = 0;
    const two = await search({ trials: [], ask: async (given) => ((n += 1), n === 1 ? { holds: false, log: ['setuid: Operation not permitted'] } : given.length === 2 ? { holds: true, log: [] } : { holds: false, cannotTell: text('x', 'x'), log: [] }) });
    assert.ok('needs' in two && !two.minimal && two.needs.length === 2);
  });
});

describe('hints', () => {
  const cases: readonly [string, readonly string[]][] = [
    ["chown: changing ownership of '/x': Operation not permitted", ['CHOWN']],
    ['error: failed switching to "app": operation not permitted', ['SETUID', 'SETGID']],
    ['nginx: [emerg] setgid(33) failed (1: Operation not permitted)', ['SETUID', 'SETGID']],
    ["[ERROR] Can't connect to ('0.0.0.0', 80)", ['NET_BIND_SERVICE']],
    ['nginx: [emerg] bind() to 0.0.0.0:80 failed (13: Permission denied)', ['NET_BIND_SERVICE']],
    ['ping: socket: Operation not permitted', ['NET_RAW']],
    ["cat: /home/app/secret: Permission denied", ['DAC_OVERRIDE']],
    ['chroot: cannot change root directory to /jail: Operation not permitted', ['SYS_CHROOT']],
    ['listening on 8000', []],
  ];
  it('are read from the line above a Python error, too', () => {
    assert.deepEqual(hints(['Traceback (most recent call last):', '  File "/tuner.py", line 9, in <module>', "    os.mknod(DEVICE, 0o600 | stat.S_IFCHR, os.makedev(1, 5))", 'PermissionError: [Errno 1] Operation not permitted']), ['MKNOD']);
  });
  for (const [line, wanted] of cases) it(line, () => assert.deepEqual(hints([line]), wanted));
});

describe('the least places', () => {
  /** A service that wants to write to these; it says the first that it may not. */
  const wants = (paths: readonly string[], log = (p: string): string => `touch: cannot touch '${p}': Read-only file system`) => async (places: readonly { readonly path: string }[]): Promise<Answer> => {
    const missing = paths.filter((p) => !places.some((x) => p.startsWith(`${x.path}/`)));
    return { holds: missing.length === 0, log: missing[0] === undefined ? [] : [log(missing[0])] };
  };
  const folder = async (path: string) => ({ path: path.slice(0, path.lastIndexOf('/')) });
  const tmp = { path: '/tmp' };

  it('are those that the log asks for, and what was only guessed goes', async () => {
    const came = await leastPlaces([tmp, { path: '/var/cache/x' }], (p) => p.path === '/tmp', folder, '/', wants(['/run/web/web.pid', '/var/log/web/a.log']), 9);
    assert.deepEqual(came, { needs: [tmp, { path: '/run/web' }, { path: '/var/log/web' }], minimal: true });
  });
  it('are refused where memory may not lie, or the log is silent', async () => {
    const data = await leastPlaces([tmp], () => true, async () => text('data', ''), '/', wants(['/app/data/app.db']), 9);
    assert.deepEqual('refused' in data && data.refused.en, 'data');
    const silent = await leastPlaces([tmp], () => true, folder, '/', wants(['/x/y'], () => 'it failed'), 9);
    assert.ok('refused' in silent && silent.refused.en.includes('it failed'));
  });
  it('keep one folder for what lies below it', () => {
    assert.deepEqual(withPlace([{ path: '/run/a' }, tmp], { path: '/run' }), [tmp, { path: '/run' }]);
    assert.deepEqual(withPlace([{ path: '/run' }], { path: '/run/a' }), [{ path: '/run' }]);
  });
  it('are read from what programs write', () => {
    const said = [
      "OSError: [Errno 30] Read-only file system: '/app/logs/access.log'", 'nginx: [emerg] open() "/run/nginx.pid" failed (30: Read-only file system)', 'sh: 1: cannot create /run/web/x: Read-only file system',
      "mkdir: cannot create directory '/var/lib/x': Read-only file system", "OSError: [Errno 30] Read-only file system: 'data/x.tmp'", 'all is well in /tmp',
    ];
    assert.deepEqual(refusedPaths(said, '/app'), ['/app/logs/access.log', '/run/nginx.pid', '/run/web/x', '/var/lib/x', '/app/data/x.tmp']);
  });
});
