// Frames of the storyboard, row for row at 80x24, on its own made-up project. Where a row differs, it says why.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Container } from '../../source/model/container.ts';
import type { Process } from '../../source/model/process.ts';
import type { Given } from '../../source/tui/wizard.ts';
import { drive } from './drive.ts';
import { faults, frame } from './frame.tsx';
import { fakeMachine } from './fake-shop.ts';

const process = (pid: number, ppid: number, uid: number, title: string): Process => ({ pid, ppid, argv: [title], uid: { real: uid, effective: uid }, gid: { real: uid, effective: uid }, groups: [] });
const container = (service: string, ...processes: Process[]): Container => ({ id: service, name: `shop-${service}-1`, service, user: '', running: true, restarting: false, processes } as unknown as Container);
const containers = [container('redis', process(1, 0, 999, 'redis-server *:6379')), container('proxy', process(1, 0, 0, 'nginx: master process nginx'), process(7, 1, 33, 'nginx: worker process'))];
const RULE = '─'.repeat(80);

async function rows(keys: readonly string[], more: Partial<Given> = {}): Promise<readonly string[]> {
  const driven = await drive({ machine: { containers, blind: more.firstTime ? fakeMachine.blind : [] } }, { ...more, can: { edit: true, calls: true } });
  const all = frame(await driven.keys(...keys));
  assert.deepEqual(faults(all), []);
  return all;
}

describe('step 1, looking', () => {
  it('stands there row for row', async () => assert.deepEqual((await rows([], { firstTime: true })).slice(0, 19), [
    'harden-tui                                           shop   docker: this machine',
    RULE,
    '',
    ' Looking. This only reads: no file, image or container changes before you have',
    ' seen every diff and every command and said yes. Nothing leaves this machine.',
    '',
    ' ✓ Docker      engine 28.3, compose 2.38, local socket                    0.1 s',
    ' ✓ Project     compose.yaml: 5 services, 5 running                        0.2 s',
    ' ✓ Files       3 Dockerfiles, uwsgi.ini, nginx.conf, shop/tasks.py        0.1 s',
    ' ✓ Processes   11 in 5 containers, read through Docker                    0.4 s',
    ' ✓ Joining     process, container, service, the line that decides         0.1 s',
    '',
    " Left out, because it is not this project's",
    // "look at them too" there: they are listed with their owners, and never looked into (DECISIONS.md).
    '   7 containers of other projects                                  a  list them',
    '',
    ' Could not see',
    '   redis   pulled (redis:7): no Dockerfile here, only compose.yaml to change',
    '',
    ' First time here?  ? shows the keys of a screen, esc goes back, q leaves.',
  ]));
  it('lists what was left out by name, and folds it', async () => {
    const driven = await drive();
    assert.match(frame(await driven.keys('a')).join('\n'), /^ {5}c0 +blog\n.*^ {5}c6 +metrics$/ms);
    assert.doesNotMatch(frame(await driven.keys('a')).join('\n'), /metrics/);
  });
  it('counts the calls, and can be stopped', async () => {
    const held = await drive({ gate: () => new Promise(() => undefined) }, { can: { edit: true, calls: true } });
    assert.match(frame(held.store.get())[23]!, /c calls made \(1\) {2}esc stop/);
    assert.equal((await held.keys('esc')).left, 0);
  });
});

describe('step 2, findings', () => {
  it('stands there row for row in English', async () => assert.deepEqual(await rows(['enter']), [
    'harden-tui                                           shop   docker: this machine',
    RULE,
    ' 7 findings in 5 services, worst first. 8 more are low: l shows them.',
    '',
    '     severity  seen      what                                         where',
    ' ❯ 1 critical  running   Celery takes pickle, redis has no password   worker',
    '   2 high      running   web and worker run as root                   web worker',
    '   3 high      running   uWSGI socket is open to every user (666)     admin',
    '   4 high      running   uWSGI runs as root                           admin',
    '   5 high      running   redis has no password                        redis',
    '   6 medium    running   web listens on port 443 as root              web',
    '   7 medium    running   443 and 8080 are open to your network        web proxy',
    '',
    ' Why this one is first',
    ' Whoever can put a message into redis runs code in worker, as root. Today that',
    ' is any container on shop_default and any user of this machine. From outside,',
    ' redis cannot be reached.',
    // "The one task call here already fits." there: the reason why it is recommended stands here, as on the next screen.
    ' JSON only: 3 lines in shop/tasks.py. No message is waiting in redis (0).',
    '',
    ' Looks fine: redis steps down to uid 999 by itself; nginx in proxy keeps a root',
    ' master by design, its worker is uid 33.',
    ' 0 chosen, 7 open',
    RULE,
    ' enter open  f take recommended  s skip  i ignore  / find  p plan ? keys  q quit',
  ]));
  it('and in Chinese, counted in columns', async () => {
    const all = await rows(['enter'], { lang: 'zh-CN' });
    assert.equal(all[0], 'harden-tui                                                   shop   docker: 本机');
    // The column of places is as wide as what stands in it: two columns less there.
    assert.deepEqual(all.slice(2).map((row) => row.replace(/ {2,}/g, '  ')).filter((row) => row !== '' && row !== RULE), [
      ' 5 个服务，共 7 个问题，最严重的在前。另有 8 个低风险项，按 l 查看。',
      '  级别  依据  问题  位置',
      ' ❯ 1 严重  运行中  Celery 接受 pickle，redis 又没设密码  worker',
      '  2 高  运行中  web 和 worker 以 root 身份运行  web worker',
      '  3 高  运行中  uWSGI 套接字对所有用户开放（666）  admin',
      '  4 高  运行中  uWSGI 以 root 身份运行  admin',
      '  5 高  运行中  redis 没设密码  redis',
      '  6 中  运行中  web 以 root 身份监听 443 端口  web',
      '  7 中  运行中  443 和 8080 端口对局域网开放  web proxy',
      ' 为什么它排第一',
      ' 谁能往 redis 里放一条消息，谁就能在 worker 里以 root 身份执行代码。眼下，',
      ' shop_default 网络里的任何容器、本机的任何用户都能做到；外部连不到 redis。',
      ' 只用 JSON：改 shop/tasks.py 里的 3 行。redis 里没有等待中的消息（0）。',
      ' 没有问题的：redis 会自己降到 uid 999；proxy 里的 nginx 主进程用 root 是正常设',
      ' 计，它的工作进程是 uid 33。',
      ' 已选 0 个，待定 7 个',
      ' 回车 打开  f 按推荐修复  s 跳过  i 忽略  / 筛选  p 看方案  ? 按键  q 退出',
    ]);
  });
});

describe('steps 3 to 6, a finding', () => {
  it('says what it is, what was seen, which lines decide, and its ways', async () => {
    const all = await rows(['enter', 'j', 'j', 'enter']);
    assert.deepEqual(all.slice(2).filter((row) => row !== '' && row !== RULE), [
      ' high   seen running   socket-mode                                       3 of 7',
      // Row 1 holds the short title where the risk has one; here it has none.
      ' uWSGI socket is open to every user (666)',
      ' Whoever may connect to this socket is the admin app: a request can name a file',
      ' (UWSGI_FILE), and uWSGI loads it and runs it. Only nginx has business there.',
      ' Seen   /run/admin/admin.sock   srw-rw-rw- root root   in admin and proxy',
      ' From   admin/uwsgi.ini:7   chmod-socket = 666',
      ' Ways out',
      ' ❯ 1 660, nginx owns it    recommended',
      '   2 660, the app owns it  no root at start, but the app could open it again',
      '   3 A folder of its own   2750 on /run/admin as well: the name is hidden too',
      ' It costs      The owner of a file may change its mode. So nginx (33) owns the',
      '               socket and the app (10002) shares its group: an app that was',
      '               broken into cannot make it 666.',
      ' -chmod-socket = 666                                     admin/uwsgi.ini  +5 -1',
      ' +uid = 10002',
      ' 6 more lines: page keys, or d',
      ' enter choose  1-3  d diff  e longer  o open  s skip  i ignore  ? keys  esc back',
    ]);
  });
  it('has the same keys on its last row wherever it has ways', async () => {
    for (const [n, ways] of [[0, 3], [1, 6], [2, 3]] as const) {
      assert.equal((await rows(['enter', ...Array.from({ length: n }, () => 'j'), 'enter']))[23], ` enter choose  1-${ways}  d diff  e longer  o open  s skip  i ignore  ? keys  esc back`);
    }
  });
});
