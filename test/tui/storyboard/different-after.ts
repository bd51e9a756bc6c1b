// The same for steps 7 to 10: where a frame of the real program is not the storyboard's, and why.
import type { Different } from './different.ts';

export type FrameAfter = 'plan' | 'rehearsal' | 'breaks' | 'done' | 'taken-back' | 'undo' | 'scrollback';

export const DIFFERENT_AFTER: { readonly [N in FrameAfter]: readonly Different[] } = {
  'taken-back': [
    {
      there: [' Step 9 failed, so everything was taken back. shop runs as before.', '', ' ✗ 9    proxy: GET / answers 502, it was 200                              5.1 s'],
      here: [' Step 11 failed, so everything was taken back. shop runs as before.', '', ' ✗ 11   proxy: GET / answers 502, it was 200                              5.1 s'],
      why: 'three images are three steps, as in the plan',
    },
    {
      there: [
        ' Checked           proxy GET / 200 html, web GET / 200 json, worker ready', ' Away              web 6.8 s, admin 6.2 s', '', ' Ways on',
        ' ❯ 1 Plan again      with uid 101 for nginx                        recommended', '   2 Leave admin out  keeps the fixes of web and worker, 3 of 5', '   3 Stop here        nothing is changed; the plan is saved', '', '',
      ],
      here: [
        ' Checked           proxy GET / 200 html, web GET / 200 json, worker running,', '                   redis running, admin running', ' Away              web 6.8 s, worker 6.8 s, admin 6.2 s', '', ' Ways on',
        ' ❯ 1 Plan again       with uid 101 for nginx                        recommended', '   2 Leave admin out  keeps the fixes of web and worker, 3 of 5', '   3 Stop here        nothing is changed; the plan is saved', '',
      ],
      why: 'every service of the project is asked, and one without a port is known to run, no more: whether a worker takes tasks is not asked again. worker was away, too. The three prices stand in one column, which the first of them misses by one there',
    },
    {
      there: [' enter choose  1-3  b logs  w report  q quit (exit code 3)                ? keys'],
      here: [' enter choose  1-3  b logs  w report                ? keys  q quit (exit code 3)'],
      why: 'the way out stands right, as on every screen',
    },
  ],
  undo: [
    { there: ['Run 1 of 22 November, 14:32, in shop: 5 risks fixed.'], here: ['Run 1 of 22 November, 14:32, in shop: 5 risks gone.'], why: 'results have four words, and "fixed" is none of them' },
    {
      there: ['  4 files        shop/tasks.py  Dockerfile  compose.yaml  admin/uwsgi.ini'],
      here: ['  4 files        shop/tasks.py  compose.yaml  Dockerfile  admin/uwsgi.ini'],
      why: 'in the order of the plan',
    },
    {
      there: ['What comes back  web and worker as root, pickle, the open socket, 443 inside', 'What stays       the 2 new files, and everything in redis'],
      here: [
        'What comes back  Celery takes pickle; web, worker as root; uWSGI socket is open;', '                 uWSGI as root; port 443 as root',
        'What stays       the 2 new files, and other new data in volumes: rows, messages',
      ],
      why: 'the findings have the short names of the last screen; what lies in a broker or a database is not looked into',
    },
    {
      there: ['  ok  worker had no task running'], here: [],
      why: 'how many tasks run is not asked: the worker is given its time to end them',
    },
    {
      there: ['  ok  web GET / 200 json, proxy GET / 200 html, worker ready'],
      here: ['  ok  web GET / 200 json, proxy GET / 200 html, worker running, redis running,', '      admin running', '  ok  away: web 3.4 s, worker 2.1 s, admin 2.1 s'],
      why: 'as on the screen of step 9b: every service is asked, and one without a port is known to run; and for how long each was away',
    },
  ],
  scrollback: [
    { there: ['harden-tui: shop, run 1. 5 gone, 2 left, 5 answers as before; web was away 3.4 s.'], here: ['harden-tui: shop, run 1. 5 gone, 2 left, 8 answers as before; web was away 3.4 s.'], why: 'eight answers are asked here, as on the last screen' },
    { there: ['Changed, not committed: shop/tasks.py Dockerfile compose.yaml admin/uwsgi.ini'], here: ['Changed, not committed: shop/tasks.py compose.yaml Dockerfile admin/uwsgi.ini'], why: 'in the order of the plan, as there' },
  ],
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
      here: [' Foreseen   5 gone, 2 left (redis has no password; 443, 8080 open to network)', '            and 8 low, nothing new'],
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
        '                               as it is         as planned           1-10 of 17',
        ' web     runs as               root             10001, no capabilities  gone',
        '         listens on            443              8443                    gone',
        '         GET /                 200 json         200 json                same',
        '         writes /app/media     yes              yes                     same',
        '         port 443 as root      web: root still  web: nobody is root,    gone',
        '                               listens on 443   8443 inside',
        ' worker  runs as               root             10001, no capabilities  gone',
        '         Celery takes pickle   worker itself    worker itself says:     gone',
        '                               says: pickle, …  json, nothing else',
        ' admin   runs as               root             10002, no capabilities  gone',
      ],
      why: 'seventeen facts, of which ten rows have room, and a key shows each in full: what was proven of each finding stands beside what was seen, in the words of its proof. The table is as wide as what stands in it',
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
        ' All 5 findings of the plan are gone on the copies.',
        ' Not tried: what your app asks of other machines (no way leads out of a copy),',
        ' your own checks, and real data through your app.',
      ],
      why: 'so many rows, which are facts: what became of the findings is said beside them, as the plan counts those; and so is what copies can never show',
    },
    {
      there: [' Apply it? Type the name of the project, then enter:  shop█'],
      here: [' Apply it? Type the name of the project, shop, then enter:  shop█'],
      why: 'which name it is stands with the question',
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
    {
      there: ['                             as it is         as planned'],
      here: ['                             as it is         as planned              2 more: e'],
      why: 'two more facts of web are the same and have no room: that they are there is said beside the names of the columns',
    },
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
        " What that means   the folder and its 23 files are root's. 10001 may not write", '                   there. Pages may look fine, every write there would fail. It',
        '                   is step 9 that gives media to 10001, and it was dropped.',
      ],
      why: 'what was counted and what was refused, and no more: whether it reads them, and which page writes, was not asked',
    },
    {
      there: [' ❯ 1 Put step 7 back           recommended; then rehearse again'],
      here: [' ❯ 1 Put step 9 back           recommended; then rehearse again'],
      why: 'its number, as on the plan',
    },
    { there: ['   3 Leave web and worker out  keeps the fixes of admin, 2 of 5', ''], here: ['   3 Leave web and worker out  keeps the fixes of admin, 2 of 5', '   4 Back to the plan          nothing is changed'], why: 'a way on for who wants none of these' },
    { there: [' enter choose  1-3  b logs  c commands                          ? keys  esc back'], here: [' enter choose  1-4  b logs  c commands  e in full  t own check  ? keys  esc back'], why: 'four ways; the rows of the table that have no room here can be read; and a check of one\'s own can be tried, too' },
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
        ' gone  uWSGI socket is open       660, 33:10002; stranger refused, 33 gets in', ' gone  uWSGI as root              admin: 10002, 3 processes, no capabilities', ' gone  port 443 as root           web: nobody is root, 8443 inside',
        ' left  redis has no password      skipped', ' left  443, 8080 open to network  skipped', ' Still works   8 of 8 answers as before. web was away 3.4 s, worker 3.4 s,', '               admin 3.4 s.',
      ],
      why: 'every proof says what it saw, and at which service, the owner as the plan and chown write it; with a row more the gaps give way, so that the way back is in sight. Seven answers are asked here',
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
