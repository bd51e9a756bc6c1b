import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseSudoers, type Alias, type Rule, type SudoersFile } from '../../source/files/sudoers.ts';
import { processorMs } from './processor.ts';

const rule = (file: SudoersFile, n = 0): Rule => file.entries.filter((e): e is Rule => e.kind === 'rule')[n]!;
const alias = (file: SudoersFile): Alias => file.entries.find((e): e is Alias => e.kind === 'alias')!;
const said = (text: string): string[] => rule(parseSudoers(text)).parts.flatMap((p) => p.grants.map((g) => [g.command.program, ...g.command.args].map((a) => a.pattern).join('|')));

test('a rule says who, where, as whom, with which tags and what', () => {
  const text = '%webuser, !bob ALL=(www-data:adm) NOPASSWD: SETENV: /usr/bin/supervisorctl [a-z]* shop, PASSWD: /bin/ls ""\n';
  const file = parseSudoers(text);
  assert.deepEqual(file.faults, []);
  const { users, parts } = rule(file);
  assert.deepEqual(users.map((u) => [u.value, u.negated]), [['%webuser', false], ['bob', true]]);
  const [first, second] = parts[0]!.grants;
  assert.deepEqual([parts[0]!.hosts[0]!.value, first!.runas!.users[0]!.value, first!.runas!.groups[0]!.value], ['ALL', 'www-data', 'adm']);
  assert.deepEqual([...first!.tags], ['NOPASSWD', 'SETENV']);
  assert.equal(text.slice(first!.command.start, first!.command.end), '/usr/bin/supervisorctl [a-z]* shop');
  // Account and tags hold on; an opposite takes its place.
  assert.deepEqual([second!.runas!.users[0]!.value, [...second!.tags], second!.command.args[0]!.source], ['www-data', ['SETENV', 'PASSWD'], '""']);
});

test('several hosts with commands of their own stand in one rule', () => {
  const { parts } = rule(parseSudoers('deploy WEB = /bin/a, /bin/b : "db 1", fe80::1 = (root) /bin/c x\n'));
  assert.deepEqual(parts.map((p) => [p.hosts.map((h) => h.value), p.grants.map((g) => g.command.program.source)]), [[['WEB'], ['/bin/a', '/bin/b']], [['db 1', 'fe80::1'], ['/bin/c']]]);
});

test('escapes of sudo go, those of a pattern stay', () => {
  assert.deepEqual(said('d ALL = /bin/x a\\,b c\\:d e\\=f \\* \\[x\\] g\\ h i\\#j\n'), ['/bin/x|a,b|c:d|e=f|\\*|\\[x\\]|g h|i#j']);
});

test('a regular expression is one argument, with its commas, blanks and colons', () => {
  const file = parseSudoers('d ALL = /bin/x ^(a|b), c: [d-f]+ \\$ g\\#$, ^/bin/[a-z]+$ y, /bin/z \\^a\n');
  assert.deepEqual(file.faults, []);
  const [one, two, three] = rule(file).parts[0]!.grants.map((g) => g.command);
  assert.deepEqual([one!.regex, one!.args.map((a) => a.source)], [true, ['^(a|b), c: [d-f]+ \\$ g\\#$']]);
  assert.deepEqual([two!.regex, two!.program.source, two!.args.length], [true, '^/bin/[a-z]+$', 1]);
  assert.deepEqual([three!.regex, three!.args[0]!.pattern], [false, '\\^a']);
});

test('digests, options and forbidden commands keep their places', () => {
  const sum = '0GomF8mNN3wlDt1HD9XldjJ3SNgpFdbjO1+NsQ==';
  const text = `d ALL = CWD=/tmp TIMEOUT=5m sha224:${sum}, sha256 : abc= /bin/ls, !/bin/rm *, sudoedit /etc/x\n`;
  const [ls, rm, edit] = rule(parseSudoers(text)).parts[0]!.grants.map((g) => g.command);
  assert.deepEqual(ls!.digests, [`sha224:${sum}`, 'sha256 : abc=']);
  assert.equal(text.slice(ls!.start, ls!.end), `sha224:${sum}, sha256 : abc= /bin/ls`);
  assert.deepEqual([rm!.negated, text.slice(rm!.start, rm!.end)], [true, '!/bin/rm *']);
  assert.deepEqual([edit!.kind, edit!.args[0]!.source], ['sudoedit', '/etc/x']);
});

test('a line goes on behind a backslash, and a comment ends with its own line', () => {
  const text = 'd ALL = /bin/a x \\\r\n    y, \\\n\t/bin/b # no more \\\ne ALL = /bin/c\n';
  const file = parseSudoers(text);
  assert.deepEqual(file.faults, []);
  assert.deepEqual(said(text), ['/bin/a|x|y', '/bin/b']);
  assert.deepEqual(file.entries.map((e) => [e.kind, e.line]), [['rule', 1], ['rule', 4]]);
});

test('# is an account\'s number, an include, or a comment', () => {
  const file = parseSudoers('#1000, %#33 ALL = ALL#c\n#include /etc/a\n#includedir "/etc/b c"\n@include /etc/d\\ e\n#include\n# x\n');
  assert.deepEqual(rule(file).users.map((u) => u.value), ['#1000', '%#33']);
  assert.deepEqual(file.entries.map((e) => e.kind), ['rule', 'include', 'includedir', 'include', 'comment', 'comment']);
  assert.deepEqual(file.entries.flatMap((e) => ('path' in e ? [e.path] : [])), ['/etc/a', '/etc/b c', '/etc/d e']);
});

test('aliases of all four kinds, several on a line', () => {
  const text = 'Cmnd_Alias A = /bin/a x*, !B : C1 = ALL, D\nUser_Alias U = a, %b\nRunas_Alias R = #0, !c\nHost_Alias H = 10.0.0.0/8, h*\nDefaults:U !requiretty, x += "a # b" # c\n';
  const file = parseSudoers(text);
  assert.deepEqual(file.faults, []);
  assert.deepEqual(alias(file).definitions.map((d) => [d.name, d.commands.map((c) => `${c.negated ? '!' : ''}${c.kind}`)]), [['A', ['path', '!alias']], ['C1', ['all', 'alias']]]);
  assert.deepEqual(file.entries.map((e) => ('of' in e ? `${e.of} ${e.definitions.flatMap((d) => d.members.map((m) => m.value)).join()}` : e.kind)), ['Cmnd ', 'User a,%b', 'Runas #0,c', 'Host 10.0.0.0/8,h*', 'defaults']);
});

test('what makes no sense is named, and the lines after it are read', () => {
  const file = parseSudoers('this is nothing\nUser_Alias X* = a\n{{ user }} ALL = ALL\nd ALL = /bin/x ^a b\nd ALL = relative\nd ALL = /bin/a\n');
  assert.deepEqual(file.faults.map((f) => f.line), [1, 2, 3, 4, 5]);
  assert.deepEqual(said('junk (\nd ALL = /bin/a\n'), ['/bin/a']);
});

const piece = fc.oneof(
  fc.constantFrom('deploy', '%web', 'ALL', ' ', '=', ',', ':', '(', ')', '!', '#', '#12', '"', '\\', '\\\n', '\\\r\n', '\n', '\r', '/bin/x', 'a*', '^', '$', '[a-z]', 'NOPASSWD:', 'Cmnd_Alias A', 'User_Alias', 'Defaults', '@include', '#includedir ', 'sha256:ab', 'CWD=', '\t', '\uFEFF'),
  fc.string({ unit: 'binary', maxLength: 3 }),
);

test('nothing is ever thrown, every byte belongs to one entry, and every place lies in the text', () => {
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 60 }).map((p) => p.join('')), (text) => {
      const file = parseSudoers(text);
      assert.equal(file.entries.map((e) => text.slice(e.lines.start, e.lines.end)).join(''), text);
      for (const entry of file.entries) {
        const commands = entry.kind === 'rule' ? entry.parts.flatMap((p) => p.grants.map((g) => g.command)) : entry.kind === 'alias' ? entry.definitions.flatMap((d) => d.commands) : [];
        for (const command of commands) {
          assert.ok(entry.lines.start <= command.start && command.start < command.end && command.end <= entry.lines.end);
          for (const word of [command.program, ...command.args]) assert.equal(text.slice(word.start, word.end), word.source);
        }
      }
    }),
    { numRuns: 3000 },
  );
});

test('megabytes are read in little time', () => {
  const begin = processorMs();
  for (const text of ['d ALL = /bin/a x, /bin/b\n'.repeat(50_000), `d ALL = ${'/bin/a x, '.repeat(100_000)}/b`, `d ALL = /bin/a ${'\\\n'.repeat(300_000)}`, '"'.repeat(300_001), `d ALL = /bin/x ^${'a'.repeat(500_000)}`, `d ALL = ${'sha256:a,'.repeat(50_000)}`, '!'.repeat(300_000), `Defaults ${'"'.repeat(200_001)}`, 'a\\\n'.repeat(200_000), '\\ '.repeat(200_000)])
    parseSudoers(text);
  assert.ok(processorMs() - begin < 20_000);
});
