import assert from 'node:assert/strict';
import test from 'node:test';
import type { Compared, Rehearsal } from '../../source/model/rehearsal.ts';
import { same } from '../../source/model/text.ts';
import { rehearsalText } from '../../source/report/rehearsal-text.ts';
import { width } from '../../source/report/wrap.ts';

const row = (service: string, what: string, asIs: string, asPlanned: string, result: Compared['result']): Compared => ({ service, what: same(what), asIs: same(asIs), asPlanned: same(asPlanned), result });
const page = (rows: readonly Compared[], columns = 80): string[] => rehearsalText({ outcome: 'holds', rows, untried: [], buildMs: 1000, ms: 2000 } as Rehearsal, { lang: 'en', columns, paint: (_role, words) => words }).split('\n');

test('what is long is wrapped in its column, and what is known of a service stands together', () => {
  const lines = page([
    row('web', 'runs as', 'root', '10001, no capabilities', 'gone'), row('redis', 'listens on', '6379', '6379', 'same'),
    row('web', 'web listens on port 443 as root', 'web: root still listens on 443 there', 'web: nobody is root, 8443 inside', 'gone'),
  ]);
  assert.deepEqual(lines.slice(0, 9), [
    '                              as it is          as planned',
    'web    runs as                root              10001, no         gone',
    '                                                capabilities',
    '       web listens on port    web: root still   web: nobody is    gone',
    '       443 as root            listens on 443    root, 8443',
    '                              there             inside',
    'redis  listens on             6379              6379              same',
    '',
    'Holds: 2 gone, 1 same, 0 worse. 2.0 s, after 1.0 s of building.',
  ]);
});

test('there is a blank between two columns, however long a path is, and words are whole where something is left out', () => {
  const long = '/run/supervisor/of-the-application/supervisor.sock is open: everybody on this machine may write there, and whoever does so runs programs as root';
  const lines = page([row('app', 'socket', long, '700 0 0: a stranger is refused', 'gone')]);
  assert.ok(!lines.some((line) => /\S700/.test(line)), lines.join('\n'));
  assert.match(lines[1]!, /^app {2}socket +\S+… {2}700 0 0: a stranger/);
  assert.match(lines.join('\n'), / \w+ ?…/);
});

test('it stays within the columns, whatever is said', () => {
  for (const columns of [80, 110]) {
    const lines = page([row('a-service-with-a-very-long-name', 'x'.repeat(90), 'word '.repeat(60), `/${'y'.repeat(200)}`, 'cannot-tell')], columns);
    for (const line of lines) assert.ok(width(line) <= columns, line);
    assert.ok(lines.filter((l) => l !== '').length <= 6, lines.join('\n'));
  }
});
