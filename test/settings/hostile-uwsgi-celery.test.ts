import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { diagnose } from '../../source/engine/diagnose.ts';
import { ways } from '../../source/engine/offers.ts';
import { pickleSerializer } from '../../source/risks/pickle-serializer/index.ts';
import { socketMode } from '../../source/risks/socket-mode/index.ts';
import { uwsgiRoot } from '../../source/risks/uwsgi-root/index.ts';
import { machineOf } from '../helpers/case.ts';
import { clock } from '../helpers/spent.ts';

const BIG = 300_000;
const fill = (words: string): string => words.repeat(Math.ceil(BIG / words.length));
const each = (line: (i: number) => string, n: number): string => Array.from({ length: n }, (_, i) => line(i)).join('\n');
const NGINX = { 'nginx/Dockerfile': 'FROM nginx:1.27\nCOPY nginx.conf /etc/nginx/nginx.conf\n', 'nginx/nginx.conf': 'user www-data;\n' };
const COMPOSE = 'services:\n  app:\n    build: app\n    volumes: ["run:/run/a"]\n  nginx:\n    build: nginx\n    volumes: ["run:/run/a"]\nvolumes: {run: }\n';
const uwsgi = (ini: string, cmd = '["uwsgi", "--ini", "a.ini"]'): Record<string, string> => ({ ...NGINX, 'compose.yaml': COMPOSE, 'app/Dockerfile': `FROM debian:bookworm-slim\nWORKDIR /a\nCOPY . .\nCMD ${cmd}\n`, 'app/a.ini': ini });
const celery = (python: string): Record<string, string> => ({ 'Dockerfile': 'FROM debian:bookworm-slim\nCOPY . .\nCMD celery -A a worker\n', 'a.py': `from celery import Celery\napp = Celery("a", broker="redis://r/0")\n${python}\n` });

/** Large and ill-meant: with a search that is quadratic, or a value that grows with every line, these take minutes. */
const PROJECTS: Readonly<Record<string, Record<string, string>>> = {
  'an ini whose values grow': uwsgi(`[uwsgi]\na0 = xxxxxxxxxx\n${each((i) => `a${i + 1} = %(a${i})%(a${i})%(a${i})%(a${i})`, 4000)}\nsocket = /run/a/%(a4000).sock\nchmod-socket = 666\n`),
  'an ini of one value': uwsgi(`[uwsgi]\nsocket = ${fill('%(a)')}\nchmod-socket = 666\n`),
  'an ini of sockets': uwsgi(`[uwsgi]\nsocket = /run/a/a.sock\n${fill('chmod-socket = 666\n')}`),
  'an ini of users': uwsgi(`[uwsgi]\n${each((i) => `uid = ${i % 2 ? 'root' : '0'}`, 20_000)}\nhttp-socket = :8000\n`),
  'a command of flags': uwsgi('[uwsgi]\nhttp-socket = :8000\n', `uwsgi --ini a.ini ${fill('--uid root ')}`),
  'Python of settings': celery(each((i) => `app.conf.accept_content = ["pickle", X${i}]`, 8000)),
  'Python of names': celery(`${each((i) => `X${i} = X${i + 1}`, 8000)}\napp.conf.accept_content = [X0, "pickle"]\napp.conf.task_serializer = X1`),
  'Python of dicts': celery(each((i) => `D${i} = {"accept_content": ["pickle"], "task_serializer": "pickle"}`, 4000)),
  'Python of applications': celery(each((i) => `a${i} = Celery(accept_content=["pickle"], config_source="b${i}")`, 2000)),
};

describe('uWSGI and Celery settings on hostile files', () => {
  const risks = [pickleSerializer, socketMode, uwsgiRoot];
  for (const [name, files] of Object.entries(PROJECTS)) {
    it(`are done in time with ${name}`, async () => {
      const machine = await machineOf(files);
      const spent = clock();
      const { findings, blind } = diagnose(machine, risks);
      for (const finding of findings.slice(0, 20)) for (const risk of risks) if (risk.id === finding.risk) ways(finding, risk, machine);
      const ms = spent();
      assert.deepEqual(blind.map((b) => b.why.en), []);
      assert.ok(ms < 10_000, `${Math.round(ms)} ms`);
    });
  }
});
