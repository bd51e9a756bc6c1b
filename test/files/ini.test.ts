import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { commandWords, entries, insertAfter, lastEntry, parseIni, removeEntry, replaceValue, setEntry, type Dialect, type IniFile } from '../../source/files/ini.ts';
import { applyEdits, isRefused, type Edits } from '../../source/files/span.ts';

const pairs = (text: string, dialect: Dialect) => parseIni(text, dialect).entries.map((e) => [e.section, e.key, e.value]);

function edited(text: string, dialect: Dialect, edit: (file: IniFile) => Edits): string {
  const edits = edit(parseIni(text, dialect));
  return isRefused(edits) ? `refused: ${edits.refused}` : applyEdits(text, edits);
}

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
    const text = '[program:web]\nCommand = uwsgi --ini "x y.ini" ; start\n    --uid www-data\n    # between\n    --gid=www-data ;end\nenvironment: A="1;2"\n\n[x]\n';
    const file = parseIni(text, 'supervisord');
    assert.deepEqual(pairs(text, 'supervisord'), [
      ['program:web', 'command', 'uwsgi --ini "x y.ini"\n--uid www-data\n--gid=www-data'],
      ['program:web', 'environment', 'A="1;2"'],
    ]);
    assert.deepEqual(commandWords(file.entries[0]!).words.map((w) => text.slice(w.start, w.end)), ['uwsgi', '--ini', '"x y.ini"', '--uid', 'www-data', '--gid=www-data']);
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
    assert.deepEqual(commandWords(file.entries[0]!).words.map((w) => text.slice(w.start, w.end)), ['/usr/bin/gunicorn', '-b', ':443', 'app:app']);
    assert.deepEqual(file.faults.map((f) => f.line), [7]);
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
    const line = fc.constantFrom('[a]', '[b:c] x', 'k=v', 'K2 = v ; c', ' k = v #c', 'k: v', '  deeper', '\tdeeper ;x', '    deepest = 1', '', '   ', '; c', '  # c', 'a;b ;c # d', 'k3=', 'k4 = ;only', 'k5=a#b', '[]', 'k6==x', '  k=1');
    const texts = fc.sample(fc.array(line, { maxLength: 12 }).map((lines) => `[top]\nfirst=1\n${lines.join('\n')}\n`), 2000);
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
      for (const section of file.sections) for (const entry of [...section.entries, undefined]) Object.assign((ours[section.name] ??= {}), entry && { [entry.key]: entry.value });
      assert.deepEqual(ours, theirs, texts[i]);
      compared++;
    }
    assert.ok(compared > 200);
  });
});

describe('ini: what is edited', () => {
  test('a value is replaced and the rest of its line stays', () => {
    assert.equal(edited('[uwsgi]\nchmod-socket  =  666\r\n', 'uwsgi', (f) => setEntry(f, 'uwsgi', 'chmod-socket', '660')), '[uwsgi]\nchmod-socket  =  660\r\n');
    assert.equal(edited('[program:a]\nuser=root ; why\n', 'supervisord', (f) => setEntry(f, 'program:a', 'User', 'app')), '[program:a]\nuser=app ; why\n');
    assert.equal(edited('[Service]\nExecStart=a \\\n  b\nX=1\n', 'systemd', (f) => setEntry(f, 'Service', 'ExecStart', 'c')), '[Service]\nExecStart=c\nX=1\n');
    assert.equal(edited('[uwsgi]\nmaster\n', 'uwsgi', (f) => setEntry(f, 'uwsgi', 'master', 'false')), '[uwsgi]\nmaster = false\n');
    assert.equal(edited('[a]\nx = 1\nuser =\n', 'supervisord', (f) => setEntry(f, 'a', 'user', 'app')), '[a]\nx = 1\nuser = app\n');
  });

  test('the last of several entries is the one that is replaced', () => {
    assert.equal(edited('[uwsgi]\na=1\na=2\n', 'uwsgi', (f) => setEntry(f, 'uwsgi', 'a', '3')), '[uwsgi]\na=1\na=3\n');
  });

  test('a new entry goes to the end of its section, spaced like the others', () => {
    assert.equal(edited('[uwsgi]\nmaster = true\nsocket = x\n\n[other]\na = 1\n', 'uwsgi', (f) => setEntry(f, 'uwsgi', 'uid', 'app')), '[uwsgi]\nmaster = true\nsocket = x\nuid = app\n\n[other]\na = 1\n');
    assert.equal(edited('[Service]\nA=1\n', 'systemd', (f) => setEntry(f, 'Service', 'User', 'app')), '[Service]\nA=1\nUser=app\n');
    assert.equal(edited('[Service]\n', 'systemd', (f) => setEntry(f, 'Service', 'User', 'app')), '[Service]\nUser=app\n');
    assert.equal(edited('[uwsgi]', 'uwsgi', (f) => setEntry(f, 'uwsgi', 'uid', 'app')), '[uwsgi]\nuid = app');
    assert.equal(edited('[a]\r\nx=1', 'supervisord', (f) => setEntry(f, 'a', 'user', 'app')), '[a]\r\nx=1\r\nuser=app');
  });

  test('a missing section is made', () => {
    assert.equal(edited('[Unit]\nA=1', 'systemd', (f) => setEntry(f, 'Service', 'User', 'app')), '[Unit]\nA=1\n\n[Service]\nUser=app\n');
    assert.equal(edited('', 'systemd', (f) => setEntry(f, 'Service', 'User', 'app')), '[Service]\nUser=app\n');
  });

  test('an entry is added below another one, as deep as it', () => {
    assert.equal(edited('[uwsgi]\n  a = 1\n  b = 2\n', 'uwsgi', (f) => insertAfter(f, f.entries[0]!, 'c', '3')), '[uwsgi]\n  a = 1\n  c = 3\n  b = 2\n');
    assert.equal(edited('[uwsgi]\na=1\nb=2\n', 'uwsgi', (f) => setEntry(f, 'uwsgi', 'c', '3', f.entries[0])), '[uwsgi]\na=1\nc=3\nb=2\n');
  });

  test('an entry goes with all its lines', () => {
    const remove = (text: string, dialect: Dialect) => edited(text, dialect, (f) => [removeEntry(f, f.entries[1]!)]);
    assert.equal(remove('[p]\na=1\ncommand=x\n  y ; c\nb=2\n', 'supervisord'), '[p]\na=1\nb=2\n');
    assert.equal(remove('[uwsgi]\na=1\r\nb=2', 'uwsgi'), '[uwsgi]\na=1');
  });

  test('a value that the program would not read back is refused', () => {
    assert.match(edited('[a]\nb=1\n', 'supervisord', (f) => replaceValue(f, f.entries[0]!, 'x ;y')), /^refused: .*comment/);
    assert.match(edited('[a]\nb=1\n', 'uwsgi', (f) => setEntry(f, 'a', 'c', 'x\ny')), /^refused: .*several lines/);
    assert.match(edited('[a]\nb=1\n', 'systemd', (f) => setEntry(f, 'a', 'b', 'x\\')), /^refused: .*backslash/);
  });

  test('what was set is read back, and nothing else has changed', () => {
    const line = fc.constantFrom('[s]', '[t]', 'a=1', ' b = 2', 'c', 'a = x ; y', '', '# n', '; n', '   more', 'k=1 \\', 'user = root');
    fc.assert(
      fc.property(fc.array(line, { maxLength: 10 }), fc.constantFrom('\n', '\r\n'), fc.boolean(), fc.constantFrom<Dialect>('uwsgi', 'supervisord', 'systemd'), (lines, newline, final, dialect) => {
        const text = ['[s]', 'first=1', ...lines].join(newline) + (final ? newline : '');
        const before = parseIni(text, dialect);
        const edits = setEntry(before, 's', 'user', 'app');
        assert.ok(!isRefused(edits));
        const after = parseIni(applyEdits(text, edits), dialect);
        assert.equal(lastEntry(after, 's', 'user')!.value, 'app');
        const rest = (file: IniFile) => file.entries.filter((e) => !(e.section === 's' && e.key === 'user')).map((e) => [e.section, e.key, e.value]);
        assert.deepEqual(rest(after), rest(before));
      }),
    );
  });
});

describe('ini: hostile text', () => {
  const noise = fc.array(fc.oneof(fc.constantFrom('[', ']', '=', ':', ';', '#', ' ', '\n', '\r\n', '\\', '\\\n', 'a', '\t', '\uFEFF', '%(', '[a]\n', 'b=c\n'), fc.string({ unit: 'binary', maxLength: 3 })), { maxLength: 60 }).map((p) => p.join(''));

  test('nothing is ever thrown, and every place lies in the text', () => {
    fc.assert(
      fc.property(noise, fc.constantFrom<Dialect>('uwsgi', 'supervisord', 'systemd'), (text, dialect) => {
        const file = parseIni(text, dialect);
        for (const entry of file.entries) {
          commandWords(entry);
          assert.ok(entry.lines.start <= entry.keySpan.start && entry.keySpan.end <= entry.valueSpan.start + 1 && entry.valueSpan.start <= entry.valueSpan.end && entry.valueSpan.end <= entry.lines.end, JSON.stringify([text, entry]));
          for (const edits of [[removeEntry(file, entry)], replaceValue(file, entry, 'x'), insertAfter(file, entry, 'k', 'v')]) if (!isRefused(edits)) applyEdits(text, edits);
        }
      }),
      { numRuns: 3000 },
    );
  });

  test('megabytes are read in little time', () => {
    const begin = performance.now();
    for (const dialect of ['uwsgi', 'supervisord', 'systemd'] as const) {
      for (const text of [`[a]\nk=${'x ;'.repeat(300_000)}`, `[a]\n${'k=v\n'.repeat(100_000)}`, `[a]\nk=v\n${' x\n'.repeat(200_000)}`, `[a]\nk=${'\\\n'.repeat(200_000)}`, '['.repeat(1_000_000), `[a]\nk=${'\\'.repeat(1_000_000)}`, `[a]\nk=${';'.repeat(500_000)}`, ' '.repeat(1_000_000)]) parseIni(text, dialect);
    }
    assert.ok(performance.now() - begin < 15_000);
  });
});
