import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { runToVerify } from '../../source/cli/words/verify.ts';
import { text } from '../../source/model/text.ts';
import { call } from './helpers/call.ts';
import { run, verified } from './helpers/world.ts';

const [proof] = verified().proofs;
const drifted = verified({
  exitCode: 3,
  proofs: [{ ...proof!, held: 'drifted', proof: text('web: 2 of 2 processes are still uid 0', 'web：2 个进程中仍有 2 个是 uid 0'), latest: { container: 'shop-web-1', at: '2026-11-23T09:00:00.000Z' } }],
  traces: [
    { held: 'drifted', step: 1, file: 'Dockerfile', what: text('Dockerfile is again as it was before the run', 'Dockerfile 又变回了运行之前的样子'), when: { is: 'written', at: '2026-11-23T08:58:00.000Z' } },
    { held: 'holds', what: text('web runs in another container', 'web 换了容器') },
  ],
});

describe('verify', () => {
  const runs = [run(), run({ run: '2', root: '/work/other' }), run({ run: '3', ending: 'undone' }), run({ run: '4', root: '/tmp/demo', folderGone: true })];

  it('takes the last run that stands: of the project one is in, else of all whose folder is there', () => {
    assert.equal(runToVerify(runs, undefined, '/work/shop').run, '1');
    assert.equal(runToVerify(runs, undefined, '/').run, '2');
    assert.equal(runToVerify(runs, '4', '/').run, '4');
    assert.throws(() => runToVerify(runs, '3', '/'), /Nothing of run 3 stands any more/);
    assert.throws(() => runToVerify(runs, '9', '/'), /There is no run 9/);
    assert.throws(() => runToVerify([], undefined, '/'), /There is no run that stands/);
  });

  it('says what holds and ends with 0', async () => {
    const { code, stdout, stderr, session } = await call(['verify'], { world: { runs: [run()] } });
    assert.deepEqual([code, stderr, session.asked], [0, '', ['verify 1']]);
    assert.match(stdout, /^still gone +web runs as root +web: 10001, 2 processes\n\nharden-tui: shop, run 1, proven 2026-11-22 14:32: 1 still gone\.\n$/);
  });

  it('says what drifted, between which moments, and what changed, and ends with 3', async () => {
    const { code, stdout } = await call(['verify', '1'], { world: { runs: [run()], verified: drifted } });
    assert.equal(code, 3);
    assert.match(stdout, /^drifted +web runs as root +web: 2 of 2 processes are still uid 0\n +since +after 2026-11-22 14:32, and by 2026-11-23\s+09:00, when shop-web-1 was started\n/);
    assert.match(stdout, /Changed since\n {2}drifted +Dockerfile is again as it was before the run \(last written\s+2026-11-23 08:58\)\n {2} +web runs in another container\n/);
    assert.match(stdout, /0 still gone, 1 drifted\.\nWhat to do about it now: harden-tui fix \/work\/shop\n/);
  });

  it('says the same in Chinese and as JSON', async () => {
    assert.match((await call(['verify', '--lang', 'zh-CN'], { world: { runs: [run()], verified: drifted } })).stdout, /^修复失效 .*\n.*在 2026-11-22 14:32 之后，不晚于/);
    const { code, stdout } = await call(['verify', '--format', 'json'], { world: { runs: [run()], verified: drifted } });
    assert.equal(code, 3);
    const { proofs, changes, exitCode } = JSON.parse(stdout) as { proofs: { held: string; after: string }[]; changes: { file?: string }[]; exitCode: number };
    assert.deepEqual([proofs[0]?.held, proofs[0]?.after, changes[0]?.file, exitCode], ['drifted', '2026-11-22T14:32:00.000Z', 'Dockerfile', 3]);
  });

  it('ends with 2 where there is nothing to verify', async () => {
    const { code, stdout, stderr } = await call(['verify'], { world: { runs: [] } });
    assert.deepEqual([code, stdout], [2, '']);
    assert.match(stderr, /nothing to verify\.\n {2}See what there is: harden-tui history/);
  });
});
