import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { addListItem, parseCompose, removeEnvironment, removeServiceKey, setServiceKey } from '../../source/files/compose.ts';
import { applyEdits, isRefused } from '../../source/files/span.ts';
import { processorMs } from './processor.ts';

describe('compose: hostile text', () => {
  const pieces = [
    'services:',
    '\n',
    '  ',
    'web:',
    ' ',
    '&a',
    '*a',
    '<<: ',
    '- ',
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"',
    "'",
    '|',
    '>',
    '${X',
    '}',
    '#',
    '\r\n',
    '\t',
    'image: a',
    'ports:',
    'environment:',
    '\uFEFF',
    'A=1',
    '? ',
    '!!',
    '%',
    '---\n',
    '80:80',
  ];
  const noise = fc.array(fc.oneof(fc.constantFrom(...pieces), fc.string({ maxLength: 4 })), { maxLength: 60 }).map((p) => p.join(''));

  test('nothing is ever thrown, and no edit leaves the text as it was', () => {
    fc.assert(
      fc.property(noise, (text) => {
        const file = parseCompose(text);
        for (const fault of file.faults) assert.ok(fault.line >= 1 && fault.column >= 1);
        assert.equal(applyEdits(text, []), text);
        for (const service of file.services) {
          for (const edits of [
            setServiceKey(file, service, 'user', 'app'),
            removeServiceKey(file, service, 'image'),
            removeEnvironment(file, service, 'A'),
            addListItem(file, ['services', service.name, 'ports'], '"1"'),
          ]) {
            if (!isRefused(edits)) applyEdits(text, edits);
          }
        }
      }),
      { numRuns: 3000 },
    );
  });

  const quick = (name: string, text: string) =>
    test(`${name} is read or refused, in little time`, () => {
      const begin = processorMs();
      parseCompose(text);
      assert.ok(processorMs() - begin < 20_000);
    });
  const levels = Array.from({ length: 40 }, (_, i) => `a${i + 1}: &a${i + 1} [${`*a${i}, `.repeat(9)}*a${i}]`).join('\n');
  const merges = Array.from({ length: 40 }, (_, i) => `b${i + 1}: &b${i + 1} {<<: [${`*b${i}, `.repeat(9)}*b${i}]}`).join('\n');
  quick('a bomb of aliases', `a0: &a0 x\n${levels}\nservices:\n  web:\n    cap_add: *a40\n    environment: *a40\n    command: *a40\n`);
  quick('a bomb of merges', `b0: &b0 {x: 1}\n${merges}\nservices:\n  web: *b40\n`);
  quick(
    'many services that share one long list',
    `e: &e [${'A=1, '.repeat(20_000)}]\nservices:\n${Array.from({ length: 5000 }, (_, i) => `  s${i}: {environment: *e}\n`).join('')}`,
  );
  quick('a line of a megabyte', `services:\n  web:\n    image: ${'x'.repeat(1_000_000)}\n    command: "${'y '.repeat(200_000)}"\n`);
  quick('a deep nest of dashes', '- '.repeat(500_000));
  quick('a deep nest of brackets', '['.repeat(500_000));
  quick('a deep nest over many lines', Array.from({ length: 1400 }, (_, i) => `${' '.repeat(i)}k:`).join('\n'));
  quick('a staircase of dashes', Array.from({ length: 200 }, (_, i) => `${' '.repeat(i * 20)}${'- '.repeat(10)}`).join('\n'));
  quick('a crowd of anchors', '&a '.repeat(200_000));
  quick('a hundred thousand keys', Array.from({ length: 100_000 }, (_, i) => `k${i}: 1`).join('\n'));
});
