// A proxy that runs on while what stands behind it is started anew, and gets another address.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { docker, longTest, unique } from '../helpers/engine.ts';
import { withMade } from '../helpers/made.ts';
import { said } from '../helpers/scan.ts';

const NGINX = `worker_processes 1;
events {}
http {
    upstream front { server web:8000; }
    server { listen 8080; location / { proxy_pass http://front; } }
}
`;
const FILES = {
  'web/Dockerfile': 'FROM python:3.11-slim\nWORKDIR /app\nCMD ["python3", "-m", "http.server", "8000"]\n',
  'proxy/Dockerfile': 'FROM debian:bookworm-slim\nRUN apt-get update && apt-get install -y --no-install-recommends nginx-light && rm -rf /var/lib/apt/lists/*\nCOPY nginx.conf /etc/nginx/nginx.conf\nCMD ["nginx", "-g", "daemon off;"]\n',
  'proxy/nginx.conf': NGINX,
  // The worker takes its time to stop: long enough for somebody else to get web's address.
  'compose.yaml': 'services:\n  web:\n    build: web\n    init: true\n  worker:\n    build: web\n    stop_grace_period: 6s\n    command: ["python3", "-c", "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(9999)"]\n  proxy:\n    build: proxy\n    security_opt: [no-new-privileges:true]\n    depends_on: [web]\n    ports: ["127.0.0.1::8080"]\n',
};

longTest('a proxy looks up again what stands behind it, on the way there and back', () => withMade('ahead', FILES, async ({ name, container, harden, compose }) => {
  const answers = async (): Promise<number> => {
    const port = (await compose('port', 'proxy', '8080')).trim().split(':').at(-1);
    return fetch(`http://127.0.0.1:${port}/`, { signal: AbortSignal.timeout(5000) }).then((r) => r.status, () => 0);
  };
  const address = (): string => (container('web')['NetworkSettings'] as { Networks: Record<string, { IPAddress: string }> }).Networks[`${name}_default`]!.IPAddress;
  assert.equal(await answers(), 200);
  // The engine gives the lowest one that is free.
  const takers = Array.from({ length: 6 }, () => unique('taker'));
  for (const taker of takers) docker('create', '--name', taker, '--network', `${name}_default`, '--entrypoint', 'sleep', 'python:3.11-slim', '9999');
  const started: string[] = [];
  try {
    /** Whoever is started while web is down gets its address. */
    const takesItsAddress = async (act: Promise<{ code: number; stdout: string; stderr: string }>): Promise<void> => {
      const old = address();
      let ended = false;
      const done = act.finally(() => { ended = true; });
      const web = container('web')['Id'] as string;
      while (!ended && docker('inspect', '-f', '{{.State.Running}}', web) === 'true') await pause(50);
      for (let its = ''; its !== old && takers.length > 0;) {
        const taker = takers.shift()!;
        docker('start', taker);
        its = docker('inspect', '-f', '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}', taker);
        started.push(taker);
      }
      const told = await done;
      assert.equal(told.code, 0, said(told));
    };
    const before = address();
    const shown = await harden('fix', '--risk', 'no-new-privileges');
    assert.match(shown.stderr.replace(/\s+/g, ' '), /start web and worker; proxy too, if an address changes/);
    await takesItsAddress(harden('fix', '--yes', '--no-rehearse', '--risk', 'no-new-privileges'));
    assert.notEqual(address(), before, 'the test did not take its address');
    assert.equal(await answers(), 200);

    const between = address();
    await takesItsAddress(harden('undo', '--yes'));
    assert.notEqual(address(), between, 'the test did not take its address');
    assert.equal(await answers(), 200);
  } finally {
    // Its network goes with the project, once nobody is in it.
    spawnSync('docker', ['rm', '-f', ...takers, ...started]);
  }
}), { timeout: 6 * 60_000 });
