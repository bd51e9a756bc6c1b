import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { attemptsFor, sortOut, type Part, type Sorted } from '../../source/engine/doctor.ts';
import { same } from '../../source/model/text.ts';

/** What can't stand together, each as a set of names; one name alone fails by itself. */
type Conflicts = readonly (readonly string[])[];

interface Told extends Sorted {
  /** What was tried, one string for each attempt: `held+more`. */
  readonly tried: readonly string[];
}

async function sorted(names: string, conflicts: Conflicts, needs: Readonly<Record<string, string>> = {}, fleeting = false): Promise<Told> {
  const parts: Part[] = [...names].map((id) => ({ id, needs: [...(needs[id] ?? '')] }));
  const tried: string[] = [];
  const complaintOf = (together: readonly string[]) => {
    const found = conflicts.find((c) => c.every((id) => together.includes(id)));
    return found && { what: same(`${found.join('')} fails`), log: [found.join('')] };
  };
  const all = complaintOf([...names]);
  assert.ok(all, 'the whole plan has to fail first');
  const told = await sortOut(parts, all, {
    fleeting,
    attempt: async (more, holding) => {
      const together = [...holding, ...more];
      for (const id of together) for (const need of needs[id] ?? '') assert.ok(together.includes(need), `${id} was tried without ${need}`);
      tried.push(`${holding.join('')}+${more.join('')}`);
      return complaintOf(together);
    },
  });
  assert.deepEqual([...told.holds, ...told.along, ...told.guilty.map((g) => g.id)].sort(), [...names].sort());
  assert.equal(complaintOf(told.holds), undefined, 'what is kept does not hold');
  return { ...told, tried };
}

const guilty = (told: Told): string => told.guilty.map((g) => g.id + (g.beside.length > 0 ? `(${g.beside.join('')})` : '')).join(' ');

describe('the doctor', () => {
  it('finds one of eight in six attempts at most and keeps the seven', async () => {
    for (const bad of 'abcdefgh') {
      const told = await sorted('abcdefgh', [[bad]]);
      assert.equal(guilty(told), bad);
      assert.equal(told.holds.length, 7);
      assert.ok(told.tried.length <= 6, told.tried.join(' '));
      assert.deepEqual(told.guilty[0]?.complaint.log, [bad]);
    }
    assert.deepEqual((await sorted('abcdefgh', [['h']])).tried, ['+abcd', 'abcd+ef', 'abcdef+g']);
  });

  it('says how many attempts one that is alone to blame may take, and takes no more', async () => {
    for (let n = 2; n <= 12; n++) {
      const names = 'abcdefghijkl'.slice(0, n);
      const most = Math.max(...await Promise.all([...names].map(async (bad) => (await sorted(names, [[bad]], {}, true)).tried.length)));
      assert.ok(most <= attemptsFor(n) && attemptsFor(n) <= most + 2, `${n}: ${most} were made, ${attemptsFor(n)} were told`);
    }
  });

  it('needs one attempt for two choices where the second is guilty', async () => {
    assert.deepEqual((await sorted('ab', [['b']])).tried, ['+a']);
    assert.deepEqual((await sorted('ab', [['a']])).tried, ['+a', '+b']);
  });

  it('finds two that have nothing to do with each other', async () => {
    for (const [x, y] of ['ab', 'ah', 'dg', 'ef']) {
      const told = await sorted('abcdefgh', [[x!], [y!]]);
      assert.equal(guilty(told), `${x} ${y}`);
      assert.equal(told.holds.length, 6);
    }
  });

  it('drops the later one of a pair that only fails together, and keeps the largest rest', async () => {
    const told = await sorted('abcdef', [['b', 'e']]);
    assert.equal(guilty(told), 'e');
    assert.deepEqual(told.holds, [...'abcdf']);
    assert.deepEqual(told.guilty[0]?.complaint.log, ['be']);
  });

  it('names whom it fails beside, where it can be tried alone', async () => {
    assert.equal(guilty(await sorted('abcdef', [['b', 'e']], {}, true)), 'e(b)');
    assert.equal(guilty(await sorted('abcdef', [['a', 'b', 'f']], {}, true)), 'f(ab)');
    const alone = await sorted('abcd', [['c']], {}, true);
    assert.equal(guilty(alone), 'c');
    assert.equal(alone.tried.filter((t) => t === '+c').length, 1);
  });

  it('keeps nothing where all are guilty, and says why of each', async () => {
    const told = await sorted('abcd', [['a'], ['b'], ['c'], ['d']]);
    assert.deepEqual(told.holds, []);
    assert.equal(guilty(told), 'a b c d');
    assert.deepEqual(told.guilty.map((g) => g.complaint.log[0]), ['a', 'b', 'c', 'd']);
  });

  it('never tries one without what it needs, and leaves out what needs a guilty one', async () => {
    const told = await sorted('abcd', [['a']], { c: 'a', d: 'c' });
    assert.equal(guilty(told), 'a');
    assert.deepEqual([...told.along].sort(), ['c', 'd']);
    assert.deepEqual(told.holds, ['b']);
    const kept = await sorted('abcd', [['d']], { d: 'a' });
    assert.deepEqual([guilty(kept), kept.holds.join(''), kept.along], ['d', 'abc', []]);
  });

  it('does not go round where two need each other', async () => {
    const told = await sorted('abc', [['a']], { a: 'b', b: 'a' });
    assert.equal(guilty(told), 'a b');
    assert.deepEqual(told.holds, ['c']);
  });

  it('comes to an end, with a rest that holds, whatever fails beside what', async () => {
    // All ways in which three of five fail alone or in pairs.
    const names = 'abcde';
    for (let n = 1; n < 2 ** 10; n++) {
      const pairs = [...names].flatMap((x, i) => [...names].slice(i + 1).map((y) => [x, y])).filter((_, i) => (n >> i) & 1);
      const told = await sorted(names, pairs, { e: 'c' }, n % 2 === 0);
      assert.ok(told.tried.length <= 40, `${n}: ${told.tried.length} attempts`);
    }
  });

  it('ends where an attempt ends it', async () => {
    await assert.rejects(sortOut([{ id: 'a', needs: [] }, { id: 'b', needs: [] }], { what: same('x'), log: [] }, {
      fleeting: false,
      attempt: async () => {
        throw new Error('you stopped it');
      },
    }), /you stopped it/);
  });
});
