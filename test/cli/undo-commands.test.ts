// Every command is shown before it runs: those of an undo stand above its question, as those of a plan do.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Stop } from '../../source/model/errors.ts';
import { same, text } from '../../source/model/text.ts';
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

  it('are folded where they would push away what comes back, and shown when they are asked for', async () => {
    const many = Array.from({ length: 23 }, (_, i) => ['docker', 'stop', `shop-web-${i}`]);
    const err: string[] = [];
    const at = async (rows: number, typed: readonly string[], words: readonly string[] = []) => {
      err.length = 0;
      const called = await call(['undo', ...words], { typed, world: { runs: [run()], result: back, onPaper: async () => many }, io: { stderr: { write: (said: string) => err.push(said), isTTY: true, rows } } });
      return { ...called, said: err.join('') };
    };
    const small = await at(24, ['n']);
    assert.doesNotMatch(small.said, /docker stop/);
    assert.deepEqual(small.questions, ['Take it back? [y/N], or c for the 23 commands: ']);
    const asked = await at(24, ['c', 'y']);
    assert.match(asked.said, /What comes back[^]*Commands that run, in this order\n {2}docker stop shop-web-0\n/);
    assert.deepEqual([asked.questions.at(-1), asked.session.asked], ['Take it back? [y/N] ', ['undo 1']]);
    assert.match((await at(60, ['n'])).said, /docker stop shop-web-22/, 'there is room');
    assert.match((await at(24, [], ['--yes'])).said, /docker stop shop-web-22/, 'nobody reads before it begins');
    assert.deepEqual((await at(24, ['n'], ['--lang', 'zh-CN'])).questions, ['要撤销吗？[y/N]，按 c 查看要运行的 23 条命令：']);
  });

  it('are all there is with --dry-run: nobody is asked, and nothing is changed', async () => {
    const { code, stderr, session, questions } = await call(['undo', '--dry-run'], { typed: [], world: { runs: [run()], onPaper: async () => COMMANDS } });
    assert.deepEqual([code, session.asked, questions], [0, [], []]);
    assert.match(stderr, /What comes back[^]*Commands that run[^]*\n\nNothing was changed\.\n$/);
  });

  it('never stand in the way of the undo itself', async () => {
    const onPaper = async (): Promise<never> => Promise.reject(new Stop(same('Docker does not answer.'), []));
    const { code, stderr, session } = await call(['undo', '--yes'], { world: { runs: [run()], result: back, onPaper } });
    assert.deepEqual([code, session.asked], [0, ['undo 1']]);
    assert.doesNotMatch(stderr, /Commands that run|No command runs/);
  });
});

describe('what an undo leaves', () => {
  const account = text('account mail', '账号 mail');
  const hand = { kind: 'by-hand' as const, services: ['mail'], words: text('stop mail and start it again', '停止 mail，再启动'), commands: [['kill', '4711'], ['cd', '/srv/my mail'], ['python3', 'mail.py']] };
  const left = { ...back, exitCode: 3, stays: [account], hand: [hand], remarks: [text('The account mail stays as long as process 4711 runs as it.', '进程 4711 还在用账号 mail，所以账号留着。')], rest: { names: [account], files: [], findings: [], steps: [] } };

  it('says what is left to a person, with its commands, and goes on when that is done', async () => {
    const { stderr, session, questions } = await call(['undo'], { typed: ['y', '', 'n'], world: { runs: [run()], result: left } });
    assert.match(stderr, /stays as long as process 4711 runs as it\.\nLeft to you\n {2}stop mail and start it again\n {4}kill 4711\n {4}cd '\/srv\/my mail'\n {4}python3 mail\.py\n\nRun 1 is undone in part: account mail stays\.\nOnce nothing stands in its way \(account mail\): harden-tui undo 1\n/);
    assert.match(questions[1] ?? '', /^Enter, when that is done, takes back the rest/);
    assert.deepEqual(session.asked, ['undo 1', 'undo 1']);
  });

  it('waits for nobody who is not there, and leaves it where that is said', async () => {
    assert.deepEqual((await call(['undo', '--yes'], { world: { runs: [run()], result: left } })).session.asked, ['undo 1']);
    const later = await call(['undo'], { typed: ['y', 'later'], world: { runs: [run()], result: left } });
    assert.deepEqual([later.code, later.session.asked], [3, ['undo 1']]);
  });

  it('is told in one way: what stays, what was kept aside, what does not answer', async () => {
    const said = async (over: Partial<typeof left>, lang = 'en'): Promise<string> => (await call(['undo', '--yes', ...(lang === 'en' ? [] : ['--lang', lang])], { world: { runs: [run()], result: result({ ending: 'taken-back', verdicts: [], exitCode: 3, ...over }) } })).stderr;
    assert.match(await said({ aside: [same('your build of shop-web')] } as Partial<typeof left>), /\nRun 1 is undone\. Kept beside it: your build of shop-web\.\n$/);
    const worse = { vitals: [{ ...result().vitals[0]!, after: '502 html', result: 'WORSE' as const }] } as Partial<typeof left>;
    assert.match(await said(worse), /\nRun 1 is undone\. web does not answer as before\.\n$/);
    assert.match(await said(worse, 'zh-CN'), /\n第 1 次运行已撤销。web 的应答和之前不一样。\n$/);
    assert.match(await said({ stuck: true } as Partial<typeof left>), /\nRun 1 is not wholly undone\.\nWhen that is out of the way: harden-tui undo 1\n$/);
  });
});
