// npm run record -- PATH: the live facts of a project's containers, in the words of a case's machine.json.
// Secrets are never recorded: environment values are left out, but for names that decide something we know.
import { openSession } from '../source/engine/open.ts';
import type { Container } from '../source/model/container.ts';
import type { Process } from '../source/model/process.ts';

const root = process.argv[2];
if (!root) {
  console.error('Which project? npm run record -- PATH');
  process.exit(2);
}

const ofProcess = (p: Process): object => ({
  pid: p.pid, ppid: p.ppid, uid: p.uid.effective, gid: p.gid.effective, argv: p.argv,
  ...(p.capEff === undefined ? {} : { capEff: p.capEff.toString(16) }),
});

const TELLING = /^(C_FORCE_ROOT|PORT|WEB_CONCURRENCY|GUNICORN_CMD_ARGS|FORWARDED_ALLOW_IPS)$/;

function ofContainer(c: Container): object {
  const { id: _id, labels, env, sysctls, processes, owner: _owner, startedAt: _at, imageId: _image, pid: _pid, ...plain } = c;
  return {
    ...plain,
    ...(c.service ? {} : { labels: Object.fromEntries(labels) }),
    env: Object.fromEntries([...env].filter(([name]) => TELLING.test(name))),
    sysctls: Object.fromEntries(sysctls),
    processes: processes.map(ofProcess),
  };
}

const session = await openSession({ root, checks: [], env: process.env, home: process.env['HOME'] ?? '/' });
const machine = await session.inspect();
console.log(JSON.stringify({ ...(machine.docker ? { engine: machine.docker.engine } : {}), containers: machine.containers.map(ofContainer) }, null, 2));
