// A sudo rule with a pattern, asked of the real sudo in a container: what the deploy user may do before, after, and by undo.
import assert from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { docker, engineTest, longTest, unique } from '../helpers/engine.ts';
import { withMade, type Made } from '../helpers/made.ts';
import { ran } from '../helpers/program.ts';
import { read, said } from '../helpers/scan.ts';

const RULE = 'deploy/sudoers.d/shop';
const SUPERVISORD = '[supervisord]\n\n[program:uwsgi_example]\ncommand=/bin/sleep inf\n\n[program:other_app]\ncommand=/bin/sleep inf\n';
const WITH_SUDO = `FROM debian:bookworm-slim
RUN apt-get update && apt-get install -y --no-install-recommends sudo supervisor && rm -rf /var/lib/apt/lists/*
RUN useradd deploy && groupadd webuser && usermod -aG webuser deploy
`;

const ASKED = [
  'start uwsgi_example', 'stop uwsgi_example', 'restart uwsgi_example', 'status uwsgi_example',
  'stop other_app uwsgi_example', 'stop all uwsgi_example', 'tail other_app uwsgi_example', 'shutdown uwsgi_example', 'restart -c /tmp/own.conf uwsgi_example',
  'restart other_app', 'shutdown',
];
const MEANT = ASKED.slice(0, 4);

/** What sudo says that deploy may run, in a container of its own that is gone afterwards. */
async function allowed(image: string, rules: string): Promise<readonly string[]> {
  const script = `set -e
cat > /etc/sudoers.d/shop
chmod 0440 /etc/sudoers.d/shop
visudo -cf /etc/sudoers.d/shop >&2
${ASKED.map((words) => `runuser -u deploy -- sudo -n -l /usr/bin/supervisorctl ${words} > /dev/null 2>&1 && echo '${words}'`).join('\n')}
true`;
  const told = await ran(['docker', 'run', '--rm', '-i', '--network', 'none', image, 'sh', '-c', script], { input: rules });
  assert.equal(told.code, 0, said(told));
  return told.stdout.split('\n').filter(Boolean);
}

const rules = (made: Made): string => readFileSync(path.join(made.root, RULE), 'utf8');

engineTest('a pattern in sudoers, from scan to undo', async (t) => {
  const image = unique('sudoers');
  const built = await ran(['docker', 'build', '-q', '-t', image, '-'], { input: WITH_SUDO });
  assert.equal(built.code, 0, said(built));
  t.after(() => docker('rmi', '-f', image));

  const before = '%webuser ALL=(root) NOPASSWD: /usr/bin/supervisorctl [a-z]* uwsgi_example\n';
  await withMade('sudoers', { [RULE]: before, 'deploy/supervisord.conf': SUPERVISORD }, async (made) => {
    await t.test('as it is, another program may be stopped', async () => {
      assert.deepEqual(await allowed(image, before), ASKED.slice(0, 9));
    });

    await t.test('scan names the line', async () => {
      const scan = read(await made.harden('scan', '--no-docker', '--format', 'json'));
      assert.deepEqual(scan.findings.map((f) => [f.risk, f.severity, f.confidence, f.locations[0]?.file, f.locations[0]?.line]), [['sudoers-wildcard', 'high', 'declared', RULE, 1]]);
    });

    await t.test('fix --yes leaves exactly what was meant, and says that visudo read it', async () => {
      const told = await made.harden('fix', '--yes', '--no-docker', '--risk', 'sudoers-wildcard');
      assert.equal(told.code, 0, said(told));
      assert.match(told.stdout, /visudo\s+accepts/);
      assert.deepEqual(await allowed(image, rules(made)), MEANT);
    });

    await t.test('undo brings the rule back', async () => {
      const told = await made.harden('undo', '--yes');
      assert.equal(told.code, 0, said(told));
      assert.equal(rules(made), before);
    });

    await t.test('in an alias, with the programs of supervisord\'s configuration', async () => {
      writeFileSync(path.join(made.root, RULE), 'Cmnd_Alias APP = /usr/bin/supervisorctl restart *, \\\n    /usr/bin/supervisorctl status # more\nUser_Alias TEAM = deploy\nTEAM ALL=(root) NOPASSWD: APP\n');
      const told = await made.harden('fix', '--yes', '--no-docker', '--risk', 'sudoers-wildcard');
      assert.equal(told.code, 0, said(told));
      assert.deepEqual(await allowed(image, rules(made)), ['restart uwsgi_example', 'restart other_app']);
      rmSync(path.join(made.root, RULE));
    });
  }, { start: false });
});

longTest('a pattern in the sudoers of an image: sudo itself is asked there afterwards', async (t) => {
  const files = {
    Dockerfile: `${WITH_SUDO}COPY deploy/sudoers.d/shop /etc/sudoers.d/shop\nRUN chmod 0440 /etc/sudoers.d/shop\nUSER deploy\nCMD ["sleep", "infinity"]\n`,
    'compose.yaml': 'services:\n  host:\n    build: .\n    init: true\n',
    [RULE]: '%webuser ALL=(root) NOPASSWD: /usr/bin/supervisorctl [a-z]* uwsgi_example\n', 'deploy/supervisord.conf': SUPERVISORD,
  };
  await withMade('sudoers-image', files, async (made) => {
    const may = async (words: string): Promise<boolean> => (await made.exec('host', ['sudo', '-n', '-l', '/usr/bin/supervisorctl', ...words.split(' ')])).code === 0;
    assert.ok(await may('stop other_app uwsgi_example'));
    const told = await made.harden('fix', '--yes', '--risk', 'sudoers-wildcard');
    assert.equal(told.code, 0, said(told));
    assert.match(told.stdout.replace(/\s+/g, ' '), /sudo in host lets deploy run none of these programs with an open end/);
    assert.deepEqual([await may('restart uwsgi_example'), await may('stop other_app uwsgi_example'), await may('shutdown')], [true, false, false]);
    const back = await made.harden('undo', '--yes');
    assert.equal(back.code, 0, said(back));
    assert.ok(await may('stop other_app uwsgi_example'));
    await t.test('beside another rule that is still open, it can\'t be told', async () => {
      writeFileSync(path.join(made.root, 'Dockerfile'), readFileSync(path.join(made.root, 'Dockerfile'), 'utf8').replace('USER deploy', 'RUN echo "deploy ALL=(root) NOPASSWD: /usr/bin/supervisorctl tail *" > /etc/sudoers.d/other\nUSER deploy'));
      await made.compose('up', '-d', '--build');
      const open = await made.harden('fix', '--yes', '--risk', 'sudoers-wildcard');
      assert.equal(open.code, 3, said(open));
      assert.match(open.stdout.replace(/\s+/g, ' '), /sudo in host still lets deploy run \/usr\/bin\/supervisorctl tail \*/);
    });
  });
}, { timeout: 10 * 60_000 });
