// Our reading of sudoers beside sudo's own: cvtsudoers prints as JSON what it understood, and visudo what it refuses.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test, type TestContext } from 'node:test';
import fc from 'fast-check';
import { parseSudoers, type SudoersFile } from '../../source/files/sudoers.ts';

/** Where sudo is not installed the test is skipped by name; in CI the set-up installs it. */
function sudo(t: TestContext): boolean {
  if (spawnSync('visudo', ['-V'], { stdio: 'ignore' }).status === 0) return true;
  assert.notEqual(process.env.CI, 'true', 'sudo is not installed, though CI sets it up');
  t.skip('sudo is not installed: HARDEN_TUI_SETUP=1 npm test -- setup');
  return false;
}

/** Users, commands and whether a password is asked, one line for each command of each rule. */
function sudos(text: string): readonly string[] | undefined {
  const { status, stdout } = spawnSync('cvtsudoers', ['-f', 'json', '-'], { input: text, encoding: 'utf8' });
  if (status !== 0) return undefined;
  const json = stdout.trim() === '' ? {} : JSON.parse(stdout);
  return (json.User_Specs ?? []).flatMap((spec: any) => {
    const users = spec.User_List.map((u: any) => u.username ?? `%${u.usergroup ?? ''}`).join(',');
    return spec.Cmnd_Specs.flatMap((s: any) => s.Commands.map((c: any) => {
      const free = s.Options?.some((o: any) => o.authenticate === false) ?? false;
      return `${users}: ${free} ${c.negated ? '!' : ''}${c.command ?? c.cmndalias}`;
    }));
  });
}

function ours(file: SudoersFile): readonly string[] {
  return file.entries.flatMap((e) => (e.kind !== 'rule' ? [] : e.parts.flatMap((p) => p.grants.map(({ command, tags }) => {
    const words = [command.program, ...command.args].map((a) => a.pattern).join(' ');
    return `${e.users.map((u) => u.value).join(',')}: ${tags.has('NOPASSWD')} ${command.negated ? '!' : ''}${words}`;
  }))));
}

const word = fc.constantFrom('restart', 'shop', '[a-z]*', 'app@?', '\\*', 'a\\,b', 'a\\:b', 'x\\=y', '-c', '/etc/x', '"q', '\\#1', 'é');
const command = fc.oneof(
  fc.tuple(fc.constantFrom('/bin/x', '/usr/bin/y-z', '/opt/a*/b', '/usr/sbin/service'), fc.array(word, { maxLength: 4 })).map(([p, w]) => [p, ...w].join(' ')),
  fc.constantFrom('/bin/x ""', '/bin/x ^(start|stop) shop$', '/bin/x ^a, b: [c-d]+$', '!/bin/rm *', 'ALL', '/usr/local/bin/', 'sudoedit /etc/hosts', '^/bin/[a-z]+$ x'),
);
const blank = fc.constantFrom(' ', '  ', '\t', ' \\\n ', '\\\n\t');
const rule = fc.tuple(fc.constantFrom('deploy', '%web', 'a,b', '!c , d'), blank, fc.constantFrom('', '(root)', '(www-data:adm)', '(:adm)'), fc.constantFrom('', 'NOPASSWD:', 'NOPASSWD: SETENV:', 'PASSWD :'), fc.array(command, { minLength: 1, maxLength: 3 }), fc.constantFrom('', ' # comment', '#comment \\'))
  .map(([users, gap, runas, tags, commands, end]) => `${users}${gap}ALL${gap}=${gap}${runas}${gap}${tags}${gap}${commands.join(`,${gap}`)}${end}`);
const other = fc.constantFrom('# comment', '', 'Defaults env_keep += "A # B"', 'Defaults:deploy !requiretty', 'Cmnd_Alias A = /bin/a, /bin/b *', 'User_Alias U = a, %b');

void test('what sudo accepts, we read as sudo does', (t) => {
  if (!sudo(t)) return;
  let agreed = 0;
  fc.assert(
    fc.property(fc.array(fc.oneof({ weight: 3, arbitrary: rule }, other), { maxLength: 4 }).map((lines) => `${lines.join('\n')}\n`), (text) => {
      const said = sudos(text);
      if (!said) return;
      const file = parseSudoers(text);
      assert.deepEqual(file.faults, []);
      assert.deepEqual([...ours(file)].sort(), [...said].sort());
      agreed += 1;
    }),
    { numRuns: 150 },
  );
  assert.ok(agreed > 50, `only ${agreed} were accepted by sudo`);
});

void test('what sudo calls a fault on its own, we do not read as a rule', (t) => {
  if (!sudo(t)) return;
  for (const text of ['deploy ALL = relative\n', 'deploy ALL = /bin/x ^a b\n', 'deploy ALL /bin/x\n', 'User_Alias deploy = a\n', '{{ user }} ALL = ALL\n', 'deploy ALL = /bin/x,\n', 'deploy = \n']) {
    assert.notEqual(spawnSync('visudo', ['-cf', '-'], { input: text, stdio: ['pipe', 'ignore', 'ignore'] }).status, 0, text);
    const file = parseSudoers(text);
    assert.deepEqual([file.faults.length, ours(file)], [1, []], text);
  }
});
