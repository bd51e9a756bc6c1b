// Two programs of one supervisord write one folder of root's: what the plan hands over, and that no root beside the app answers for it.
import assert from 'node:assert/strict';
import { existsSync, statSync } from 'node:fs';
import { request } from 'node:http';
import path from 'node:path';
import { openSession } from '../../source/engine/open.ts';
import type { Session } from '../../source/engine/session.ts';
import type { Machine } from '../../source/model/machine.ts';
import type { Plan } from '../../source/model/plan.ts';
import { longTest } from '../helpers/engine.ts';
import { freePort } from '../helpers/host.ts';
import { withMade, type Made } from '../helpers/made.ts';
import { processesOf } from '../helpers/processes.ts';

const files = (port: number): Record<string, string> => ({
  'compose.yaml': `services:\n  slips:\n    build: .\n    ports: ["127.0.0.1:${port}:8000"]\n    volumes: ["./kept:/kept"]\n`,
  Dockerfile: `FROM debian:bookworm-slim
RUN apt-get update && apt-get install -y --no-install-recommends uwsgi-core uwsgi-plugin-python3 supervisor && rm -rf /var/lib/apt/lists/*
COPY conf /etc/slips
COPY app /opt/slips
CMD ["/usr/bin/supervisord", "-n", "-c", "/etc/slips/supervisord.conf"]
`,
  'conf/supervisord.conf': `[supervisord]
nodaemon=true
logfile=/dev/null
logfile_maxbytes=0

[program:app]
command=/usr/bin/uwsgi --ini /etc/slips/uwsgi.ini
stopsignal=QUIT

[program:count]
command=/bin/sh -c "while :; do ls /kept > /kept/count.new; mv /kept/count.new /kept/count; sleep 1; done"
`,
  'conf/uwsgi.ini': '[uwsgi]\nplugins = python3\nchdir = /opt/slips\nmodule = slips\nmaster = true\nprocesses = 2\nhttp-socket = 0.0.0.0:8000\n',
  'app/slips.py': `def application(env, start):
    if env['REQUEST_METHOD'] == 'POST':
        with open('/kept/slip', 'a') as f:
            f.write('one')
    start('200 OK', [('Content-Type', 'text/html')])
    return [b'hi']
`,
  'kept/first': '',
});

const RISKS = ['uwsgi-root', 'supervisor-root-program'];

async function planOf(session: Session, machine: Machine, risks: readonly string[]): Promise<Plan> {
  const findings = session.diagnose(machine).filter((f) => risks.includes(f.risk));
  assert.equal(findings.length, risks.length);
  const choices = await Promise.all(findings.map(async (f) => ({ finding: f.id, risk: f.risk, fix: (await session.offers(machine, f)).find((o) => o.recommended)?.fix ?? '' })));
  return session.plan(machine, choices);
}

const without = (plan: Plan): Plan => ({ ...plan, steps: plan.steps.filter((s) => s.change.kind !== 'own-mount') });
const uids = (made: Made, word: string): number[] => [...new Set(processesOf(made.container('slips')['Id'] as string).filter((p) => p.args.join(' ').includes(word)).map((p) => p.uid))].sort();

const posted = (port: number): Promise<number> => new Promise((resolve) => {
  const asked = request({ host: '127.0.0.1', port, method: 'POST', timeout: 5_000, agent: false }, (answer) => {
    answer.resume();
    answer.on('close', () => resolve(answer.statusCode ?? 0));
  });
  asked.on('error', () => resolve(0));
  asked.on('timeout', () => asked.destroy());
  asked.end('x');
});

/** A slip is really written; a page alone tells nothing. */
async function takes(port: number): Promise<number> {
  for (let i = 0; ; i++) {
    const status = await posted(port);
    if (status !== 0 || i === 30) return status;
    await new Promise((resolve) => { setTimeout(resolve, 500); });
  }
}

longTest('two programs of one supervisord that write one folder of root\'s', async (t) => {
  const port = await freePort();
  await withMade('two-writers', files(port), async (made) => {
    const kept = path.join(made.root, 'kept');
    assert.equal(await takes(port), 200);
    assert.equal(existsSync(path.join(kept, 'slip')), true);
    const session = await openSession({ root: made.root, checks: [], env: { XDG_STATE_HOME: path.join(made.root, '../..', 'state-1') }, home: made.root });
    const machine = await session.inspect();
    const whole = await planOf(session, machine, RISKS);
    const app = await planOf(session, machine, ['uwsgi-root']);

    await t.test('each of the two fixes hands it over, to one number', async () => {
      const owners = async (risks: readonly string[]): Promise<unknown> => (await planOf(session, machine, risks)).steps.flatMap(({ change }) => (change.kind === 'own-mount' ? [[change.mount.source, change.uid]] : []));
      for (const risks of [RISKS, ['uwsgi-root'], ['supervisor-root-program']]) assert.deepEqual(await owners(risks), [[kept, 10001]]);
    });

    await t.test('without that step it breaks, also where the other program stays root', async () => {
      for (const [plan, who] of [[without(whole), /app \(10001\) and count \(10001\)/], [without(app), /app \(10001\)/]] as const) {
        const shown = await session.rehearse?.(plan, () => undefined);
        const said = JSON.stringify(shown, null, 1);
        assert.equal(shown?.outcome, 'breaks', said);
        const row = shown?.rows.find((r) => r.what.en === 'writes /kept');
        assert.equal(row?.result, 'WORSE', said);
        assert.match(row?.asPlanned.en ?? '', who);
        assert.match(shown?.breakage?.log.join('\n') ?? '', /Permission denied/);
        assert.match(shown?.breakage?.means?.en ?? '', /10001 may not write there/);
      }
    });

    await t.test('and applied without a rehearsal it goes back', async () => {
      const result = await session.apply(without(app), () => undefined);
      assert.equal(result.ending, 'taken-back', JSON.stringify(result, null, 1));
      assert.match(result.failure?.what.en ?? '', /slips: app \(10001\) may not write \/kept any more/);
      assert.equal(await takes(port), 200);
      assert.deepEqual(uids(made, 'uwsgi.ini'), [0]);
    });

    await t.test('whole it holds, and both go on writing', async () => {
      const now = await session.inspect();
      const plan = await planOf(session, now, RISKS);
      const shown = await session.rehearse?.(plan, () => undefined);
      assert.equal(shown?.outcome, 'holds', JSON.stringify(shown, null, 1));
      const result = await session.apply(plan, () => undefined);
      assert.equal(result.ending, 'applied', JSON.stringify(result, null, 1));
      assert.equal(await takes(port), 200);
      assert.deepEqual([uids(made, 'uwsgi.ini'), uids(made, 'count.new')], [[10001], [10001]]);
      const then = statSync(path.join(kept, 'count')).mtimeMs;
      await new Promise((resolve) => { setTimeout(resolve, 2_500); });
      assert.ok(statSync(path.join(kept, 'count')).mtimeMs > then, 'the other program writes no more');
      assert.deepEqual(['', 'slip', 'count'].map((f) => statSync(path.join(kept, f)).uid), [10001, 10001, 10001]);

      await session.undo(result.run, () => undefined);
      assert.equal(await takes(port), 200);
      assert.deepEqual(['', 'slip', 'first'].map((f) => statSync(path.join(kept, f)).uid), [0, 0, 0]);
    });
  });
}, { timeout: 10 * 60_000 });
