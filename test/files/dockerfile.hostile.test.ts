import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { DockerfileParser } from 'dockerfile-ast';
import fc from 'fast-check';
import { command, copies, effectiveUser, env, exposes, healthcheck, parseDockerfile, workdir } from '../../source/files/dockerfile.ts';
import { applyEdits } from '../../source/files/span.ts';
import { processorMs } from './processor.ts';

describe('Dockerfile: hostile text', () => {
  const piece = fc.constantFrom(
    'FROM a',
    'FROM a AS b',
    'FROM b',
    'USER ',
    'root',
    'RUN ',
    'CMD ',
    '["x"]',
    '[',
    'ENV A=$A$A',
    'ARG A',
    '\n',
    '\n',
    ' ',
    '\\\n',
    '\\',
    '<<EOF',
    '\nEOF\n',
    '<< ',
    '"',
    "'",
    '#',
    '# escape=`\n',
    '`\n',
    '${A',
    '}',
    ':-',
    '--from=',
    '=',
    '\r\n',
    '\t',
    '\uFEFF',
    'ONBUILD ',
    'HEALTHCHECK CMD ',
    'WORKDIR x',
    'EXPOSE 1-2/udp',
    'COPY a b',
  );
  const noise = fc.array(fc.oneof(piece, piece, fc.string({ unit: 'binary', maxLength: 4 })), { maxLength: 60 }).map((p) => p.join(''));

  test('nothing is ever thrown, and every place lies in the text', () => {
    fc.assert(
      fc.property(noise, (text) => {
        const df = parseDockerfile(text);
        assert.equal(applyEdits(text, []), text);
        let before = 0;
        for (const i of df.instructions) {
          assert.ok(i.span.start >= before && i.span.end > i.span.start && i.span.end <= text.length);
          assert.equal(text.slice(i.span.start).toUpperCase().startsWith(i.keyword[0]!), true);
          before = i.span.end;
          for (const span of [i.argsSpan, ...i.words, ...(i.jsonSpans ?? []), ...i.flags.map((f) => f.span)])
            assert.ok(span.start <= span.end && span.end <= text.length);
        }
        for (const stage of df.stages) {
          effectiveUser(stage, df);
          command(stage, df);
          workdir(stage, df);
          env(stage, df);
          exposes(stage, df);
          copies(stage, df);
          healthcheck(stage, df);
        }
      }),
      { numRuns: 3000 },
    );
  });

  test('a second parser finds the same instructions where it is known to be right', () => {
    const line = fc.constantFrom(
      'FROM a AS b',
      'FROM b',
      'USER root',
      'RUN a \\\n  # c\n  b',
      'RUN a \\\n\n b',
      'RUN <<EOF\nUSER x\nEOF',
      'RUN cat <<-A <<B\nx\n\tA\nCMD\nB',
      'CMD ["a", \\\n "b"]',
      '# note',
      '',
      '  USER app',
      'HEALTHCHECK CMD x',
      'ONBUILD USER y',
      'ENV A=b\\\n c=d',
      'COPY --from=b x y',
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), fc.constantFrom('\n', '\r\n'), (lines, newline) => {
        const text = lines.join('\n').replaceAll('\n', newline);
        const theirs = DockerfileParser.parse(text).getInstructions();
        const ours = parseDockerfile(text).instructions;
        assert.deepEqual(
          ours.map((i) => [i.keyword, i.line]),
          theirs.map((i) => [i.getKeyword(), i.getRange().start.line + 1]),
          text,
        );
        for (const [n, i] of ours.entries()) {
          if (i.heredocs.length > 0 || i.keyword === 'ONBUILD') continue;
          assert.deepEqual(i.argsSpan.end, offsetOf(text, theirs[n]!.getArgumentsRange()!.end), text);
        }
      }),
      { numRuns: 500 },
    );
  });

  const offsetOf = (text: string, { line, character }: { line: number; character: number }) =>
    text
      .split('\n')
      .slice(0, line)
      .reduce((sum, l) => sum + l.length + 1, 0) + character;

  const quick = (name: string, text: string) =>
    test(`${name} is read in little time`, () => {
      const begin = processorMs();
      const df = parseDockerfile(text);
      for (const stage of df.stages.slice(-3)) {
        effectiveUser(stage, df);
        command(stage, df);
        env(stage, df);
        workdir(stage, df);
      }
      assert.ok(processorMs() - begin < 20_000);
    });
  quick('a line of a megabyte', `FROM a\nRUN ${'x '.repeat(500_000)}\n`);
  quick('a word of a megabyte', `FROM a\nRUN ${'x'.repeat(1_000_000)}\nCMD ["${'y'.repeat(1_000_000)}"]`);
  quick('a line of blanks', `FROM a\nRUN x${' '.repeat(1_000_000)}y\n${'\t'.repeat(1_000_000)}`);
  quick('a hundred thousand continuations', `FROM a\nRUN ${'\\\n x'.repeat(100_000)}`);
  quick('here-documents that never end', 'FROM a\n' + 'RUN <<A\n'.repeat(100_000));
  quick('here-documents with indented ends', 'FROM a\n' + 'RUN <<A\n\tA\n'.repeat(60_000));
  quick('many marks in one line', `FROM a\nRUN ${'<<A '.repeat(100_000)}\nA\n`);
  quick('a variable that doubles itself', `FROM a\nENV A=xxxxxxxxxx\n${'ENV A=$A$A\n'.repeat(100)}USER $A\n`);
  quick('one line full of a long variable', `FROM a\nENV A=${'x'.repeat(30_000)}\nENV B=${'$A'.repeat(300_000)}\n`);
  quick('braces that never close', `FROM a\nENV A=${'${A:-'.repeat(5_000)}\nUSER ${'${'.repeat(100_000)}\n`);
  quick('a long chain of stages', 'FROM a AS s0\n' + Array.from({ length: 20_000 }, (_, i) => `FROM s${i} AS s${i + 1}\nUSER x\n`).join(''));
});
