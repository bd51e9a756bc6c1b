import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { diagnose } from '../../source/engine/diagnose.ts';
import { ways } from '../../source/engine/offers.ts';
import { privilegedPort } from '../../source/risks/privileged-port/index.ts';
import { rootContainer } from '../../source/risks/root-container/index.ts';
import { machineOf } from '../helpers/case.ts';
import { clock } from '../helpers/spent.ts';

const BIG = 300_000;
const fill = (words: string): string => words.repeat(Math.ceil(BIG / words.length));
const dockerfile = (lines: string): string => `FROM debian:bookworm-slim\nWORKDIR /a[b\nCOPY . .\n${lines}`;
const SCRIPT = dockerfile('ENTRYPOINT ["./start.sh"]\n');

/** Project files that are large and ill-meant, made to keep a search busy: with one that is quadratic these take minutes. */
const PROJECTS: Readonly<Record<string, Record<string, string>>> = {
  'a script of nothing but exec': { 'Dockerfile': SCRIPT, 'start.sh': fill('exec ') },
  'a script of slashes': { 'Dockerfile': SCRIPT, 'start.sh': `exec ${fill('/')}` },
  'a script of setpriv without end': { 'Dockerfile': SCRIPT, 'start.sh': fill('setpriv ') },
  'a script of empty lines': { 'Dockerfile': SCRIPT, 'start.sh': fill('\n') },
  'a command of blanks': { Dockerfile: dockerfile(`CMD ["sh", "-c", "x${fill(' ')}"]\n`) },
  'a health check of blanks': { Dockerfile: dockerfile(`HEALTHCHECK CMD true "${fill(' ')}80"\nEXPOSE 80\nCMD ["gunicorn", "-b", ":80", "x:y"]\n`) },
  'a RUN of useradd': { 'Dockerfile': dockerfile(`RUN ${fill('useradd -u 10001 ')}\nUSER a(b\nCMD ["x"]\n`), 'compose.yaml': 'services:\n  x:\n    build: .\n    user: root\n    volumes: ["v:/a[b/data"]\nvolumes: {v: }\n' },
  'a RUN of chown': { 'Dockerfile': dockerfile(`RUN ${fill('chown ')}\nUSER me\nCMD ["x"]\n`), 'compose.yaml': 'services:\n  x:\n    build: .\n    user: root\n    volumes: ["v:/a[b/data"]\nvolumes: {v: }\n' },
  'an nginx configuration of empty lines': { 'Dockerfile': 'FROM nginx:1.27\nCOPY nginx.conf /etc/nginx/nginx.conf\n', 'nginx.conf': fill('\n') },
  'a caller of nobody': { 'Dockerfile': dockerfile('EXPOSE 443\nCMD ["gunicorn", "-b", ":443", "x:y"]\n'), 'calls.py': fill('https://') },
};

describe('settings on hostile files', () => {
  for (const [name, files] of Object.entries(PROJECTS)) {
    it(`are done in time with ${name}`, async () => {
      const machine = await machineOf(files);
      const spent = clock();
      const { findings, blind } = diagnose(machine, [privilegedPort, rootContainer]);
      for (const finding of findings) ways(finding, finding.risk === rootContainer.id ? rootContainer : privilegedPort, machine);
      const ms = spent();
      assert.deepEqual(blind.map((b) => b.why.en), []);
      assert.ok(ms < 10_000, `${Math.round(ms)} ms`);
    });
  }
});
