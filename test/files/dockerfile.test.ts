import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  command,
  effectiveUser,
  finalStage,
  healthcheck,
  insertAfter,
  insertBefore,
  parseDockerfile,
  removeInstruction,
  removeVariable,
  replaceInstruction,
} from '../../source/files/dockerfile.ts';
import { applyEdits } from '../../source/files/span.ts';

const keywords = (text: string) => parseDockerfile(text).instructions.map((i) => i.keyword);
const final = (text: string) => {
  const df = parseDockerfile(text);
  return [finalStage(df)!, df] as const;
};

describe('Dockerfile: instructions', () => {
  test('continuations run over comments and blank lines, and every word keeps its place', () => {
    const text = 'FROM a\nRUN apt-get \\\n  # why\n\n  install \\  \n  nginx\nUSER app\n';
    const [, run, last] = parseDockerfile(text).instructions;
    assert.deepEqual(
      run!.words.map((w) => w.value),
      ['apt-get', 'install', 'nginx'],
    );
    assert.equal(text.slice(run!.words[2]!.start, run!.words[2]!.end), 'nginx');
    assert.equal(text.slice(run!.span.start, run!.span.end), 'RUN apt-get \\\n  # why\n\n  install \\  \n  nginx');
    assert.equal(last!.keyword, 'USER');
  });

  test('an escaped escape continues nothing', () => {
    assert.deepEqual(keywords('FROM a\nRUN x \\\\\nUSER app'), ['FROM', 'RUN', 'USER']);
  });

  test('the escape directive is obeyed at the top only', () => {
    assert.deepEqual(keywords('# escape=`\nFROM a\nRUN x `\n  USER y\nRUN c:\\\nUSER z'), ['FROM', 'RUN', 'RUN', 'USER']);
    assert.deepEqual(keywords('FROM a\n# escape=`\nRUN x `\nUSER y'), ['FROM', 'RUN', 'USER']);
  });

  test('a USER in a here-document is text, however the mark is written', () => {
    for (const mark of ['<<EOF', '<<-EOF', "<<'EOF'", '<<"EOF"', "<< 'EOF'", '<< EOF', '3<<EOF', '<<EOF cat > /x', "<<'EOF' > /x"]) {
      assert.deepEqual(keywords(`FROM a\nRUN cat ${mark}\nUSER root\nEOF\nCMD x\n`), ['FROM', 'RUN', 'CMD'], mark);
    }
    assert.deepEqual(keywords('FROM a\nCOPY <<A <<B /x/\nUSER r\nA\nUSER s\nB\nCMD x\n'), ['FROM', 'COPY', 'CMD']);
    assert.deepEqual(keywords('FROM a\r\nRUN <<EOF\r\nUSER r\r\nEOF\r\nCMD x\r\n'), ['FROM', 'RUN', 'CMD']);
    assert.deepEqual(keywords('FROM a\nRUN <<-EOF\nUSER r\n\tEOF\nCMD x\n'), ['FROM', 'RUN', 'CMD']);
  });

  test('what only looks like a here-document is none', () => {
    for (const text of ['echo $((1 << 2))', 'echo "<<EOF"', "echo '<<EOF'", 'cat <<<EOF', 'echo a<<EOF', '["a", "<<EOF"]']) {
      assert.deepEqual(keywords(`FROM a\nRUN ${text}\nUSER root\nEOF\n`).slice(0, 3), ['FROM', 'RUN', 'USER'], text);
    }
    assert.deepEqual(keywords('FROM a\nENV X=<<EOF\nUSER root\n'), ['FROM', 'ENV', 'USER']);
  });

  test('a here-document that never ends is a fault and hides nothing', () => {
    const df = parseDockerfile('FROM a\nRUN <<EOF\nUSER root\n');
    assert.match(df.faults[0]!.message, /never ends/);
    assert.equal(df.faults[0]!.line, 2);
    assert.deepEqual(
      df.instructions.map((i) => i.keyword),
      ['FROM', 'RUN', 'USER'],
    );
  });

  test('HEALTHCHECK CMD is not CMD, and a trigger of ONBUILD is not of this stage', () => {
    const [stage, df] = final('FROM a\nHEALTHCHECK --interval=5s CMD ["curl", "x"]\nONBUILD USER root\nONBUILD CMD y\n');
    assert.deepEqual(command(stage, df), { cmdReset: false });
    assert.equal(effectiveUser(stage, df), undefined);
    assert.deepEqual(
      healthcheck(stage, df)!.words.map((w) => w.value),
      ['curl', 'x'],
    );
    assert.equal(healthcheck(...final('FROM a\nHEALTHCHECK NONE\n'))!.form, 'none');
  });

  test('the exec form has a place for every string, over continuations too', () => {
    const text = 'FROM a\nCMD ["gunicorn", \\\n  "-b", "0.0.0.0:443", "a\\"b"]\n';
    const cmd = parseDockerfile(text).instructions[1]!;
    assert.deepEqual(cmd.json, ['gunicorn', '-b', '0.0.0.0:443', 'a"b']);
    assert.deepEqual(
      cmd.jsonSpans!.map((s) => text.slice(s.start, s.end)),
      ['"gunicorn"', '"-b"', '"0.0.0.0:443"', '"a\\"b"'],
    );
    assert.equal(parseDockerfile("FROM a\nCMD ['x']\n").instructions[1]!.json, undefined);
  });

  test('flags are apart from the arguments', () => {
    const text = 'FROM --platform=linux/amd64 a AS b\nCOPY --from=b --link --chown=1:1 /x /y\n';
    const [from, copy] = parseDockerfile(text).instructions;
    assert.deepEqual(
      from!.flags.map((f) => [f.name, f.value]),
      [['platform', 'linux/amd64']],
    );
    assert.deepEqual(
      copy!.flags.map((f) => [f.name, f.value]),
      [
        ['from', 'b'],
        ['link', undefined],
        ['chown', '1:1'],
      ],
    );
    assert.equal(text.slice(copy!.flags[2]!.valueSpan!.start, copy!.flags[2]!.valueSpan!.end), '1:1');
    assert.equal(copy!.args, '/x /y');
  });

  test('what Docker does not know is a fault', () => {
    assert.deepEqual(
      parseDockerfile('FRM a\nUSER x').faults.map((f) => [f.line, f.message]),
      [
        [1, 'Docker knows no instruction FRM'],
        [2, 'USER stands before the first FROM'],
        [1, 'There is no FROM, so nothing can be built'],
      ],
    );
  });
});

describe('Dockerfile: edits', () => {
  test('lines go above or below an instruction, with the line ending of the file', () => {
    const text = '\uFEFFFROM a\r\n# start\r\nCMD x \\\r\n  y';
    const df = parseDockerfile(text);
    const cmd = df.instructions[1]!;
    assert.equal(applyEdits(text, [insertBefore(df, cmd, ['USER 1:1'])]), '\uFEFFFROM a\r\n# start\r\nUSER 1:1\r\nCMD x \\\r\n  y');
    assert.equal(applyEdits(text, [insertAfter(df, cmd, ['USER 1:1'])]), text + '\r\nUSER 1:1');
    assert.equal(applyEdits(text, [replaceInstruction(df, cmd, ['CMD z'])]), '\uFEFFFROM a\r\n# start\r\nCMD z');
    assert.equal(applyEdits(text, [removeInstruction(df, cmd)]), '\uFEFFFROM a\r\n# start\r\n');
    assert.equal(text.slice(cmd.commentStart, cmd.lineStart), '# start\r\n');
  });

  test('one variable goes out of several, and no open continuation is left behind', () => {
    const remove = (text: string) => {
      const df = parseDockerfile(text);
      return applyEdits(text, removeVariable(df, df.instructions[1]!, 'X'));
    };
    assert.equal(remove('FROM a\nENV X=1 A=2\n'), 'FROM a\nENV A=2\n');
    assert.equal(remove('FROM a\nENV A=2 X="1 2"\n'), 'FROM a\nENV A=2\n');
    assert.equal(remove('FROM a\nENV A=2 \\\n    X=1\nCMD x\n'), 'FROM a\nENV A=2\nCMD x\n');
    assert.equal(remove('FROM a\nENV A=2 \\\n    X=1 \\\n    B=3\n'), 'FROM a\nENV A=2 \\\n    B=3\n');
    assert.equal(remove('FROM a\nENV X=1 \\\n    A=2\n'), 'FROM a\nENV A=2\n');
    assert.equal(remove('FROM a\nENV X 1\nCMD x\n'), 'FROM a\nCMD x\n');
    assert.equal(remove('FROM a\nENV X=1 X=2 A=3 X=4\n'), 'FROM a\nENV A=3\n');
    assert.equal(remove('FROM a\nENV XY=1\n'), 'FROM a\nENV XY=1\n');
  });
});
