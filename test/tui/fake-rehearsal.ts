// The rehearsals of the storyboard: 8 holds, 8b breaks. Made up for drawing screens; the engine's own are shown elsewhere.
import type { Compared, Rehearsal, Shown } from '../../source/model/rehearsal.ts';
import { same, text, type Text } from '../../source/model/text.ts';

const row = (service: string, what: string | Text, asIs: string | Text, asPlanned: string | Text, result: Compared['result']): Compared => {
  const said = (one: string | Text): Text => (typeof one === 'string' ? same(one) : one);
  return { service, what: said(what), asIs: said(asIs), asPlanned: said(asPlanned), result };
};

const runsAs = text('runs as', '运行身份');
const bare = (uid: number): Text => text(`${uid}, no capabilities`, `${uid}，没有能力位`);

export const HOLDS: Rehearsal = {
  outcome: 'holds', ms: 12_000, buildMs: 41_000,
  rows: [
    row('web', runsAs, 'root', bare(10001), 'gone'),
    row('web', text('listens on', '监听'), '443', '8443', 'gone'),
    row('web', 'GET /', '200 json', '200 json', 'same'),
    row('web', text('writes /app/media', '写 /app/media'), text('yes', '可以'), text('yes', '可以'), 'same'),
    row('worker', runsAs, 'root', bare(10001), 'gone'),
    row('worker', text('a pickled message', 'pickle 消息'), text('was read', '被读取'), text('refused', '被拒绝'), 'gone'),
    row('worker', text('a JSON message', 'JSON 消息'), text('was read', '被读取'), text('was read', '被读取'), 'same'),
    row('admin', runsAs, 'root', bare(10002), 'gone'),
    row('admin', text('socket', '套接字'), '666 root root', '660 33 10002', 'gone'),
    row('admin', text('a stranger, 65534', '外人 65534'), text('got in', '进去了'), text('permission denied', '没有权限'), 'gone'),
    row('proxy', text('GET / by nginx', 'nginx 的 GET /'), '200 html', '200 html', 'same'),
    row('redis', 'PING', 'PONG', 'PONG', 'same'),
  ],
  untried: [text('your tasks with real data, POST /upload, a log-in.', '带真实数据的任务、POST /upload、登录。')],
};

const gone = (finding: string, en: string, zh: string): Shown => ({ finding, title: text(en, zh), outcome: 'gone' });

/** With what became of the findings, and proofs that have no room in the table. */
export const FOUND: Rehearsal = {
  ...HOLDS,
  rows: HOLDS.rows.flatMap((one) => (one.service === 'worker' && one.what.en === 'runs as' ? [
    { ...one, findings: ['F2'] },
    { ...row('worker', text('Celery takes pickle', 'Celery 接受 pickle'), text('worker itself says: pickle, json, and nothing that anybody signed', 'worker 自己说：pickle、json，没有任何一条带签名'), text('worker itself says: json, nothing else', 'worker 自己说：只有 json'), 'gone'), findings: ['F1'] },
  ] : one.service === 'web' && one.what.en === 'runs as' ? [{ ...one, findings: ['F2'] }] : [one])),
  findings: [
    gone('F1', 'Celery takes pickle', 'Celery 接受 pickle'), gone('F2', 'web, worker as root', 'web、worker 以 root 身份运行'), gone('F3', 'uWSGI socket is open', 'uWSGI 套接字对所有人开放'),
    gone('F4', 'uWSGI as root', 'uWSGI 以 root 身份运行'), { ...gone('F6', 'port 443 as root', '以 root 身份监听 443 端口'), outcome: 'cannot-tell' },
  ],
};

export const BREAKS: Rehearsal = {
  outcome: 'breaks', ms: 9000, buildMs: 30_000,
  rows: [
    row('web', runsAs, 'root', bare(10001), 'gone'),
    row('web', 'GET /', '200 json', '200 json', 'same'),
    row('web', text('writes /app/media', '写 /app/media'), text('yes', '可以'), text('no', '不可以'), 'WORSE'),
    row('admin', runsAs, 'root', bare(10002), 'gone'),
  ],
  breakage: {
    service: 'web', what: text('web was asked to write a file there and answered', '让 web 在那里写一个文件，它回答'),
    log: ["PermissionError: [Errno 13] Permission denied: 'media/8db2f567-1c2d.bin'"],
    means: text("the folder and its 23 files are root's. 10001 may read them, not write. Pages would look fine, every upload would fail.", '这个目录和里面的 23 个文件都属于 root。10001 能读不能写：页面看着正常，每次上传都会失败。'),
  },
  untried: [],
};

export const UNKNOWN: Rehearsal = {
  outcome: 'cannot-tell', ms: 20_000, buildMs: 1000, why: text('redis did not start in the copy either.', 'redis 的副本也没有启动。'),
  rows: [row('web', 'GET /', '200 json', '200 json', 'same'), row('redis', 'PING', text('no answer', '没有响应'), text('no answer', '没有响应'), 'cannot-tell')],
  untried: [],
};
