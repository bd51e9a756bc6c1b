/** Rows of the storyboard, as they stand there. What differs from it on purpose is named in the frame's own comment. */
const HEAD = 'harden-tui                                           shop   docker: this machine';

/** What is of the day in a row: times, counts, versions; and how far apart its columns stand. */
export const lasting = (row: string): string =>
  row.replace(/\d+:\d+|\d+(?:\.\d+)? s\b/g, 'T').replace(/\d+(?:\.\d+)*/g, '#').replace(/\s+/g, ' ').trim();

export const FRAMES = {
  /** The scenario's redis is built here, so nothing could not be seen; files are counted, not named. */
  looking: [
    HEAD,
    ' Looking. This only reads: no file, image or container changes before you have',
    ' seen every diff and every command and said yes. Nothing leaves this machine.',
    ' ✓ Joining     process, container, service, the line that decides         0.1 s',
    ' First time here?  ? shows the keys of a screen, esc goes back, q leaves.',
  ],
  findings: [
    HEAD,
    '     severity  seen      what                                         where',
    ' ❯ 1 critical  running   Celery takes pickle, redis has no password   worker',
    '   2 high      running   web and worker run as root                   web worker',
    '   3 high      running   uWSGI socket is open to every user (666)     admin',
    '   4 high      running   uWSGI runs as root                           admin',
    '   5 high      running   redis has no password                        redis',
    '   6 medium    running   web listens on port 443 as root              web',
    '   7 medium    running   443 and 8080 are open to your network        web proxy',
    ' 7 findings in 5 services, worst first. 8 more are low: l shows them.',
    ' Why this one is first',
    ' Whoever can put a message into redis runs code in worker, as root. Today that',
    ' is any container on shop_default and any user of this machine. From outside,',
    ' redis cannot be reached.',
    ' 0 chosen, 7 open',
    ' enter open  f take recommended  s skip  i ignore  / find  p plan ? keys  q quit',
  ],
  /** Looking runs nothing in a container, so that no message waits is asked before the first step, not here. */
  celery: [
    'harden-tui > Celery takes pickle                     shop   docker: this machine',
    ' critical   seen running   pickle-serializer                             1 of 7',
    ' A pickled message is a small program: reading it runs it. worker reads it to',
    ' learn which task is meant, so one message in redis is enough.',
    ' From   shop/tasks.py:7   accept_content=["pickle", "json"]',
    '        shop/tasks.py:5   task_serializer="pickle"     line 6: results too',
    '        compose.yaml:15   C_FORCE_ROOT: "1"   without it Celery refuses this',
    '   2 JSON in two steps    goes on reading pickle until the queue is empty',
    ' enter choose  1-3  d diff  e longer  o open  s skip  i ignore  ? keys  esc back',
  ],
  root: [
    'harden-tui > web and worker run as root              shop   docker: this machine',
    ' high   seen running   root-container                                    2 of 7',
    ' web and worker come from one Dockerfile, and it names no user. A hole in the',
    ' app is then root in its container: it can rewrite the code and /etc/passwd.',
    ' Seen   web: gunicorn, 2 processes, uid 0.  worker: celery, 3 processes, uid 0.',
    ' enter choose  1-6  d diff  e longer  o open  s skip  i ignore  ? keys  esc back',
  ],
  port: [
    ' medium   seen running   privileged-port                                 6 of 7',
    ' The low port is why web was started as root. It need not be: the port outside',
    ' and the port inside are two different things.',
    ' enter choose  1-5  d diff  e longer  o open  s skip  i ignore  ? keys  esc back',
  ],
  socket: [
    'harden-tui > uWSGI socket is open                    shop   docker: this machine',
    ' high   seen running   socket-mode                                       3 of 7',
    ' Whoever may connect to this socket is the admin app: a request can name a file',
    ' The owner of a file may change its mode. So nginx (33) owns the socket and the',
    ' app (10002) shares its group: an app that was broken into cannot make it 666.',
    ' ❯ 1 660, nginx owns it      recommended',
  ],
  plan: [
    'harden-tui > Plan                                    shop   docker: this machine',
    ' 5 of 7 findings: 4 files, 3 images, 3 containers, 1 volume. Nothing done yet.',
    '   9 own     volume media                23 files from root to 10001',
    ' Undo       4 files, 3 images and the owner of 23 files are kept for it',
  ],
  dropped: [
    ' 5 of 7 findings: 4 files, 3 images, 3 containers. Nothing done yet.',
  ],
  breaks: [
    'harden-tui > Rehearsal                               shop   docker: this machine',
    ' Breaks: one thing gets worse. Nothing of yours has changed.',
    '         writes /app/media   yes              no                        WORSE',
    ' Ways on',
  ],
  rehearsal: [
    ' All 5 services, twice, as copies: own networks with no way out, no open ports,',
    // Seventeen rows here, of which eleven are in sight.
    '                             as it is         as planned        1-11 of 17',
    ' web     runs as             root             10001, no capabilities    gone',
    '         listens on          443              8443                      gone',
    '         writes /app/media   yes              yes                       same',
    ' admin   runs as             root             10002, no capabilities    gone',
    ' Holds: 7 gone, 5 same, 0 worse. 12 s, after 41 s of building.',
  ],
  confirm: [
    ' enter apply                                                         esc not yet',
  ],
  applying: [
    'harden-tui > Applying                                shop   docker: this machine',
    ' If a step fails, everything before it is taken back by itself.',
    ' b whole log  c commands  ctrl-c stop after this step, take all back      ? keys',
  ],
  done: [
    'harden-tui > Done                                    shop   docker: this machine',
    ' 5 risks are gone, seen on the processes that run now. 2 are left.',
    ' gone  Celery takes pickle       worker itself says: json, nothing else',
    ' left  redis has no password     skipped',
    ' left  443, 8080 open to network skipped',
    ' Cannot tell   whether every task call is content with JSON. One that is not',
    ' Elsewhere     a server with its own volume media hands it over once, first:',
    ' To take it back, today or next week, from any terminal:',
    ' enter findings  w report  m message  y copy  u undo now          ? keys  q quit',
  ],
  undo: [
    ' What comes back',
  ],
} as const satisfies Readonly<Record<string, readonly string[]>>;
