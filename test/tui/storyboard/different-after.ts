// The same for steps 7 to 10: where a frame of the real program is not the storyboard's, and why.
import type { Different } from './different.ts';

export type FrameAfter = 'plan' | 'rehearsal' | 'breaks' | 'done';

export const DIFFERENT_AFTER: { readonly [N in FrameAfter]: readonly Different[] } = {
  plan: [
    {
      there: [
        '   1 edit    shop/tasks.py               JSON only                        +3 -3',
        '   2 edit    Dockerfile                  user 10001, port 8443            +5 -2',
        '   3 edit    compose.yaml                443:8443, C_FORCE_ROOT goes      +1 -3',
        '   4 edit    admin/uwsgi.ini             660, 33:10002, uid 10002         +5 -1',
        '   5 build   shop-web, -worker, -admin',
        '   6 stop    worker, web, admin          worker may end its tasks first (0 now)',
        '   7 own     volume media                23 files from root to 10001',
        '   8 start   admin, web, worker          away for about 4 s',
        '   9 check   5 risks, 5 answers          on the new processes',
      ],
      here: [
        ' ❯ 1   edit    shop/tasks.py               JSON only                      +3 -3',
        '   2   edit    compose.yaml                443:8443, C_FORCE_ROOT goes    +1 -3',
        '   3   edit    Dockerfile                  user 10001, port 8443          +5 -2',
        '   4   edit    admin/uwsgi.ini             660, 33:10002, uid 10002       +5 -1',
        '   5-7 build   shop-web, -worker, -admin',
        '   8   stop    web, worker, admin          worker may end its tasks first',
        '   9   own     volume media                23 files from root to 10001',
        '   10  start   web, worker, admin          away for some seconds',
        '   11  check   5 risks, every answer       on the new processes',
      ],
      why: 'an image is a step of its own, so that it can fail, and go back, by itself: numbers are up to three wide. compose.yaml goes with the first finding. How many tasks run, how many answers there are and how long it takes is asked or measured when it is applied, never before',
    },
    {
      there: [
        ' 1, 2 and 3 belong together: a worker that takes pickle as root does not start', ' without C_FORCE_ROOT. Drop one of them and all three go.', '',
        ' Foreseen   5 gone, 2 left (redis password, open ports), nothing new',
      ],
      here: [' Foreseen   5 gone, 2 left (redis has no password; 443, 8080 open to network),', '            nothing new'],
      why: 'they do not: each of the two fixes takes C_FORCE_ROOT out by itself, and stands without the other. What is left is named as in the list',
    },
    { there: ['', '─'.repeat(80), ' enter rehearse on copies  x drop  d diffs  c commands  w save  ? keys  esc back'], here: ['', '', '', '─'.repeat(80), ' enter rehearse on copies  x drop  d diffs  c commands  w save  ? keys  esc back'], why: 'the rows that the sentence took' },
  ],
  rehearsal: [
    {
      there: [
        '                             as it is         as planned',
        ' web     runs as             root             10001, no capabilities    gone',
        '         listens on          443              8443                      gone',
        '         GET /               200 json         200 json                  same',
        '         writes /app/media   yes              yes                       same',
        ' worker  runs as             root             10001, no capabilities    gone',
        '         a pickled message   was read         refused                   gone',
        '         a JSON message      was read         was read                  same',
        ' admin   runs as             root             10002, no capabilities    gone',
        '         socket              666 root root    660 33 10002              gone',
        '         a stranger, 65534   got in           permission denied         gone',
        ' proxy   GET / by nginx      200 html         200 html                  same',
        ' redis   PING                PONG             PONG                      same',
      ],
      here: [
        '                              as it is         as planned            1-11 of 17',
        ' web     runs as              root             10001, no capabilities   gone',
        '         listens on           443              8443                     gone',
        '         GET /                200 json         200 json                 same',
        '         writes /app/media    yes              yes                      same',
        '         port 443 as root     web: root still  web: nobody is root,     gone',
        '                              listens on 443   8443 inside',
        ' worker  runs as              root             10001, no capabilities   gone',
        '         Celery takes pickle  worker itself    worker itself says:      gone',
        '                              says: pickle, j… json, nothing else',
        ' admin   runs as              root             10002, no capabilities   gone',
        '         uWSGI socket is open /run/admin/admin 660 33 10002: stranger   gone',
      ],
      why: 'seventeen facts, of which eleven rows have room: what was proven of each finding stands beside what was seen, in the words of its proof. The table is as wide as what stands in it',
    },
    {
      there: [
        '',
        ' Holds: 7 gone, 5 same, 0 worse. 12 s, after 41 s of building.',
        ' Not tried: your tasks with real data, POST /upload, a log-in.',
      ],
      here: [
        '',
        ' Holds: 7 gone, 7 same, 0 worse. 20 s, after 10 s of building.',
        ' Not tried: What your app asks of other machines (no way leads out of a copy),',
        ' your own checks, and real data through your app.',
      ],
      why: 'so many rows; and what copies can never show is said in a sentence',
    },
    {
      there: [
        ' enter apply  esc not yet',
      ],
      here: [
        ' enter apply                                                         esc not yet',
      ],
      why: 'the way out stands right, as on every screen',
    },
  ],
  breaks: [
    { there: ['         GET /               200 json         200 json                  same', '         writes /app/media   yes              no                        WORSE'], here: ['         writes /app/media   yes              no                        WORSE'], why: 'what got worse is what is seen, where five ways on stand below; page keys show the rest' },
    {
      there: [' web was asked to write a file there and answered', "   PermissionError: [Errno 13] Permission denied: 'media/8db2f567-….bin'"],
      here: [' web was asked to write a file in /app/media and answered', '   cannot create /app/media/…: Permission denied'],
      why: 'the sentence stands alone in logs and in JSON, too; and it is the shell of the image that is asked to write, as the new user, so its words are what was said',
    },
    {
      there: [
        " What that means   the folder and its 23 files are root's. 10001 may read them,", '                   not write. Pages would look fine, every upload would fail.',
        '                   It is step 7 that gives media to 10001, and it was dropped.',
      ],
      here: [
        ' What that means   Its user may not write /app/media: the folder belongs to', '                   another user. Pages may look fine, and every write there',
        '                   would fail. It is step 9 that gives volume media to 10001,', '                   and it was dropped.',
      ],
      why: 'what a refused write shows, and no more: whose each file is was not asked of the copy',
    },
    {
      there: [
        ' ❯ 1 Put step 7 back           recommended; then rehearse again', '   2 Step down at start        the container mends the volume whenever it starts',
        '   3 Leave web and worker out  keeps the fixes of admin, 2 of 5', '', '',
      ],
      here: [
        ' ❯ 1 Put step 9 back               recommended; then rehearse again', '   2 Another way: A bare number    then rehearse again', '   3 Another way: Keep 443 inside  then rehearse again',
        '   4 Leave out what touches web    keeps 3 of 5; then rehearse again', '   5 Back to the plan              nothing is changed',
      ],
      why: 'the other ways of the findings that touch web, each with its own name, in the order in which they are recommended; worker did not break',
    },
    { there: [' enter choose  1-3  b logs  c commands                          ? keys  esc back'], here: [' enter choose  1-5  b logs  c commands                          ? keys  esc back'], why: 'five ways' },
  ],
  done: [
    {
      there: [
        '', ' gone  Celery takes pickle       worker itself says: json, nothing else', ' gone  web, worker as root       both 10001, 5 processes, no capabilities', ' gone  uWSGI socket open         660 33 10002: stranger refused, nginx gets in',
        ' gone  uWSGI as root             10002, 3 processes, no capabilities', ' gone  port 443 as root          8443 inside, https://localhost still answers', ' left  redis has no password     skipped', ' left  443, 8080 open to network skipped', '',
        ' Still works   5 of 5 answers as before. web was away 3.4 s, admin 2.1 s.',
      ],
      here: [
        ' gone  Celery takes pickle        worker itself says: json, nothing else', ' gone  web, worker as root        web: 10001, 2 processes, no capabilities;', '                                  worker: 10001, 3 processes, no capabilities',
        ' gone  uWSGI socket is open       660 33 10002: stranger refused, 33 gets in', ' gone  uWSGI as root              admin: 10002, 3 processes, no capabilities', ' gone  port 443 as root           web: nobody is root, 8443 inside',
        ' left  redis has no password      skipped', ' left  443, 8080 open to network  skipped', ' Still works   7 of 7 answers as before. web was away 3.4 s, worker 3.4 s,', '               admin 3.4 s.',
      ],
      why: 'every proof says what it saw, and at which service; with a row more the gaps give way, so that the way back is in sight. Seven answers are asked here',
    },
    {
      there: ['               says "is not JSON serializable" in the log of its caller, web.'],
      here: ['               says "is not JSON serializable" in the log of its caller.'],
      why: 'who calls is read from the files, and may be somebody else',
    },
    {
      there: ['               docker run --rm -u 0 -v shop_media:/v shop-web \\', '                   chown -R 10001:10001 /v                              y  copy'],
      here: ['               docker run --rm -u 0 --entrypoint chown -v shop_media:/v', '               shop-web -R 10001:10001 /v                               y  copy'],
      why: 'an image may have an entrypoint of its own, which would run in place of chown',
    },
    {
      there: ['', ' To take it back, today or next week, from any terminal:', '     harden-tui undo'],
      here: [' To take it back, today or next week, from any terminal:', '     harden-tui undo', ''],
      why: 'the gap, as above',
    },
  ],
};
