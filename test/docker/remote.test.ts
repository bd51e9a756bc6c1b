// Docker of another machine, made of this one's through a port: what it mounts from its own disk is neither copied nor handed over from here.
import assert from 'node:assert/strict';
import { lookup } from 'node:dns/promises';
import { mkdirSync } from 'node:fs';
import { hostname } from 'node:os';
import path from 'node:path';
import { openSession } from '../../source/engine/open.ts';
import { docker, longTest } from '../helpers/engine.ts';
import { withMade } from '../helpers/made.ts';
import { proxy } from '../helpers/proxy.ts';
import { treeOf } from '../helpers/tree.ts';

const APP = `import http.server
class H(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        open('/data/hits', 'a').write('x')
        self.send_response(200); self.send_header('Content-Type', 'text/html'); self.end_headers(); self.wfile.write(b'hi')
http.server.ThreadingHTTPServer(('0.0.0.0', 8000), H).serve_forever()
`;
const DOCKERFILE = 'FROM python:3.11-slim\nWORKDIR /app\nRUN mkdir /data\nCOPY app.py .\nCMD ["python3", "-u", "app.py"]\n';
const files = (volume: string): Record<string, string> => ({
  'compose.yaml': `services:\n  web:\n    build: ./web\n    init: true\n    volumes: ["${volume}:/data"]\n  side:\n    build: ./side\n    init: true\n    volumes: ["side:/data"]\nvolumes: {side: {}, data: {}}\n`,
  ...Object.fromEntries(['web', 'side'].flatMap((n) => [[`${n}/Dockerfile`, DOCKERFILE], [`${n}/app.py`, APP]])),
});

/** A name of this machine that does not look like it. */
async function otherName(): Promise<string | undefined> {
  const at = await lookup(hostname(), { family: 4 }).catch(() => undefined);
  return at?.address.startsWith('127.') && hostname() !== 'localhost' ? hostname() : undefined;
}

longTest('folders of another machine are refused, volumes are not', async (t) => {
  const name = await otherName();
  if (!name) return t.skip('no name of this machine leads to 127.0.0.1');
  const through = await proxy('tcp', {});
  t.after(() => through.close());
  const endpoint = `tcp://${name}:${through.path}`;
  const open = (root: string, state: string, allowRemote = true): ReturnType<typeof openSession> => openSession({ root, checks: [], dockerHost: endpoint, allowRemote, env: { XDG_STATE_HOME: state }, home: state });
  const folder = (root: string): string => {
    const state = path.join(root, '../..', 'far');
    mkdirSync(state, { recursive: true, mode: 0o700 });
    return state;
  };
  const rooted = async (session: Awaited<ReturnType<typeof openSession>>) => {
    const machine = await session.inspect();
    assert.equal(machine.docker?.remote, true);
    const findings = session.diagnose(machine).filter((f) => f.risk === 'root-container');
    const offers = new Map(await Promise.all(findings.map(async (f) => [f.subjects.find((s) => s.kind === 'service')?.name ?? '', { f, all: await session.offers(machine, f) }] as const)));
    const choice = (service: string) => {
      const one = offers.get(service);
      return one ? [{ finding: one.f.id, risk: one.f.risk, fix: one.all.find((o) => o.recommended)?.fix ?? '' }] : [];
    };
    return { machine, offers, choice };
  };

  await withMade('far', files('./uploads'), async (made) => {
    const before = treeOf(made.root);
    const session = await open(made.root, folder(made.root));
    const { machine, offers, choice } = await rooted(session);

    await t.test('no way out takes its folder', () => {
      const ways = offers.get('web')?.all.filter((o) => o.safety !== 'by-hand') ?? [];
      assert.ok(ways.length > 0);
      assert.deepEqual(ways.filter((o) => !o.refused).map((o) => o.fix), []);
      assert.match(ways[0]?.refused?.en ?? '', /folder of the machine that Docker runs on/);
    });

    await t.test('beside it another service can be mended, and a rehearsal says why it can not tell', async () => {
      const plan = await session.plan(machine, choice('side'));
      assert.deepEqual(plan.steps.filter((s) => s.change.kind === 'own-mount').length, 1);
      const shown = await session.rehearse?.(plan, () => undefined);
      assert.equal(shown?.outcome, 'cannot-tell', JSON.stringify(shown));
      assert.match(shown?.why?.en ?? '', /^web has \/\S+\/uploads of the machine that Docker runs on mounted, which can't be copied from here/);
    });

    await t.test('unless it is allowed it is only looked at', async () => {
      const careful = await open(made.root, folder(made.root), false);
      const plan = await careful.plan(machine, choice('side'));
      await assert.rejects(async () => careful.rehearse?.(plan, () => undefined), /is another machine: it is only looked at/);
      await assert.rejects(careful.apply(plan, () => undefined), /is another machine: it is only looked at/);
    });
    assert.deepEqual(treeOf(made.root), before);
  });

  await withMade('near', files('data'), async (made) => {
    const session = await open(made.root, folder(made.root));
    const { machine, choice } = await rooted(session);
    await t.test('volumes alone are copied where they lie, and the plan holds', async () => {
      const shown = await session.rehearse?.(await session.plan(machine, [...choice('web'), ...choice('side')]), () => undefined);
      assert.equal(shown?.outcome, 'holds', JSON.stringify(shown));
      assert.ok(shown?.rows.some((r) => r.service === 'web' && r.what.en === 'writes /data' && r.result === 'same'));
    });
    assert.equal(docker('ps', '-aq', '--filter', `name=rehearsal.*${made.name}`), '');
  });
}, { timeout: 30 * 60_000 });
