// Old and new beside each other on copies: what holds, what breaks though a page would look fine, what nobody can tell; and nothing of anybody's is touched.
import assert from 'node:assert/strict';
import path from 'node:path';
import { openSession } from '../../source/engine/open.ts';
import type { Event, Session } from '../../source/engine/session.ts';
import type { Machine } from '../../source/model/machine.ts';
import type { Plan } from '../../source/model/plan.ts';
import type { Rehearsal } from '../../source/model/rehearsal.ts';
import { docker, engineTest, unique } from '../helpers/engine.ts';
import { freePort } from '../helpers/host.ts';
import { standing } from '../helpers/inspected.ts';
import { withMade, type Made } from '../helpers/made.ts';
import { treeOf } from '../helpers/tree.ts';

const IMAGE = 'FROM python:3.11-slim\nWORKDIR /app\nCOPY app.py .\nCMD ["python3", "-u", "app.py"]\n';

/** Writes its uploads into a volume; its first page says nothing of that. */
const WEB = `import http.server, os
class H(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200); self.send_header('Content-Type', 'text/html'); self.end_headers(); self.wfile.write(b'hi')
http.server.ThreadingHTTPServer(('0.0.0.0', 8000), H).serve_forever()
`;

/** The address of the host as a container sees it, where the queue is published. */
const GATEWAY = `import os, socket, struct, sys, time
def gateway():
    for line in open('/proc/net/route').read().split('\\n')[1:]:
        f = line.split()
        if len(f) > 2 and f[1] == '00000000':
            return socket.inet_ntoa(struct.pack('<L', int(f[2], 16)))
def job():
    s = socket.create_connection((gateway() or '127.0.0.1', int(os.environ['QUEUE'])), 3)
    s.sendall(socket.gethostname().encode())
    return s.recv(10)
`;
const WORKER = `${GATEWAY}while True:
    try:
        job()
    except OSError:
        pass
    time.sleep(0.3)
`;
const ONLINE = `${GATEWAY}job()
time.sleep(100000)
`;
const NEEDS_ROOT = `import os, sys, time
if os.getuid() != 0:
    sys.exit("PermissionError: [Errno 13] Permission denied: '/etc/shadow'")
time.sleep(100000)
`;
/** Gives a job to everybody who asks, and says who it was. */
const QUEUE = `import socket
s = socket.create_server(('0.0.0.0', 7000))
while True:
    c, _ = s.accept()
    print(c.recv(100).decode(), flush=True)
    c.sendall(b'job'); c.close()
`;

const files = (port: number, queue: number): Record<string, string> => ({
  'compose.yaml': `services:
  web:
    build: ./web
    ports: ["127.0.0.1:${port}:8000"]
    volumes: ["data:/data"]
    depends_on: [worker]
  worker: {build: ./worker, environment: {QUEUE: "${queue}"}}
  online: {build: ./online, environment: {QUEUE: "${queue}"}}
volumes:
  data: {}
`,
  ...Object.fromEntries([['web', WEB], ['worker', WORKER], ['online', ONLINE]].flatMap(([name, app]) => [[`${name}/app.py`, app ?? ''], [`${name}/Dockerfile`, IMAGE]])),
});

interface Tried {
  readonly shown: Rehearsal | undefined;
  readonly ids: ReadonlySet<string>;
}

const said = (r: Rehearsal | undefined): string => JSON.stringify(r, null, 1);
const row = (r: Rehearsal | undefined, service: string, what: string): string | undefined => r?.rows.find((x) => x.service === service && x.what.en === what)?.result;

/** Everything on the engine whose name has one of these ids in it. */
const left = (ids: Iterable<string>): string[] => {
  const all = [docker('ps', '-a', '--format', '{{.Names}}'), docker('volume', 'ls', '-q'), docker('network', 'ls', '--format', '{{.Name}}'), docker('images', '--format', '{{.Repository}}:{{.Tag}}')].join('\n').split('\n');
  return all.filter((name) => [...ids].some((id) => name.includes(id)));
};

async function rehearsed(session: Session, plan: Plan, interrupt?: { signal: AbortSignal; on: (event: Event) => void }): Promise<Tried> {
  const ids = new Set<string>();
  const onEvent = (event: Event): void => {
    if (event.kind === 'command') for (const [, id] of event.argv.join(' ').matchAll(/harden-tui[-/]rehearsal[-:]([0-9a-f]{8})/g)) if (id) ids.add(id);
    interrupt?.on(event);
  };
  try {
    return { shown: await session.rehearse?.(plan, onEvent, interrupt?.signal), ids };
  } finally {
    assert.deepEqual(left(ids), [], 'copies were left');
    assert.ok(ids.size > 0);
  }
}

async function planOf(session: Session, machine: Machine, services: readonly string[]): Promise<Plan> {
  const findings = session.diagnose(machine).filter((f) => f.risk === 'root-container' && f.subjects.some((s) => s.kind === 'service' && services.includes(s.name)));
  const choices = await Promise.all(findings.map(async (f) => ({ finding: f.id, risk: f.risk, fix: (await session.offers(machine, f)).find((o) => o.recommended)?.fix ?? '' })));
  return session.plan(machine, choices);
}

const withQueue = async (port: number, body: (hosts: () => ReadonlySet<string>) => Promise<void>): Promise<void> => {
  const name = unique('ht-queue');
  docker('run', '-d', '--name', name, '-p', `${port}:7000`, 'python:3.11-slim', 'python3', '-c', QUEUE);
  try {
    await body(() => new Set(docker('logs', name).split('\n').filter(Boolean)));
  } finally {
    docker('rm', '-f', name);
  }
};

const untouched = (made: Made): unknown => ({
  tree: treeOf(made.root),
  engine: standing(['web', 'worker', 'online'].map((s) => made.container(s)['Id'] as string)),
  data: docker('exec', made.container('web')['Id'] as string, 'find', '/data', '-printf', '%p %u %g %m %s %T@\n'),
});

engineTest('a plan is tried on copies before anything is begun', async (t) => {
  const [port, queue] = [await freePort(), await freePort()];
  await withQueue(queue, (hosts) => withMade('rehearsal', files(port, queue), async (made) => {
    docker('exec', made.container('web')['Id'] as string, 'sh', '-c', 'echo kept > /data/upload');
    const open = (name: string): Promise<Session> => openSession({ root: made.root, checks: [], env: { XDG_STATE_HOME: path.join(made.root, '../..', name) }, home: made.root });
    const session = await open('state-1');
    const machine = await session.inspect();
    const before = untouched(made);
    const workers = new Set([made.container('worker'), made.container('online')].map((c) => c['Config'].Hostname as string));
    const [whole, online] = await Promise.all([planOf(session, machine, ['web', 'worker']), planOf(session, machine, ['online'])]);
    const unowned: Plan = { ...whole, steps: whole.steps.filter((s) => s.change.kind !== 'own-mount') };
    assert.equal(whole.steps.length, unowned.steps.length + 1);

    const [holds, breaks, unsure] = await Promise.all([rehearsed(session, whole), rehearsed(session, unowned), rehearsed(session, online)]);

    await t.test('nothing of theirs was touched', () => assert.deepEqual(untouched(made), before));

    await t.test('what holds', () => {
      assert.equal(holds.shown?.outcome, 'holds', said(holds.shown));
      assert.equal(row(holds.shown, 'web', 'runs as'), 'gone');
      assert.equal(row(holds.shown, 'web', 'GET / on 8000'), 'same');
      assert.equal(row(holds.shown, 'web', 'writes /data'), 'same');
      assert.equal(row(holds.shown, 'worker', 'runs as'), 'gone');
      assert.equal(holds.shown?.drift, undefined, 'nothing but the fix');
    });

    await t.test('GET / is fine, and every upload would fail', () => {
      assert.equal(breaks.shown?.outcome, 'breaks', said(breaks.shown));
      assert.equal(row(breaks.shown, 'web', 'GET / on 8000'), 'same');
      assert.equal(row(breaks.shown, 'web', 'writes /data'), 'WORSE');
      assert.match(breaks.shown?.breakage?.log.join('\n') ?? '', /Permission denied/);
      assert.match(breaks.shown?.breakage?.means?.en ?? '', /10001 may not write there/);
    });

    await t.test('what does not live without its network can not be told', () => {
      assert.equal(unsure.shown?.outcome, 'cannot-tell', said(unsure.shown));
      assert.match(unsure.shown?.why?.en ?? '', /online/);
    });

    await t.test('no copy took a job from a queue that the host publishes', () => {
      assert.ok(hosts().size > 0, 'the queue was asked by nobody');
      assert.deepEqual([...hosts()].filter((h) => !workers.has(h)), []);
    });

    await t.test('interrupted, it takes its copies away', async () => {
      const controller = new AbortController();
      const on = (event: Event): void => {
        if (event.kind === 'command' && event.argv.join(' ').includes('docker start')) controller.abort();
      };
      await assert.rejects(rehearsed(session, whole, { signal: controller.signal, on }), (error: { exitCode?: number }) => error.exitCode === 130);
    });

  }));
}, { timeout: 8 * 60_000 });

engineTest('fix --yes begins nothing where a copy breaks, and says why', async () => {
  const project = { 'compose.yaml': 'services:\n  rooted: {build: ./rooted}\n', 'rooted/app.py': NEEDS_ROOT, 'rooted/Dockerfile': IMAGE };
  await withMade('rehearsal', project, async (made) => {
    const state = (): unknown => ({ tree: treeOf(made.root), engine: standing([made.container('rooted')['Id'] as string]) });
    const before = state();
    const told = await made.harden('fix', '--yes', '--rehearse', '--risk', 'root-container');
    assert.equal(told.code, 3, `${told.stdout}\n${told.stderr}`);
    assert.match(told.stderr, /rooted +runs +runs +ended \(1\) +WORSE/);
    assert.match(told.stderr, /Permission denied: '\/etc\/shadow'/);
    assert.match(told.stderr, /Nothing was begun/);
    assert.deepEqual(state(), before);
  });
});
