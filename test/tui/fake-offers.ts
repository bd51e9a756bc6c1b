// Ways out of the made-up findings: titles, prices and diffs of the storyboard.
import type { FileDiff, Offer } from '../../source/engine/session.ts';
import type { Finding } from '../../source/model/finding.ts';
import { same, text, type Text } from '../../source/model/text.ts';

function diff(path: string, body: string): FileDiff {
  const rows = body.split('\n');
  const count = (mark: string) => rows.filter((row) => row.startsWith(mark)).length;
  return { path, patch: `diff --git a/${path} b/${path}\n--- a/${path}\n+++ b/${path}\n${body}\n`, added: count('+'), removed: count('-') };
}

export const fakeDiffs: readonly FileDiff[] = [
  diff('Dockerfile', `@@ -3,6 +3,9 @@
 COPY requirements.txt .
 RUN pip install --no-cache-dir -r requirements.txt
 COPY . .
-EXPOSE 443
-CMD ["gunicorn", "-b", "0.0.0.0:443", "--certfile", "/tls/dev.crt", \\
+RUN groupadd -g 10001 app && useradd -u 10001 -g app -d /app app \\
+    && mkdir -p media && chown app:app media
+USER 10001:10001
+EXPOSE 8443
+CMD ["gunicorn", "-b", "0.0.0.0:8443", "--certfile", "/tls/dev.crt", \\
      "--keyfile", "/tls/dev.key", "shop.web:app"]`),
  diff('compose.yaml', `@@ -2,7 +2,7 @@
   web:
     build: .
     ports:
-      - "443:443"
+      - "443:8443"
     volumes:
       - media:/app/media
       - ./tls:/tls:ro
@@ -11,8 +11,6 @@
   worker:
     build: .
     command: celery -A shop.tasks worker
-    environment:
-      C_FORCE_ROOT: "1"
     depends_on: [redis]
 
   redis:`),
  diff('admin/uwsgi.ini', `@@ -4,6 +4,10 @@
 master = true
 processes = 2
 socket = /run/admin/admin.sock
-chmod-socket = 666
+uid = 10002
+gid = 10002
+; owner is nginx: an owner may change the mode, the app may not
+chown-socket = 33:10002
+chmod-socket = 660
 vacuum = true
 die-on-term = true`),
  diff('shop/tasks.py', `@@ -2,9 +2,9 @@
 
 app = Celery("shop", broker="redis://redis/0", backend="redis://redis/1")
 app.conf.update(
-    task_serializer="pickle",
-    result_serializer="pickle",
-    accept_content=["pickle", "json"],
+    task_serializer="json",
+    result_serializer="json",
+    accept_content=["json"],
 )
 
 `),
];

const of = (...paths: readonly string[]): readonly FileDiff[] => fakeDiffs.filter((one) => paths.includes(one.path));

const way = (fix: string, title: Text, price: Text, more: Partial<Offer> = {}): Offer => ({ fix, title, price, safety: 'review', recommended: false, diffs: [], words: same(''), ...more });

const along = (label: string, en: string, zh: string) => ({ label, text: text(en, zh) });

const proposal = (rows: readonly { label: string; text: Text }[]): Pick<Offer, 'proposal'> => ({ proposal: { changes: [], rebuild: [], replace: [], proofs: [], along: rows } });

const ways: Readonly<Record<string, readonly Offer[]>> = {
  F1: [
    way('json-only', text('JSON only', '只用 JSON'), text('task arguments and results must be JSON: no objects, no sets.', '任务参数和结果必须是 JSON：不能有对象和集合。'), { recommended: true, because: text('no message is waiting in redis (0)', 'redis 里没有等待中的消息（0）'), diffs: of('shop/tasks.py'), ...proposal([along('1 call', 'shop/web.py:18     thumbnail.delay(name)  name is a str', 'shop/web.py:18     thumbnail.delay(name)  name 是 str'), along('1 result', 'shop/tasks.py:13   a str', 'shop/tasks.py:13   是 str')]) }),
    way('drain-first', text('JSON in two steps', '分两步换成 JSON'), text('goes on reading pickle until the queue is empty', '队列清空之前仍然读取 pickle'), { diffs: of('shop/tasks.py') }),
    way('signed', text('Signed messages', '签名消息'), text('keys on both sides: proves who sent it, hides nothing', '两边都要密钥：能证明是谁发的，但不加密'), { refused: text('openssl is not in the image of worker', 'worker 的镜像里没有 openssl') }),
  ],
  F2: [
    way('named-user', text('A user of its own', '专用用户'), text('One line more; the image needs groupadd or addgroup.', '多一行；镜像里要有 groupadd 或 addgroup。'), {
      recommended: true, because: text('Celery looks for a group that has a name', 'Celery 要找有名字的组'), diffs: of('Dockerfile', 'compose.yaml'),
      ...proposal([
        along('volume media', "23 files of root; they will be 10001's", '23 个属于 root 的文件，将归 10001'),
        along('/app', "code; stays root's, so the app cannot change itself", '代码，仍归 root，应用改不了自己'),
        along('./tls', 'your folder, read only; 10001 can read it, not touched', '你的目录，只读；10001 读得到，不改动'),
        along('docker exec', 'will be 10001; for apt or pip inside add  -u 0', '进去就是 10001；要在里面跑 apt 或 pip，加 -u 0'),
      ]),
    }),
    way('numeric-user', text('A bare number', '只用数字'), text('10001 without an entry: HOME is /, name look-ups fail', '10001 没有账户：HOME 是 /，查不到用户名'), { diffs: of('Dockerfile') }),
    way('step-down', text('Step down at start', '启动时降权'), text('mends old volumes itself; docker exec stays root', '自己修好旧卷；docker exec 仍是 root'), { diffs: of('Dockerfile'), proposal: { changes: [], rebuild: [], replace: [], proofs: [], mends: true } }),
    way('compose-user', text('user: in compose', 'compose 里写 user:'), text('only here: the image stays root for everyone else', '只管这里：镜像对别人仍是 root'), { diffs: of('compose.yaml') }),
    way('random-uid', text('Any number', '任意数字'), text('group 0 may write: for clusters that pick the uid', '组 0 可写：给自己指定 uid 的集群用'), { diffs: of('Dockerfile') }),
    way('userns-remap', same('userns-remap'), text('moves every image on this machine', '本机所有镜像都要搬家'), { safety: 'by-hand', words: text('Set `"userns-remap": "default"` in daemon.json:\n\n```json\n{ "userns-remap": "default" }\n```\n\n- every image is pulled again\n- volumes move', '在 daemon.json 里设置 `"userns-remap": "default"`：\n\n```json\n{ "userns-remap": "default" }\n```\n\n- 所有镜像要重新拉取\n- 卷会搬家') }),
  ],
  F3: [
    way('group-socket', text('660, nginx owns it', '660，归 nginx'), text('The owner of a file may change its mode. So nginx (33) owns the socket and the app (10002) shares its group: an app that was broken into cannot make it 666.', '文件的属主可以改权限。所以套接字归 nginx（33），应用（10002）只同组：应用被攻破，也改不回 666。'), { recommended: true, diffs: of('admin/uwsgi.ini') }),
    way('app-socket', text('660, the app owns it', '660，归应用'), text('no root at start, but the app could open it again', '启动时不用 root，但应用可以再把它打开'), { diffs: of('admin/uwsgi.ini') }),
    way('private-directory', text('A folder of its own', '单独的目录'), text('2750 on /run/admin as well: the name is hidden too', '/run/admin 也设成 2750：连名字都看不到'), { diffs: of('admin/uwsgi.ini') }),
  ],
  F4: [way('uid-gid', text('uid and gid', 'uid 和 gid'), text('uWSGI starts as root and steps down.', 'uWSGI 以 root 身份启动，然后降权。'), { recommended: true, diffs: of('admin/uwsgi.ini') })],
  F5: [way('firewall', text('A firewall', '防火墙'), text('outside the project', '在项目之外'), { safety: 'by-hand', words: text('An allow-list on the host.', '在宿主机上设允许名单。') })],
  F6: [way('high-port', text('8443 inside, 443 outside', '里面 8443，外面 443'), text('https://localhost stays as it is', 'https://localhost 不变'), { recommended: true, diffs: of('Dockerfile', 'compose.yaml') })],
};

export const fakeOffers = (finding: Finding): readonly Offer[] => ways[finding.id] ?? [];
