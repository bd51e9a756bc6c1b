import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { FileDiff } from '../../source/engine/session.ts';
import { text } from '../../source/model/text.ts';
import { lineWidth, textOf, type Line } from '../../source/tui/lines.ts';
import { wholeDiff } from '../../source/tui/parts/diff.ts';
import { sideBySide } from '../../source/tui/parts/side-by-side.ts';
import { grammarOf, inColours } from '../../source/tui/parts/syntax.ts';
import { drive } from './drive.ts';
import { fakeDiffs } from './fake-offers.ts';
import { faults, frame } from './frame.tsx';

const of = (path: string): FileDiff => fakeDiffs.find((one) => one.path === path)!;
/** `name=compose`: what has a role of its own in a row. */
const told = (row: string, path: string, base?: 'added'): string => inColours(row, [row], base, grammarOf(path), 0).flat().filter((part) => part.role && part.role !== base).map((part) => `${part.role}=${part.text}`).join(' ');

describe('a file in its colours', () => {
  it('knows names, strings and comments by the kind of file', () => {
    assert.equal(told('  - "443:443"  # tls', 'compose.yaml'), 'string="443:443" faint=# tls');
    assert.equal(told('    build: .', 'x/compose.yml'), 'name=build');
    assert.equal(told('CMD ["gunicorn", "-b"]', 'Dockerfile'), 'name=CMD string="gunicorn" string="-b"');
    assert.equal(told('# a "comment"', 'Dockerfile.web'), 'faint=# a "comment"');
    assert.equal(told('chmod-socket = 666 ; no comment', 'uwsgi.ini'), 'name=chmod-socket');
    assert.equal(told('; owner is nginx', 'uwsgi.ini'), 'faint=; owner is nginx');
    assert.equal(told('[uwsgi]', 'uwsgi.ini'), 'name=[uwsgi]');
    assert.equal(told("    task_serializer='a # b',  # why", 'tasks.py'), "name=task_serializer string='a # b' faint=# why");
    assert.equal(told('from celery import Celery', 'tasks.py'), 'name=from');
    assert.equal(told('  listen 8080;', 'nginx.conf'), 'name=listen');
    assert.equal(told('anything "at all"', 'notes.txt'), '');
  });
  it('keeps what came told from what was there', () => assert.equal(told('uid = 10002', 'uwsgi.ini', 'added'), 'added-name=uid'));
  it('loses no letter of a row that is folded', () => {
    for (const diff of fakeDiffs) {
      const wide = wholeDiff(diff, 300).map((row) => textOf(row).trim());
      assert.deepEqual(wide.slice(1), diff.patch.replace(/\n$/, '').split('\n').slice(3).map((row) => row.trim()));
      assert.ok(wholeDiff(diff, 40).slice(1).every((row) => lineWidth(row) <= 40));
      assert.equal(wholeDiff(diff, 40).slice(1).map((row) => textOf(row).replace(/\s/g, '')).join(''), wide.slice(1).join('').replace(/\s/g, ''));
    }
  });
  it('is not held up by a very long row', () => {
    const row = `a = ${'"x" # '.repeat(50_000)}`;
    const begun = performance.now();
    inColours(row, [row], undefined, grammarOf('x.py'), 0);
    assert.ok(performance.now() - begun < 500);
  });
});

describe('side by side', () => {
  const rows = (diff: FileDiff): readonly Line[] => sideBySide(diff, 160, '│');
  it('puts what goes beside what comes in its place', () => {
    const all = rows(of('shop/tasks.py')).map((row) => textOf(row).replace(/ +/g, ' ').trim());
    assert.ok(all.includes('- task_serializer="pickle", │ + task_serializer="json",'), all.join('\n'));
    assert.ok(all.includes('app.conf.update( │ app.conf.update('));
    assert.match(all[1]!, /^@@ -2,9 \+2,9 @@$/);
  });
  it('leaves the other side empty where there is nothing to put there', () => {
    const all = rows(of('admin/uwsgi.ini')).map((row) => textOf(row).replace(/ +/g, ' ').trim());
    assert.ok(all.includes('-chmod-socket = 666 │ +uid = 10002'), all.join('\n'));
    assert.ok(all.includes('│ +chmod-socket = 660'));
  });
  it('folds each side for itself, and is no wider than the screen', () => {
    const long: FileDiff = { path: 'x.ini', patch: `@@ -1,1 +1,1 @@\n-${'a '.repeat(90)}\n+${'b '.repeat(200)}\n`, added: 1, removed: 1 };
    const all = rows(long);
    assert.ok(all.every((row) => lineWidth(row) <= 160));
    assert.equal(all.map(textOf).join('').match(/b/g)?.length, 200);
  });
  it('is what d shows from 140 columns on, and the search finds in it', async () => {
    for (const [columns, wide] of [[160, true], [139, false]] as const) {
      const driven = await drive({}, {}, { columns, rows: 48 });
      const page = frame(await driven.keys('enter', 'enter', 'd'));
      assert.deepEqual(faults(page, { columns, rows: 48 }), []);
      assert.equal(/task_serializer="pickle", +│ +\+ +task_serializer="json",/.test(page.join('\n')), wide);
      assert.match((await driven.keys('/', ...'json', 'enter')).notice ?? '', /^1 of [34] lines/);
    }
  });
  it('keeps two thousand lines quick', async () => {
    const patch = `@@ -1,2000 +1,2000 @@\n${Array.from({ length: 2000 }, (_, i) => `-key${i}: "old"  # ${i}\n+key${i}: "new"`).join('\n')}\n`;
    const driven = await drive({}, {}, { columns: 160, rows: 48 });
    await driven.keys('enter', 'enter');
    await driven.tell({ kind: 'offers', machine: driven.store.get().looking.machine!, finding: 'F1', offers: [{ fix: 'a', title: text('a', 'a'), price: text('', ''), safety: 'review', recommended: true, diffs: [{ path: 'x.yaml', patch, added: 2000, removed: 2000 }], words: text('', '') }] });
    const begun = performance.now();
    assert.match(frame(await driven.keys('d', 'G')).join('\n'), /key1999: "old" .* │ .*key1999: "new"/);
    assert.ok(performance.now() - begun < 3000, `${performance.now() - begun} ms`);
  });
});
