// Every command is shown before it runs: those of an undo stand above its question, as those of a plan do.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Stop } from '../../source/model/errors.ts';
import { same } from '../../source/model/text.ts';
import type { Change } from '../../source/model/change.ts';
import { call } from './helpers/call.ts';
import { finding, plan, result, run } from './helpers/world.ts';

const COMMANDS = [['docker', 'compose', '-p', 'shop', 'stop', 'web'], ['docker', 'tag', 'sha256:5a1f', 'shop-web'], ['install', '-m', '640', '/etc/my shop/env'], ['docker', 'run', '-e', 'DB_PASSWORD=hunter2hunter2', 'x']] as const;
const back = result({ ending: 'taken-back', verdicts: [] });
const edit = (path: string): Change => ({ kind: 'edit-file', path, hash: 'h', edits: [] });
const [A, B] = ['a'.repeat(12), 'b'.repeat(12)] as const;
const two = run({ plan: { ...plan([{ finding: A, risk: 'root-container', fix: 'numeric-user' }, { finding: B, risk: 'socket-mode', fix: 'group' }], [finding({ id: A }), finding({ id: B })]), ties: [{ finding: A, services: [], needs: [] }, { finding: B, services: [], needs: [] }], steps: [{ number: 1, change: edit('web'), because: [A] }, { number: 2, change: edit('worker'), because: [B] }] } });

describe('the commands of undo', () => {
  it('stand above the question, as they can be pasted, without secrets; with --yes, too', async () => {
    const asked: unknown[] = [];
    const world = { runs: [run()], result: back, onPaper: async (...of: unknown[]) => (asked.push(of), COMMANDS) };
    const { stderr, session } = await call(['undo'], { typed: ['n'], world });
    assert.match(stderr, /What stays[^]*\n\nCommands that run, in this order\n {2}docker compose -p shop stop web\n {2}docker tag sha256:5a1f shop-web\n {2}install -m 640 '\/etc\/my shop\/env'\n {2}docker run -e [^\n]*\n\n/);
    assert.doesNotMatch(stderr, /hunter2/);
    assert.deepEqual([asked, session.asked], [[['1', undefined]], []]);
    assert.match((await call(['undo', '--yes', '--lang', 'zh-CN'], { world })).stderr, /要运行的命令（按顺序）\n {2}docker compose/);
    // Where nobody is there to be asked, they are there to be read.
    assert.match((await call(['undo'], { world })).stderr, /Commands that run[^]*Nobody is there to be asked/);
  });

  it('are those of the part that was asked for, and of the whole where it can only go back whole', async () => {
    const asked: unknown[] = [];
    const onPaper = async (...of: unknown[]) => (asked.push(of), COMMANDS);
    await call(['undo', '--step', '2'], { typed: ['n'], world: { runs: [two], onPaper } });
    await call(['undo', '--step', '2'], { typed: ['n'], world: { runs: [run()], onPaper } });
    assert.deepEqual(asked, [['1', 2], ['1', undefined]]);
  });

  it('are none where only files go back, which is said', async () => {
    assert.match((await call(['undo'], { typed: ['n'], world: { runs: [run()], onPaper: async () => [] } })).stderr, /\nNo command runs: only files change\.\n\n/);
  });

  it('never stand in the way of the undo itself', async () => {
    const onPaper = async (): Promise<never> => Promise.reject(new Stop(same('Docker does not answer.'), []));
    const { code, stderr, session } = await call(['undo', '--yes'], { world: { runs: [run()], result: back, onPaper } });
    assert.deepEqual([code, session.asked], [0, ['undo 1']]);
    assert.doesNotMatch(stderr, /Commands that run|No command runs/);
  });
});
