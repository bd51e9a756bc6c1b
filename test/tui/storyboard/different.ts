// Where a frame of the real program is not the storyboard's, and why. What is not named here stands there word for word, and
// column for column.
import { DIFFERENT_AFTER, type FrameAfter } from './different-after.ts';

export type FrameName = FrameAfter | 'looking' | 'findings' | 'findings.zh-CN' | 'celery' | 'root' | 'port' | 'socket';

export interface Different {
  /** Rows of the storyboard, one after the other. */
  readonly there: readonly string[];
  /** What stands in their place. */
  readonly here: readonly string[];
  readonly why: string;
}

const LIST = [
  '     级别  依据    问题                                             位置',
  ' ❯ 1 严重  运行中  Celery 接受 pickle，redis 又没设密码             worker',
  '   2 高    运行中  web 和 worker 以 root 身份运行                   web worker',
  '   3 高    运行中  uWSGI 套接字对所有用户开放（666）                admin',
  '   4 高    运行中  uWSGI 以 root 身份运行                           admin',
  '   5 高    运行中  redis 没设密码                                   redis',
  '   6 中    运行中  web 以 root 身份监听 443 端口                    web',
  '   7 中    运行中  443 和 8080 端口对局域网开放                     web proxy',
];

export const DIFFERENT: { readonly [N in FrameName]: readonly Different[] } = {
  ...DIFFERENT_AFTER,
  looking: [
    {
      there: [' ✓ Files       3 Dockerfiles, uwsgi.ini, nginx.conf, shop/tasks.py        0.1 s'],
      here: [' ✓ Files       4 Dockerfiles, uwsgi.ini, nginx.conf, shop/tasks.py        0.1 s'],
      why: 'redis:7 cannot be had in every place, so the scenario builds its redis, too',
    },
    {
      there: [' ✓ Processes   11 in 5 containers, read through Docker                    0.4 s', ' ⠹ Joining     process, container, service, the line that decides         0.1 s'],
      here: [' ✓ Processes   11 in 5 containers, read in /proc                          0.4 s', ' ✓ Joining     process, container, service, the line that decides         0.1 s'],
      why: 'root on this machine reads /proc itself; and the frame is taken when all was seen, a moment later',
    },
    {
      there: [
        '   processes of this machine outside containers             p  look at them too', '', ' Could not see',
        '   redis       pulled (redis:7): no Dockerfile here, only compose.yaml to change', '',
        ' First time here?  ? shows the keys of a screen, esc goes back, q leaves.', ' To try it on something that is not yours:  harden-tui demo', '',
      ],
      here: [
        '', ' First time here?  ? shows the keys of a screen, esc goes back, q leaves.', ' To try it on something that is not yours:  harden-tui demo', '',
        ' 7 findings. enter goes on.', '', '', '',
      ],
      why: 'no program outside containers that we know runs there, the redis has its Dockerfile, and when all was seen it says what was found',
    },
    {
      there: [' a other projects  p this machine  c calls made (31)  esc stop    ? keys  q quit'],
      here: [' enter findings  a other projects  c calls made (47)  H history   ? keys  q quit'],
      why: 'when all was seen there is nothing to stop any more, and there is somewhere to go',
    },
  ],
  findings: [
    {
      there: [' JSON only: 3 lines in shop/tasks.py. The one task call here already fits.'],
      here: [' JSON only: 5 lines in 2 files. The one task call here already fits.'],
      why: 'C_FORCE_ROOT goes with pickle: without it Celery needs no such switch',
    },
  ],
  'findings.zh-CN': [
    { there: LIST, here: LIST.map((row) => row.replace(/ {2}(?=\S+(?: \S+)?$)/, '    ')), why: 'the column of places is as wide as what stands in it, in both languages: two columns less there' },
    {
      there: [' 只用 JSON：改 shop/tasks.py 里的 3 行。项目里唯一的任务调用已经符合要求。'],
      here: [' 只用 JSON：改 2 个文件里的 5 行。项目里唯一的任务调用已经符合要求。'],
      why: 'as in English',
    },
    {
      there: [' 没有问题的：redis 会自己降到 uid 999；proxy 里的 nginx 主进程用 root 是', ' 正常设计，它的工作进程是 uid 33。', ' 已选 0 个，待定 7 个', ''],
      here: [' 没有问题的：redis 会自己降到 uid 999；proxy 里的 nginx 主进程用 root 是正常设', ' 计，它的工作进程是 uid 33。', '', ' 已选 0 个，待定 7 个'],
      why: 'a row is filled before the next one begins; the count stands on the last row of the screen, as in English',
    },
  ],
  celery: [
    {
      there: [' Seen   worker: celery, 3 processes, uid 0. redis answers without a password.'],
      here: [' Seen   worker: celery, 3 processes, uid 0. redis is named without a password.'],
      why: 'looking speaks to no redis: what is known is that the app names none',
    },
    {
      there: ['        shop/tasks.py:5   task_serializer="pickle"     line 6: results too'],
      here: ['        shop/tasks.py:5   task_serializer="pickle"   line 6: results too'],
      why: 'a note stands three columns behind its line, as in the row below',
    },
    {
      there: [' ❯ 1 JSON only            recommended: no message is waiting in redis (0)'],
      here: [' ❯ 1 JSON only            recommended: redis is asked first what waits there'],
      why: 'looking runs nothing in a container (DECISIONS.md): what waits is asked before the first step',
    },
  ],
  root: [
    {
      there: [' From   Dockerfile:1   FROM python:3.11-slim   no USER here, none in the base'],
      here: [' From   Dockerfile:1   FROM debian:bookworm-slim', '                       no USER here, none in the base'],
      why: 'the scenario builds on Debian, whose name is two columns longer: the note stands under its line',
    },
    { there: ['   docker exec            will be 10001; for apt or pip inside add  -u 0', ''], here: ['   docker exec            will be 10001; for apt or pip inside add  -u 0'], why: 'the row that the note took' },
  ],
  port: [
    {
      there: ['   3 setcap on python3.11       every script may then open low ports; rules out'],
      here: ['   3 setcap on python3          every script may then open low ports; rules out'],
      why: 'so it is called in the image of the scenario',
    },
    {
      there: [' Dockerfile  +5 -2                             one edit together with finding 2'],
      here: [' Dockerfile  +2 -2                             one edit together with finding 2'],
      why: 'the diff of this way alone, whatever else is chosen; the plan shows them as one',
    },
    {
      there: [
        ' +RUN groupadd -g 10001 app && useradd -u 10001 -g app -d /app app \\', ' +    && mkdir -p media && chown app:app media', ' +USER 10001:10001',
        ' +EXPOSE 8443                                     d  the rest, and compose.yaml',
      ],
      here: [
        ' +EXPOSE 8443', ' +CMD ["gunicorn", "-b", "0.0.0.0:8443", "--certfile", "/tls/dev.crt", \\',
        ' compose.yaml  +1 -1              one edit together with findings 1, 2, 5 and 7', '      ports:                                      d  the rest, and compose.yaml',
      ],
      why: 'the same',
    },
  ],
  socket: [],
};
