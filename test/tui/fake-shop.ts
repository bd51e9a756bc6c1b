// The findings of the storyboard's `shop`, made up for drawing screens: nothing here was inspected. The real ones come
// from the scenario of the same name.
import type { Confidence, Evidence, Finding, Severity } from '../../source/model/finding.ts';
import type { Machine } from '../../source/model/machine.ts';
import { same, text, type Text } from '../../source/model/text.ts';

const place = (file: string, line: number): Evidence['place'] => ({ file, line, start: 0, end: 1, column: 1, endLine: line, endColumn: 2 });
const at = (file: string, line: number, words: string, note?: Text): Evidence => ({ place: place(file, line), words, ...(note ? { note } : {}) });

interface Made {
  id: string;
  risk: string;
  severity: Severity;
  confidence?: Confidence;
  title: Text;
  why: Text;
  where: readonly string[];
  seen?: readonly Text[];
  from?: readonly Evidence[];
}

const made = ({ id, risk, severity, confidence = 'seen', title, why, where, seen = [], from = [] }: Made): Finding => ({
  id, risk, severity, confidence, title, why, seen, from,
  subjects: where.map((name) => ({ kind: 'service', name })),
  places: from.map((one) => one.place),
  chain: [{ kind: 'process', label: `${where[0]} pid 31521` }, { kind: 'container', label: `shop-${where[0]}-1` }, { kind: 'service', label: where[0]! }, ...(from[0] ? [{ kind: 'config' as const, label: from[0].place.file, file: from[0].place.file, line: from[0].place.line }] : [])],
  detail: {},
});

const main: readonly Finding[] = [
  made({
    id: 'F1', risk: 'pickle-serializer', severity: 'critical', where: ['worker'],
    title: text('Celery takes pickle, redis has no password', 'Celery 接受 pickle，redis 又没设密码'),
    why: text(
      'Whoever can put a message into redis runs code in worker, as root. Today that is any container on shop_default and any user of this machine. From outside, redis cannot be reached.',
      '谁能往 redis 里放一条消息，谁就能在 worker 里以 root 身份执行代码。眼下，shop_default 网络里的任何容器、本机的任何用户都能做到；外部连不到 redis。',
    ),
    seen: [text('worker: celery, 3 processes, uid 0. redis answers without a password.', 'worker：celery，3 个进程，uid 0。redis 不要密码就应答。')],
    from: [
      at('shop/tasks.py', 7, 'accept_content=["pickle", "json"]'),
      at('shop/tasks.py', 5, 'task_serializer="pickle"', text('line 6: results too', '第 6 行：结果也是')),
      at('compose.yaml', 15, 'C_FORCE_ROOT: "1"', text('without it Celery refuses this', '没有它 Celery 会拒绝启动')),
    ],
  }),
  made({
    id: 'F2', risk: 'root-container', severity: 'high', where: ['web', 'worker'],
    title: text('web and worker run as root', 'web 和 worker 以 root 身份运行'),
    why: text('web and worker come from one Dockerfile, and it names no user. A hole in the app is then root in its container: it can rewrite the code and /etc/passwd.', 'web 和 worker 出自同一个 Dockerfile，里面没写用户。应用一有漏洞，就是容器里的 root：代码和 /etc/passwd 都能改写。'),
    seen: [text('web: gunicorn, 2 processes, uid 0.  worker: celery, 3 processes, uid 0.', 'web：gunicorn，2 个进程，uid 0。worker：celery，3 个进程，uid 0。')],
    from: [at('Dockerfile', 1, 'FROM python:3.11-slim', text('no USER here, none in the base', '这里没有 USER，基础镜像也没有'))],
  }),
  made({
    id: 'F3', risk: 'socket-mode', severity: 'high', where: ['admin'],
    title: text('uWSGI socket is open to every user (666)', 'uWSGI 套接字对所有用户开放（666）'),
    why: text('Whoever may connect to this socket is the admin app: a request can name a file (UWSGI_FILE), and uWSGI loads it and runs it. Only nginx has business there.', '谁能连上这个套接字，谁就等于 admin 应用：请求里可以指定文件（UWSGI_FILE），uWSGI 会加载并执行它。只有 nginx 有必要连它。'),
    seen: [text('/run/admin/admin.sock   srw-rw-rw- root root   in admin and proxy', '/run/admin/admin.sock   srw-rw-rw- root root   在 admin 和 proxy 里')],
    from: [at('admin/uwsgi.ini', 7, 'chmod-socket = 666')],
  }),
  made({ id: 'F4', risk: 'uwsgi-root', severity: 'high', where: ['admin'], title: text('uWSGI runs as root', 'uWSGI 以 root 身份运行'), why: text('The app is root in its container.', '应用就是容器里的 root。'), from: [at('admin/uwsgi.ini', 1, '[uwsgi]')] }),
  made({ id: 'F5', risk: 'broker-no-auth', severity: 'high', where: ['redis'], title: text('redis has no password', 'redis 没设密码'), why: text('Any container on shop_default can read and write it.', 'shop_default 网络里的任何容器都能读写它。'), from: [at('compose.yaml', 18, 'redis:')] }),
  made({
    id: 'F6', risk: 'privileged-port', severity: 'medium', where: ['web'], title: text('web listens on port 443 as root', 'web 以 root 身份监听 443 端口'),
    why: text('The low port is why web was started as root. It need not be: the port outside and the port inside are two different things.', '用了低端口，web 才要以 root 身份启动。其实不必：外面的端口和里面的端口是两回事。'),
    from: [at('Dockerfile', 6, 'EXPOSE 443'), at('Dockerfile', 7, 'CMD ["gunicorn", "-b", "0.0.0.0:443", "--certfile", "/tls/dev.crt", "--keyfile", "/tls/dev.key", "shop.web:app"]')],
  }),
  made({ id: 'F7', risk: 'exposed-port', severity: 'medium', where: ['web', 'proxy'], title: text('443 and 8080 are open to your network', '443 和 8080 端口对局域网开放'), why: text('Every machine of your network can reach them.', '局域网里的每台机器都连得到。') }),
];

const low = (n: number): Finding => made({ id: `L${n}`, risk: 'writable-rootfs', severity: n % 2 ? 'low' : 'info', confidence: 'declared', where: ['web'], title: text(`A low thing, number ${n}`, `第 ${n} 个低风险项`), why: text('It is low.', '风险低。') });

export const fakeFindings: readonly Finding[] = [...main, ...Array.from({ length: 8 }, (_, i) => low(i + 1))];

const service = (name: string) => ({ name, containers: [`${name}-id`] });

export const fakeMachine: Machine = {
  root: '/home/me/shop', name: 'shop', files: new Map(),
  docker: { id: 'D1', engine: '28.3', api: '1.41', endpoint: 'unix:///var/run/docker.sock', remote: false, compose: '2.38', userns: false, rootless: false, desktop: false, cgroup: '1' },
  services: ['web', 'worker', 'redis', 'admin', 'proxy'].map(service),
  containers: [], images: [], host: { processes: [], listeners: [], sockets: [] }, processSource: 'docker',
  elsewhere: Array.from({ length: 7 }, (_, i) => ({ kind: 'container', name: `c${i}`, owner: i < 4 ? 'blog' : 'metrics' })),
  blind: [{ what: 'redis', why: text('pulled (redis:7): no Dockerfile here, only compose.yaml to change', '拉取的镜像（redis:7）：这里没有 Dockerfile，只能改 compose.yaml'), remedy: same('') }],
};
