import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { commandWords, entries, lastEntry, parseIni, type Dialect } from '../../source/files/ini.ts';

const pairs = (text: string, dialect: Dialect) => parseIni(text, dialect).entries.map((e) => [e.section, e.key, e.value]);

describe('ini: what each program reads', () => {
  test('uWSGI takes one line for one option, and a comment only at the start of a line', () => {
    const text = '[uwsgi]\n; a\n# b\nmaster\n  socket = /tmp/a.sock ; not a comment\nenv=A=1 ; z\nenv = B=2\nempty =\n';
    assert.deepEqual(pairs(text, 'uwsgi'), [
      ['uwsgi', 'master', 'true'],
      ['uwsgi', 'socket', '/tmp/a.sock ; not a comment'],
      ['uwsgi', 'env', 'A=1 ; z'],
      ['uwsgi', 'env', 'B=2'],
      ['uwsgi', 'empty', ''],
    ]);
    const file = parseIni(text, 'uwsgi');
    assert.equal(file.entries[0]!.bare, true);
    assert.equal(lastEntry(file, 'uwsgi', 'env')!.value, 'B=2');
    assert.equal(entries(file, 'uwsgi', 'env').length, 2);
  });

  test('supervisord has comments behind a blank, values over several lines and keys without case', () => {
    const text =
      '[program:web]\nCommand = uwsgi --ini "x y.ini" ; start\n    --uid www-data\n    # between\n    --gid=www-data ;end\nenvironment: A="1;2"\n\n[x]\n';
    const file = parseIni(text, 'supervisord');
    assert.deepEqual(pairs(text, 'supervisord'), [
      ['program:web', 'command', 'uwsgi --ini "x y.ini"\n--uid www-data\n--gid=www-data'],
      ['program:web', 'environment', 'A="1;2"'],
    ]);
    assert.deepEqual(
      commandWords(file.entries[0]!).words.map((w) => text.slice(w.start, w.end)),
      ['uwsgi', '--ini', '"x y.ini"', '--uid', 'www-data', '--gid=www-data'],
    );
    assert.equal(text.slice(file.entries[0]!.valueSpan.start, file.entries[0]!.valueSpan.end).startsWith('uwsgi'), true);
    assert.equal(file.sections.length, 2);
  });

  test('systemd joins lines behind a backslash and skips the comments between', () => {
    const text = '[Service]\nExecStart=/usr/bin/gunicorn \\\n  # why\n  -b :443 \\\n  app:app\nUser=\nnonsense\n[Install]\nWantedBy = x\n';
    const file = parseIni(text, 'systemd');
    assert.deepEqual(pairs(text, 'systemd'), [
      ['Service', 'ExecStart', '/usr/bin/gunicorn  -b :443  app:app'],
      ['Service', 'User', ''],
      ['Install', 'WantedBy', 'x'],
    ]);
    assert.deepEqual(
      commandWords(file.entries[0]!).words.map((w) => text.slice(w.start, w.end)),
      ['/usr/bin/gunicorn', '-b', ':443', 'app:app'],
    );
    assert.deepEqual(
      file.faults.map((f) => f.line),
      [7],
    );
  });

  test('what stands in no section is a fault', () => {
    for (const dialect of ['uwsgi', 'supervisord', 'systemd'] as const) assert.match(parseIni('a=b\n', dialect).faults[0]!.message, /no section/);
  });

  test('a value that the program fills in says so', () => {
    const flag = (text: string, dialect: Dialect) => parseIni(`[uwsgi]\nk=${text}\n`, dialect).entries[0]!.interpolated;
    assert.deepEqual([flag('%n.sock', 'uwsgi'), flag('$(HOME)/x', 'uwsgi'), flag('100%', 'uwsgi')], [true, true, false]);
    assert.deepEqual([flag('%(here)s/x', 'supervisord'), flag('50%', 'supervisord')], [true, false]);
    assert.deepEqual([flag('app@%i', 'systemd'), flag('plain', 'systemd')], [true, false]);
  });

  const python = spawnSync('python3', ['-I', '-c', 'import configparser']);
  test('supervisord files are read as Python reads them', { skip: python.status !== 0 && 'python3 is not here' }, () => {
    const line = fc.constantFrom(
      '[a]',
      '[b:c] x',
      'k=v',
      'K2 = v ; c',
      ' k = v #c',
      'k: v',
      '  deeper',
      '\tdeeper ;x',
      '    deepest = 1',
      '',
      '   ',
      '; c',
      '  # c',
      'a;b ;c # d',
      'k3=',
      'k4 = ;only',
      'k5=a#b',
      '[]',
      'k6==x',
      '  k=1',
    );
    const texts = fc.sample(
      fc.array(line, { maxLength: 12 }).map((lines) => `[top]\nfirst=1\n${lines.join('\n')}\n`),
      2000,
    );
    const program = `import sys,json,configparser
def f(t):
  p=configparser.RawConfigParser(inline_comment_prefixes=(';','#'),strict=False)
  try: p.read_string(t)
  except configparser.Error: return None
  return {s:dict(p.items(s)) for s in p.sections()}
print(json.dumps([f(t) for t in json.load(sys.stdin)]))`;
    const run = spawnSync('python3', ['-I', '-c', program], { input: JSON.stringify(texts), encoding: 'utf8' });
    let compared = 0;
    for (const [i, theirs] of (JSON.parse(run.stdout) as (Record<string, Record<string, string>> | null)[]).entries()) {
      const file = parseIni(texts[i]!, 'supervisord');
      assert.equal(file.faults.length > 0, theirs === null, texts[i]);
      if (theirs === null) continue;
      const ours: Record<string, Record<string, string>> = {};
      for (const section of file.sections)
        for (const entry of [...section.entries, undefined]) Object.assign((ours[section.name] ??= {}), entry && { [entry.key]: entry.value });
      assert.deepEqual(ours, theirs, texts[i]);
      compared++;
    }
    assert.ok(compared > 200);
  });
});
