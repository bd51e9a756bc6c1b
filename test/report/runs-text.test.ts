import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { painter } from '../../source/report/paint.ts';
import type { Looks } from '../../source/report/pretty-finding.ts';
import { resultText } from '../../source/report/result-text.ts';
import { canBeUndone, historyText } from '../../source/report/runs-text.ts';
import { undoneText, undoText } from '../../source/report/undo-text.ts';
import { text } from '../../source/model/text.ts';
import { finding, plan, result, run } from '../cli/helpers/world.ts';

const looks: Looks = { lang: 'en', paint: painter(false), columns: 80 };
const zh: Looks = { ...looks, lang: 'zh-CN' };
const made = plan([{ finding: 'aaaaaaaaaaaa', risk: 'root-container', fix: 'numeric-user' }], [finding()]);

describe('how applying ended', () => {
  it('names every verdict with its proof, what changed and the way back', () => {
    assert.equal(resultText(made, result(), looks), [
      'gone         web runs as root  web: 10001, 2 processes', '',
      'harden-tui: shop, run 1. 1 gone, 0 left, 1 of 1 answer as before; web was away 3.4 s.',
      'Changed, not committed: Dockerfile', 'Take it back: harden-tui undo', '',
    ].join('\n'));
  });
  it('never leaves "cannot tell" out', () => {
    const unsure = result({ exitCode: 3, verdicts: [{ ...result().verdicts[0]!, outcome: 'cannot-tell' }] });
    assert.match(resultText(made, unsure, looks), /^Cannot tell: web runs as root\.$/m);
  });
  it('says written, not verified, of files alone', () => assert.match(resultText(made, result({ verdicts: [] }), looks, true), /run 1: files written, not verified; of 1 risk we cannot tell\.[^]*To see what it came to, build and start it, then: harden-tui scan/));
  it('tells a failure in the order of the storyboard: what failed, what was said, that all is back, what answers', () => {
    const failed = result({ ending: 'taken-back', exitCode: 3, verdicts: [], failure: { what: text('web exited with code 1 after the change.', 'web 没能运行。'), log: ['PermissionError: \u001b[31m/var/hut', 'DB_PASSWORD=hunter2'], step: 3 } });
    assert.equal(resultText(made, failed, looks), [
      'Failed  Step 3: web exited with code 1 after the change.', '', 'What was said', '  PermissionError: /var/hut', '  DB_PASSWORD=[secret]', '',
      'Everything was taken back. shop runs as before.', 'Answers again: web GET / 200 json; web was away 3.4 s', '',
    ].join('\n'));
    assert.match(resultText(made, failed, zh), /已全部还原。shop 和之前一样运行。/);
  });
  it('does not say that everything is back when it is not', () => {
    const stuck = result({ ending: 'taken-back', exitCode: 3, verdicts: [], remarks: [text('Step 2 could not be taken back: gone', '第 2 步无法还原')] });
    const shown = resultText(made, stuck, looks);
    assert.match(shown, /Not everything could be taken back:\n {2}Step 2 could not/);
    assert.doesNotMatch(shown, /Everything was taken back/);
  });
  it('says that nothing was started', () => assert.match(resultText(made, result({ ending: 'nothing-started', exitCode: 2, verdicts: [], vitals: [] }), looks), /Nothing was started, nothing is changed\./));
});

describe('a run that is to be taken back', () => {
  it('says which run, what goes back, what comes back with it and what stays', () => {
    const shown = undoText(run(), looks);
    for (const words of ['Run 1 of 22 November, 14:32, in shop: 1 risk gone.', '1 file', 'Dockerfile', 'shop-web: the old one was kept', 'web; away for some seconds', 'What comes back  web runs as root', 'What stays']) assert.ok(shown.includes(words), `${words}\nis not in\n${shown}`);
    assert.match(undoText(run(), zh), /2026-11-22 14:32 的第 1 次运行，项目 shop：1 个问题已消除。/);
  });
  it('says how long it was away when it was applied, and the folder where one stands elsewhere', () => {
    const away = run({ away: { web: 3_200 } });
    assert.match(undoText(away, looks), /web; away for about 4 s/);
    assert.match(undoText(away, looks, undefined, '/home/me'), /^\/work\/shop$/m);
    assert.doesNotMatch(undoText(away, looks, undefined, '/work/shop/web'), /^\/work\/shop$/m);
  });
  it('names the risks where a run of files alone kept no titles, and claims none to come back', () => {
    const shown = undoText(run({ verdicts: [], plan: { ...made, findings: [] } }), looks);
    assert.match(shown, /in shop: files written, not verified; of 1 risk we cannot tell\.[^]*Cannot tell {6}root-container: never proven gone/);
    assert.doesNotMatch(shown, /What comes back/);
  });
  it('says that an unfinished one was cut short', () => assert.match(undoText(run({ ending: 'unfinished' }), looks), /cut short, nothing proven\. What had begun is taken back/));
  it('is one that was applied, or that a crash cut short', () => {
    const endings = ['applied', 'unfinished', 'undone', 'taken-back', 'nothing-started', 'interrupted'] as const;
    assert.deepEqual(endings.filter((ending) => canBeUndone(run({ ending }))), ['applied', 'unfinished']);
  });
  it('ends with what answers, and with what stood in the way', () => {
    assert.equal(undoneText(run(), result(), looks), 'Run 1 is undone. Its plan is kept: harden-tui history\nTo do the same anew: harden-tui fix --finish 1\n');
    assert.match(undoneText(run(), result({ exitCode: 3, remarks: [text('The old image is gone.', '旧镜像没了。')] }), looks), /The old image is gone\.\nRun 1 is not wholly undone/);
  });
});

describe('proofs', () => {
  const title = text('gunicorn in tickets runs its workers as root', 'tickets 里 gunicorn 的工作进程以 root 身份运行');
  const proof = text('tickets: 2 workers, 10001:33, master root, and a socket that only nginx opens', 'tickets：2 个工作进程，10001:33，主进程 root，套接字只有 nginx 打得开');
  const told = (columns: number, lang: 'en' | 'zh-CN', named = title): readonly string[] => resultText(made, result({ verdicts: [{ ...result().verdicts[0]!, title: named, proof }] }), { ...looks, lang, columns }).split('\n\n')[0]!.split('\n');
  it('stand under their title where beside it they would have no room', () => {
    assert.deepEqual(told(80, 'en'), ['gone         gunicorn in tickets runs its workers as root', '               tickets: 2 workers, 10001:33, master root, and a socket that only', '               nginx opens']);
    assert.deepEqual(told(80, 'zh-CN'), ['已消除       tickets 里 gunicorn 的工作进程以 root 身份运行', '               tickets：2 个工作进程，10001:33，主进程 root，套接字只有 nginx 打', '               得开']);
  });
  it('stand beside it where there is room', () => {
    assert.equal(told(160, 'en', text('short', '短'))[0], 'gone         short  tickets: 2 workers, 10001:33, master root, and a socket that only nginx opens');
  });
});

describe('history', () => {
  it('says of every name what it is, and of a volume the name that compose.yaml has for it', () => {
    const mount = { service: 'web', image: 'shop-web', uid: 10001, gid: 33 };
    const both = run({ name: 'shop', root: '/work/shop', plan: { ...made, steps: [
      ...made.steps.slice(0, 2),
      ...([{ kind: 'own-mount', ...mount, mount: { type: 'volume', source: 'shop_media' } }, { kind: 'set-folder', ...mount, mode: 0o755, mount: { type: 'volume', source: 'shop_sock' } }, { kind: 'own-mount', ...mount, mount: { type: 'bind', source: '/work/shop/uploads' } }] as const).map((change, i) => ({ number: 7 + i, change, because: [] })),
    ] as unknown as typeof made.steps } });
    assert.match(historyText([both], looks).replace(/\s+/g, ' '), /changed file Dockerfile; image shop-web; volumes media, sock; folder \.\/uploads/);
    assert.match(historyText([both], zh).replace(/\s+/g, ' '), /改动 文件 Dockerfile；镜像 shop-web；卷 media、sock；目录 \.\/uploads/);
  });
  it('has the newest run first, with what it changed and how that was proven', () => {
    const shown = historyText([run(), run({ run: '2', ending: 'undone' })], looks);
    assert.ok(shown.indexOf('  2  ') < shown.indexOf('  1  '));
    for (const words of ['applied', 'undone', 'root-container (numeric-user)', 'file Dockerfile; image shop-web', 'web runs as root: web: 10001, 2 processes']) assert.ok(shown.includes(words), `${words}\nis not in\n${shown}`);
  });
  it('says which run was cut off and is back, and which one is being worked on', () => {
    assert.match(historyText([run({ ending: 'cut-off' })], looks), /cut off, and taken back by itself/);
    assert.match(historyText([run({ ending: 'cut-off' })], zh), /中途被切断，已自动还原/);
    const going = historyText([run({ ending: 'unfinished', by: '4711' })], looks);
    assert.match(going, /going on, process 4711/);
    assert.doesNotMatch(going, /harden-tui undo/);
  });
  it('offers to finish an unfinished run, and says why it did not go back by itself', () => {
    const shown = historyText([run({ run: '4', ending: 'unfinished', tried: text('Docker does not answer.', 'Docker 没有响应。') })], looks);
    assert.match(shown, /Taking it back was tried: Docker does not answer\./);
    assert.match(shown, /harden-tui fix --finish 4 --yes/);
  });
  it('says what the plan of the last run is good for, where it went back', () => {
    const shown = historyText([run({ ending: 'undone' }), run({ run: '2', ending: 'undone' }), run({ run: '3', root: '/work/other', ending: 'taken-back' })], looks);
    assert.deepEqual([...shown.matchAll(/To do the same anew: harden-tui fix --finish (\d)/g)].map(([, n]) => n), ['3', '2']);
  });
  it('says how to take back an unfinished run', () => assert.match(historyText([run({ run: '4', ending: 'unfinished' })], looks), /harden-tui undo 4/));
  it('says that there is none', () => assert.match(historyText([], looks), /No run is kept here/));
});
