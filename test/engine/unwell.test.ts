// What does not answer as before, once an undo is through: by name, with what it says and what may help; on the spot, and in the history.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { history } from '../../source/engine/journal.ts';
import { unwellOf } from '../../source/engine/unwell.ts';
import type { Vital } from '../../source/model/proof.ts';
import { afterUndo, undoneHead } from '../../source/report/undo-text.ts';
import { historyText } from '../../source/report/runs-text.ts';
import { memoryFiles } from '../../source/system/memory.ts';
import { machineOf } from '../helpers/case.ts';
import { plan } from '../cli/helpers/world.ts';

const PAGE: Vital = { service: 'proxy', what: 'GET / on 8080', before: '200 html', after: '502 html', result: 'WORSE' };
const SILENT: Vital = { service: 'worker', what: 'celery ping', before: 'pong', after: 'nothing', result: 'cannot-tell' };
const FINE: Vital = { service: 'web', what: 'state', before: 'running', after: 'running', result: 'same' };
const compose = 'services:\n  proxy:\n    image: nginx\n  worker:\n    image: w\n  web:\n    image: w\n';
const looks = { lang: 'en', columns: 200, paint: (_: unknown, words: string) => words } as const;

describe('a service that does not answer as before an undo', async () => {
  const machine = await machineOf({ 'compose.yaml': compose }, { containers: [{ service: 'proxy' }, { service: 'worker' }, { service: 'web' }] });
  const unwell = unwellOf([PAGE, { ...PAGE, what: 'state', before: 'running', after: 'stopped' }, SILENT, FINE], machine);

  it('is named once, with its answer and the command', () => {
    assert.deepEqual(unwell.map((one) => [one.service, one.said.en, one.command?.join(' ')]), [
      ['proxy', 'proxy: GET / answers 502, it was 200', 'docker restart case-proxy-1'],
      ['worker', 'worker does not answer since its broker was started anew; start it again, or its jobs may wait', 'docker restart case-worker-1'],
    ]);
    const head = undoneHead({ run: '4', exitCode: 3, vitals: [PAGE], unwell });
    assert.match(head.en, /^Run 4 is undone\. Not as before: proxy: GET \/ answers 502, it was 200; worker does not answer/);
    assert.match(head['zh-CN'], /^第 4 次运行已撤销。和之前不一样：proxy：GET \/ 返回 502，原来是 200；worker 在消息队列重启后没有应答/);
    assert.match(afterUndo({ run: '4', unwell })?.en ?? '', /To start proxy again: docker restart case-proxy-1\. To start worker again: docker restart case-worker-1/);
    assert.equal(afterUndo({ run: '4' }), undefined);
  });
  it('stands in the history, as long as nothing came after it', async () => {
    const files = memoryFiles({ '/case/compose.yaml': compose });
    const run = async (n: string, ...more: readonly object[]): Promise<void> => files.write(`/state/runs/${n}/journal.jsonl`, Buffer.from([{ t: 'run', run: n, root: '/case', name: 'case', at: '2026-11-23T01:00:00.000Z', plan: { ...plan([], []), root: '/case' } }, { t: 'step', step: 1, undo: {} }, { t: 'end', ending: 'applied', at: '' }, ...more].map((l) => `${JSON.stringify(l)}\n`).join('')));
    const undone = [{ t: 'taking-back', at: '' }, { t: 'taken-back', step: 1 }, { t: 'end', ending: 'undone', at: '', unwell }];
    await run('1', ...undone);
    const said = historyText(await history(files, '/state'), looks);
    assert.match(said, /When it was undone: proxy: GET \/ answers 502, it was 200/);
    assert.match(said, /To start proxy again: docker restart case-proxy-1/);
    await run('2', ...undone.slice(0, 2), { t: 'end', ending: 'undone', at: '' });
    assert.doesNotMatch(historyText(await history(files, '/state'), looks), /When it was undone/);
  });
});
