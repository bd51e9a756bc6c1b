import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import {
  commandWords,
  insertAfter,
  lastEntry,
  parseIni,
  removeEntry,
  replaceValue,
  setEntry,
  type Dialect,
  type IniFile,
} from '../../source/files/ini.ts';
import { applyEdits, isRefused, type Edits } from '../../source/files/span.ts';
import { processorMs } from './processor.ts';

function edited(text: string, dialect: Dialect, edit: (file: IniFile) => Edits): string {
  const edits = edit(parseIni(text, dialect));
  return isRefused(edits) ? `refused: ${edits.refused}` : applyEdits(text, edits);
}

describe('ini: what is edited', () => {
  test('a value is replaced and the rest of its line stays', () => {
    assert.equal(
      edited('[uwsgi]\nchmod-socket  =  666\r\n', 'uwsgi', (f) => setEntry(f, 'uwsgi', 'chmod-socket', '660')),
      '[uwsgi]\nchmod-socket  =  660\r\n',
    );
    assert.equal(
      edited('[program:a]\nuser=root ; why\n', 'supervisord', (f) => setEntry(f, 'program:a', 'User', 'app')),
      '[program:a]\nuser=app ; why\n',
    );
    assert.equal(
      edited('[Service]\nExecStart=a \\\n  b\nX=1\n', 'systemd', (f) => setEntry(f, 'Service', 'ExecStart', 'c')),
      '[Service]\nExecStart=c\nX=1\n',
    );
    assert.equal(
      edited('[uwsgi]\nmaster\n', 'uwsgi', (f) => setEntry(f, 'uwsgi', 'master', 'false')),
      '[uwsgi]\nmaster = false\n',
    );
    assert.equal(
      edited('[a]\nx = 1\nuser =\n', 'supervisord', (f) => setEntry(f, 'a', 'user', 'app')),
      '[a]\nx = 1\nuser = app\n',
    );
  });

  test('the last of several entries is the one that is replaced', () => {
    assert.equal(
      edited('[uwsgi]\na=1\na=2\n', 'uwsgi', (f) => setEntry(f, 'uwsgi', 'a', '3')),
      '[uwsgi]\na=1\na=3\n',
    );
  });

  test('a new entry goes to the end of its section, spaced like the others', () => {
    assert.equal(
      edited('[uwsgi]\nmaster = true\nsocket = x\n\n[other]\na = 1\n', 'uwsgi', (f) => setEntry(f, 'uwsgi', 'uid', 'app')),
      '[uwsgi]\nmaster = true\nsocket = x\nuid = app\n\n[other]\na = 1\n',
    );
    assert.equal(
      edited('[Service]\nA=1\n', 'systemd', (f) => setEntry(f, 'Service', 'User', 'app')),
      '[Service]\nA=1\nUser=app\n',
    );
    assert.equal(
      edited('[Service]\n', 'systemd', (f) => setEntry(f, 'Service', 'User', 'app')),
      '[Service]\nUser=app\n',
    );
    assert.equal(
      edited('[uwsgi]', 'uwsgi', (f) => setEntry(f, 'uwsgi', 'uid', 'app')),
      '[uwsgi]\nuid = app',
    );
    assert.equal(
      edited('[a]\r\nx=1', 'supervisord', (f) => setEntry(f, 'a', 'user', 'app')),
      '[a]\r\nx=1\r\nuser=app',
    );
  });

  test('a missing section is made', () => {
    assert.equal(
      edited('[Unit]\nA=1', 'systemd', (f) => setEntry(f, 'Service', 'User', 'app')),
      '[Unit]\nA=1\n\n[Service]\nUser=app\n',
    );
    assert.equal(
      edited('', 'systemd', (f) => setEntry(f, 'Service', 'User', 'app')),
      '[Service]\nUser=app\n',
    );
  });

  test('an entry is added below another one, as deep as it', () => {
    assert.equal(
      edited('[uwsgi]\n  a = 1\n  b = 2\n', 'uwsgi', (f) => insertAfter(f, f.entries[0]!, 'c', '3')),
      '[uwsgi]\n  a = 1\n  c = 3\n  b = 2\n',
    );
    assert.equal(
      edited('[uwsgi]\na=1\nb=2\n', 'uwsgi', (f) => setEntry(f, 'uwsgi', 'c', '3', f.entries[0])),
      '[uwsgi]\na=1\nc=3\nb=2\n',
    );
  });

  test('an entry goes with all its lines', () => {
    const remove = (text: string, dialect: Dialect) => edited(text, dialect, (f) => [removeEntry(f, f.entries[1]!)]);
    assert.equal(remove('[p]\na=1\ncommand=x\n  y ; c\nb=2\n', 'supervisord'), '[p]\na=1\nb=2\n');
    assert.equal(remove('[uwsgi]\na=1\r\nb=2', 'uwsgi'), '[uwsgi]\na=1');
  });

  test('a value that the program would not read back is refused', () => {
    assert.match(
      edited('[a]\nb=1\n', 'supervisord', (f) => replaceValue(f, f.entries[0]!, 'x ;y')),
      /^refused: .*comment/,
    );
    assert.match(
      edited('[a]\nb=1\n', 'uwsgi', (f) => setEntry(f, 'a', 'c', 'x\ny')),
      /^refused: .*several lines/,
    );
    assert.match(
      edited('[a]\nb=1\n', 'systemd', (f) => setEntry(f, 'a', 'b', 'x\\')),
      /^refused: .*backslash/,
    );
  });

  test('nothing is put where an indented line would go on with it, or it with the line above, whatever stands between', () => {
    for (const between of ['', '\n', '; why\n', '   # why\n\n', 'neither\n', '\nneither\n']) {
      const text = `[s]\nfirst=1\n[s]\n${between}   more\n`;
      assert.match(edited(text, 'supervisord', (f) => setEntry(f, 's', 'user', 'app')), /^refused: .*indented/, text);
    }
    const above = '[s]\nfirst=1\n b=2\n[s]\n b=2\n\nneither\n   more';
    assert.match(edited(above, 'supervisord', (f) => setEntry(f, 's', 'user', 'app')), /^refused: .*indented/);
    assert.equal(
      edited('[s]\n\n; why\n[t]\n   a=1\n', 'supervisord', (f) => setEntry(f, 's', 'user', 'app')),
      '[s]\nuser=app\n\n; why\n[t]\n   a=1\n',
    );
  });

  test('what was set is read back, and nothing else has changed', () => {
    const line = fc.constantFrom('[s]', '[t]', 'a=1', ' b = 2', 'c', 'a = x ; y', '', '# n', '; n', '   more', 'k=1 \\', 'user = root');
    fc.assert(
      fc.property(
        fc.array(line, { maxLength: 10 }),
        fc.constantFrom('\n', '\r\n'),
        fc.boolean(),
        fc.constantFrom<Dialect>('uwsgi', 'supervisord', 'systemd'),
        (lines, newline, final, dialect) => {
          const text = ['[s]', 'first=1', ...lines].join(newline) + (final ? newline : '');
          const before = parseIni(text, dialect);
          const edits = setEntry(before, 's', 'user', 'app');
          // An indented line below ours would go on with it, and ours, indented, with what stands above.
          if (isRefused(edits)) {
            assert.match(edits.refused, /indented/);
            return;
          }
          const after = parseIni(applyEdits(text, edits), dialect);
          assert.equal(lastEntry(after, 's', 'user')!.value, 'app');
          const rest = (file: IniFile) =>
            file.entries.filter((e) => !(e.section === 's' && e.key === 'user')).map((e) => [e.section, e.key, e.value]);
          assert.deepEqual(rest(after), rest(before));
        },
      ),
    );
  });
});

describe('ini: hostile text', () => {
  const noise = fc
    .array(
      fc.oneof(
        fc.constantFrom('[', ']', '=', ':', ';', '#', ' ', '\n', '\r\n', '\\', '\\\n', 'a', '\t', '\uFEFF', '%(', '[a]\n', 'b=c\n'),
        fc.string({ unit: 'binary', maxLength: 3 }),
      ),
      { maxLength: 60 },
    )
    .map((p) => p.join(''));

  test('nothing is ever thrown, and every place lies in the text', () => {
    fc.assert(
      fc.property(noise, fc.constantFrom<Dialect>('uwsgi', 'supervisord', 'systemd'), (text, dialect) => {
        const file = parseIni(text, dialect);
        for (const entry of file.entries) {
          commandWords(entry);
          assert.ok(
            entry.lines.start <= entry.keySpan.start &&
              entry.keySpan.end <= entry.valueSpan.start + 1 &&
              entry.valueSpan.start <= entry.valueSpan.end &&
              entry.valueSpan.end <= entry.lines.end,
            JSON.stringify([text, entry]),
          );
          for (const edits of [[removeEntry(file, entry)], replaceValue(file, entry, 'x'), insertAfter(file, entry, 'k', 'v')])
            if (!isRefused(edits)) applyEdits(text, edits);
        }
      }),
      { numRuns: 3000 },
    );
  });

  test('megabytes are read in little time', () => {
    const begin = processorMs();
    for (const dialect of ['uwsgi', 'supervisord', 'systemd'] as const) {
      for (const text of [
        `[a]\nk=${'x ;'.repeat(300_000)}`,
        `[a]\n${'k=v\n'.repeat(50_000)}`,
        `[a]\nk=v\n${' x\n'.repeat(50_000)}`,
        `[a]\nk=${'\\\n'.repeat(50_000)}`,
        '['.repeat(1_000_000),
        `[a]\nk=${'\\'.repeat(1_000_000)}`,
        `[a]\nk=${';'.repeat(500_000)}`,
        ' '.repeat(1_000_000),
      ])
        parseIni(text, dialect);
    }
    assert.ok(processorMs() - begin < 20_000);
  });
});
