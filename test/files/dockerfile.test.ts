import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { DockerfileParser } from 'dockerfile-ast'
import fc from 'fast-check'
import {
  command,
  copies,
  effectiveUser,
  env,
  exposes,
  finalStage,
  healthcheck,
  insertAfter,
  insertBefore,
  isRootUser,
  parseDockerfile,
  removeInstruction,
  replaceInstruction,
  workdir,
} from '../../source/files/dockerfile.ts'
import { applyEdits } from '../../source/files/span.ts'

const keywords = (text: string) => parseDockerfile(text).instructions.map(i => i.keyword)
const user = (text: string, args = {}, target?: string) => {
  const df = parseDockerfile(text, args)
  return effectiveUser(finalStage(df, target)!, df)
}
const final = (text: string) => {
  const df = parseDockerfile(text)
  return [finalStage(df)!, df] as const
}

describe('Dockerfile: instructions', () => {
  test('continuations run over comments and blank lines, and every word keeps its place', () => {
    const text = 'FROM a\nRUN apt-get \\\n  # why\n\n  install \\  \n  nginx\nUSER app\n'
    const [, run, last] = parseDockerfile(text).instructions
    assert.deepEqual(run!.words.map(w => w.value), ['apt-get', 'install', 'nginx'])
    assert.equal(text.slice(run!.words[2]!.start, run!.words[2]!.end), 'nginx')
    assert.equal(text.slice(run!.span.start, run!.span.end), 'RUN apt-get \\\n  # why\n\n  install \\  \n  nginx')
    assert.equal(last!.keyword, 'USER')
  })

  test('an escaped escape continues nothing', () => {
    assert.deepEqual(keywords('FROM a\nRUN x \\\\\nUSER app'), ['FROM', 'RUN', 'USER'])
  })

  test('the escape directive is obeyed at the top only', () => {
    assert.deepEqual(keywords('# escape=`\nFROM a\nRUN x `\n  USER y\nRUN c:\\\nUSER z'), ['FROM', 'RUN', 'RUN', 'USER'])
    assert.deepEqual(keywords('FROM a\n# escape=`\nRUN x `\nUSER y'), ['FROM', 'RUN', 'USER'])
  })

  test('a USER in a here-document is text, however the mark is written', () => {
    for (const mark of ['<<EOF', '<<-EOF', "<<'EOF'", '<<"EOF"', "<< 'EOF'", '<< EOF', '3<<EOF', '<<EOF cat > /x', "<<'EOF' > /x"]) {
      assert.deepEqual(keywords(`FROM a\nRUN cat ${mark}\nUSER root\nEOF\nCMD x\n`), ['FROM', 'RUN', 'CMD'], mark)
    }
    assert.deepEqual(keywords('FROM a\nCOPY <<A <<B /x/\nUSER r\nA\nUSER s\nB\nCMD x\n'), ['FROM', 'COPY', 'CMD'])
    assert.deepEqual(keywords('FROM a\r\nRUN <<EOF\r\nUSER r\r\nEOF\r\nCMD x\r\n'), ['FROM', 'RUN', 'CMD'])
    assert.deepEqual(keywords('FROM a\nRUN <<-EOF\nUSER r\n\tEOF\nCMD x\n'), ['FROM', 'RUN', 'CMD'])
  })

  test('what only looks like a here-document is none', () => {
    for (const text of ['echo $((1 << 2))', 'echo "<<EOF"', "echo '<<EOF'", 'cat <<<EOF', 'echo a<<EOF', '["a", "<<EOF"]']) {
      assert.deepEqual(keywords(`FROM a\nRUN ${text}\nUSER root\nEOF\n`).slice(0, 3), ['FROM', 'RUN', 'USER'], text)
    }
    assert.deepEqual(keywords('FROM a\nENV X=<<EOF\nUSER root\n'), ['FROM', 'ENV', 'USER'])
  })

  test('a here-document that never ends is a fault and hides nothing', () => {
    const df = parseDockerfile('FROM a\nRUN <<EOF\nUSER root\n')
    assert.match(df.faults[0]!.message, /never ends/)
    assert.equal(df.faults[0]!.line, 2)
    assert.deepEqual(df.instructions.map(i => i.keyword), ['FROM', 'RUN', 'USER'])
  })

  test('HEALTHCHECK CMD is not CMD, and a trigger of ONBUILD is not of this stage', () => {
    const [stage, df] = final('FROM a\nHEALTHCHECK --interval=5s CMD ["curl", "x"]\nONBUILD USER root\nONBUILD CMD y\n')
    assert.deepEqual(command(stage, df), { cmdReset: false })
    assert.equal(effectiveUser(stage, df), undefined)
    assert.deepEqual(healthcheck(stage, df)!.words.map(w => w.value), ['curl', 'x'])
    assert.equal(healthcheck(...final('FROM a\nHEALTHCHECK NONE\n'))!.form, 'none')
  })

  test('the exec form has a place for every string, over continuations too', () => {
    const text = 'FROM a\nCMD ["gunicorn", \\\n  "-b", "0.0.0.0:443", "a\\"b"]\n'
    const cmd = parseDockerfile(text).instructions[1]!
    assert.deepEqual(cmd.json, ['gunicorn', '-b', '0.0.0.0:443', 'a"b'])
    assert.deepEqual(cmd.jsonSpans!.map(s => text.slice(s.start, s.end)), ['"gunicorn"', '"-b"', '"0.0.0.0:443"', '"a\\"b"'])
    assert.equal(parseDockerfile("FROM a\nCMD ['x']\n").instructions[1]!.json, undefined)
  })

  test('flags are apart from the arguments', () => {
    const text = 'FROM --platform=linux/amd64 a AS b\nCOPY --from=b --link --chown=1:1 /x /y\n'
    const [from, copy] = parseDockerfile(text).instructions
    assert.deepEqual(from!.flags.map(f => [f.name, f.value]), [['platform', 'linux/amd64']])
    assert.deepEqual(copy!.flags.map(f => [f.name, f.value]), [['from', 'b'], ['link', undefined], ['chown', '1:1']])
    assert.equal(text.slice(copy!.flags[2]!.valueSpan!.start, copy!.flags[2]!.valueSpan!.end), '1:1')
    assert.equal(copy!.args, '/x /y')
  })

  test('what Docker does not know is a fault', () => {
    assert.deepEqual(parseDockerfile('FRM a\nUSER x').faults.map(f => [f.line, f.message]), [
      [1, 'Docker knows no instruction FRM'],
      [2, 'USER stands before the first FROM'],
      [1, 'There is no FROM, so nothing can be built'],
    ])
  })
})

describe('Dockerfile: stages', () => {
  test('the user is that of the stage that is built, not of a builder', () => {
    assert.equal(user('FROM a AS build\nUSER app\nFROM b\nCOPY --from=build /x /x\n'), undefined)
    assert.equal(user('FROM a AS build\nUSER app\nFROM build\n')?.value, 'app')
    assert.equal(user('FROM a AS Build\nUSER app\nFROM BUILD AS two\nFROM two\nUSER root\n')?.value, 'root')
    assert.equal(user('FROM a AS one\nUSER app\nFROM one AS two\nUSER root\n', {}, 'one')?.value, 'app')
    assert.equal(user('FROM a AS one\nUSER app\nFROM one AS two\nUSER root\n', {}, '0')?.value, 'app')
  })

  test('a stage that names itself continues nothing', () => {
    assert.equal(parseDockerfile('FROM app AS app\nUSER x\n').stages[0]!.parent, undefined)
  })

  test('variables are resolved as the builder does', () => {
    assert.deepEqual(pick(user('FROM a\nARG UID=10001\nUSER ${UID}:$UID\n')), ['10001:10001', false, true])
    assert.deepEqual(pick(user('FROM a\nENV UID=10001\nUSER ${UID}\n')), ['10001', false, false])
    assert.deepEqual(pick(user('FROM a\nARG UID=1\nUSER ${UID}\n', { UID: '7' })), ['7', false, true])
    assert.deepEqual(pick(user('FROM a\nARG UID\nUSER ${UID}\n')), ['${UID}', true, true])
    assert.deepEqual(pick(user('FROM a\nARG UID\nUSER ${UID:-app}\n')), ['app', false, true])
    assert.deepEqual(pick(user('FROM a\nENV UID=1\nARG UID=2\nUSER $UID\n')), ['1', false, false])
    assert.deepEqual(pick(user('ARG UID=5\nFROM a\nARG UID\nUSER $UID\n')), ['5', false, true])
    assert.deepEqual(pick(user('ARG UID=5\nFROM a\nUSER $UID\n')), ['$UID', true, true])
    assert.deepEqual(pick(user('FROM a\nENV A=x\nENV A=y B=$A\nUSER $B\n')), ['x', false, false])
    assert.equal(user('FROM a\nENV USER=root\n'), undefined)
    assert.equal(user('FROM a\nUSER "app"\n')?.value, 'app')
  })

  const pick = (u: ReturnType<typeof user>) => [u?.value, u?.unresolved, u?.viaArg]

  test('the base image is resolved through any number of ARGs', () => {
    const df = parseDockerfile('ARG PY=3.11\nARG TAG=${PY}-slim\nFROM python:${TAG} AS a\nFROM x:$NONE\n')
    assert.deepEqual(df.stages.map(s => [s.base, s.baseResolved]), [['python:${TAG}', 'python:3.11-slim'], ['x:$NONE', undefined]])
  })

  test('an ENTRYPOINT takes away an inherited CMD, but never one of its own stage', () => {
    const words = (text: string) => {
      const { entrypoint, cmd, cmdReset } = command(...final(text))
      return [entrypoint?.words.map(w => w.value), cmd?.words.map(w => w.value), cmdReset]
    }
    assert.deepEqual(words('FROM a\nCMD ["c"]\nENTRYPOINT ["e"]\n'), [['e'], ['c'], false])
    assert.deepEqual(words('FROM a AS b\nCMD ["c"]\nFROM b\nENTRYPOINT ["e"]\n'), [['e'], undefined, true])
    assert.deepEqual(words('FROM a AS b\nENTRYPOINT ["e"]\nFROM b\nCMD c d\n'), [['e'], ['c', 'd'], false])
    assert.deepEqual(words('FROM a\nENTRYPOINT []\n'), [[], undefined, true])
  })

  test('working directories add up', () => {
    const at = (text: string) => workdir(...final(text))
    assert.equal(at('FROM a\nWORKDIR /srv\nWORKDIR app/../x\n')?.value, '/srv/x')
    assert.equal(at('FROM a AS b\nWORKDIR /srv\nFROM b\nWORKDIR app\n')?.value, '/srv/app')
    assert.deepEqual([at('FROM a\nWORKDIR app\n')?.value, at('FROM a\nWORKDIR app\n')?.unresolved], ['/app', true])
    assert.equal(at('FROM a\nENV H=/h\nWORKDIR $H/x\n')?.value, '/h/x')
    assert.equal(at('FROM a\n'), undefined)
  })

  test('the environment has the last value of each name, in both forms', () => {
    const text = 'FROM a\nENV A=1 B="x y" C=a\\ b\nENV OLD some words\nENV A=2\n'
    const values = env(...final(text))
    assert.deepEqual([...values.values()].map(v => [v.name, v.value]), [['A', '2'], ['B', 'x y'], ['C', 'a b'], ['OLD', 'some words']])
    const { span } = values.get('B')!
    assert.equal(text.slice(span.start, span.end), 'B="x y"')
  })

  test('every exposed port has a place', () => {
    const text = 'FROM a\nARG P=443\nEXPOSE $P 8000-8010/udp\nEXPOSE x\n'
    const ports = exposes(...final(text))
    assert.deepEqual(ports.map(p => [p.port, p.endPort, p.protocol]), [[443, 443, 'tcp'], [8000, 8010, 'udp'], [undefined, undefined, 'tcp']])
    assert.equal(text.slice(ports[0]!.span.start, ports[0]!.span.end), '$P')
  })

  test('copies tell source, destination, owner and mode', () => {
    const found = copies(...final('FROM a AS b\nFROM c\nCOPY --from=b --chown=app:app --chmod=644 x y /z/\nADD ["with space", "/w"]\n'))
    assert.deepEqual(
      found.map(c => [c.keyword, c.sources.map(s => s.value), c.dest.value, c.from, c.chown, c.chmod]),
      [['COPY', ['x', 'y'], '/z/', 'b', 'app:app', '644'], ['ADD', ['with space'], '/w', undefined, undefined, undefined]],
    )
  })

  test('root is uid 0 in every spelling that the engine takes', () => {
    for (const root of ['0', '000', '0:0', '00:1000', '+0:0', '-0', '0:1000', 'root', 'root:staff', ' root ', ':1000']) assert.ok(isRootUser(root), root)
    for (const other of ['01000', '1000', '1000:0', 'app', 'ROOT', 'rooty', '', '0x0', 'app:root']) assert.ok(!isRootUser(other), other)
  })
})

describe('Dockerfile: edits', () => {
  test('lines go above or below an instruction, with the line ending of the file', () => {
    const text = '\uFEFFFROM a\r\n# start\r\nCMD x \\\r\n  y'
    const df = parseDockerfile(text)
    const cmd = df.instructions[1]!
    assert.equal(applyEdits(text, [insertBefore(df, cmd, ['USER 1:1'])]), '\uFEFFFROM a\r\n# start\r\nUSER 1:1\r\nCMD x \\\r\n  y')
    assert.equal(applyEdits(text, [insertAfter(df, cmd, ['USER 1:1'])]), text + '\r\nUSER 1:1')
    assert.equal(applyEdits(text, [replaceInstruction(df, cmd, ['CMD z'])]), '\uFEFFFROM a\r\n# start\r\nCMD z')
    assert.equal(applyEdits(text, [removeInstruction(df, cmd)]), '\uFEFFFROM a\r\n# start\r\n')
    assert.equal(text.slice(cmd.commentStart, cmd.lineStart), '# start\r\n')
  })
})

describe('Dockerfile: hostile text', () => {
  const piece = fc.constantFrom('FROM a', 'FROM a AS b', 'FROM b', 'USER ', 'root', 'RUN ', 'CMD ', '["x"]', '[', 'ENV A=$A$A', 'ARG A', '\n', '\n', ' ', '\\\n', '\\', '<<EOF', '\nEOF\n', '<< ', '"', "'", '#', '# escape=`\n', '`\n', '${A', '}', ':-', '--from=', '=', '\r\n', '\t', '\uFEFF', 'ONBUILD ', 'HEALTHCHECK CMD ', 'WORKDIR x', 'EXPOSE 1-2/udp', 'COPY a b')
  const noise = fc.array(fc.oneof(piece, piece, fc.string({ unit: 'binary', maxLength: 4 })), { maxLength: 60 }).map(p => p.join(''))

  test('nothing is ever thrown, and every place lies in the text', () => {
    fc.assert(
      fc.property(noise, text => {
        const df = parseDockerfile(text)
        assert.equal(applyEdits(text, []), text)
        let before = 0
        for (const i of df.instructions) {
          assert.ok(i.span.start >= before && i.span.end > i.span.start && i.span.end <= text.length)
          assert.equal(text.slice(i.span.start).toUpperCase().startsWith(i.keyword[0]!), true)
          before = i.span.end
          for (const span of [i.argsSpan, ...i.words, ...(i.jsonSpans ?? []), ...i.flags.map(f => f.span)]) assert.ok(span.start <= span.end && span.end <= text.length)
        }
        for (const stage of df.stages) {
          effectiveUser(stage, df)
          command(stage, df)
          workdir(stage, df)
          env(stage, df)
          exposes(stage, df)
          copies(stage, df)
          healthcheck(stage, df)
        }
      }),
      { numRuns: 3000 },
    )
  })

  test('a second parser finds the same instructions where it is known to be right', () => {
    const line = fc.constantFrom('FROM a AS b', 'FROM b', 'USER root', 'RUN a \\\n  # c\n  b', 'RUN a \\\n\n b', 'RUN <<EOF\nUSER x\nEOF', 'RUN cat <<-A <<B\nx\n\tA\nCMD\nB', 'CMD ["a", \\\n "b"]', '# note', '', '  USER app', 'HEALTHCHECK CMD x', 'ONBUILD USER y', 'ENV A=b\\\n c=d', 'COPY --from=b x y')
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), fc.constantFrom('\n', '\r\n'), (lines, newline) => {
        const text = lines.join('\n').replaceAll('\n', newline)
        const theirs = DockerfileParser.parse(text).getInstructions()
        const ours = parseDockerfile(text).instructions
        assert.deepEqual(ours.map(i => [i.keyword, i.line]), theirs.map(i => [i.getKeyword(), i.getRange().start.line + 1]), text)
        for (const [n, i] of ours.entries()) {
          if (i.heredocs.length > 0 || i.keyword === 'ONBUILD') continue
          assert.deepEqual(i.argsSpan.end, offsetOf(text, theirs[n]!.getArgumentsRange()!.end), text)
        }
      }),
      { numRuns: 500 },
    )
  })

  const offsetOf = (text: string, { line, character }: { line: number; character: number }) => text.split('\n').slice(0, line).reduce((sum, l) => sum + l.length + 1, 0) + character

  const quick = (name: string, text: string) =>
    test(`${name} is read in little time`, () => {
      const begin = performance.now()
      const df = parseDockerfile(text)
      for (const stage of df.stages.slice(-3)) {
        effectiveUser(stage, df)
        command(stage, df)
        env(stage, df)
        workdir(stage, df)
      }
      assert.ok(performance.now() - begin < 5000)
    })
  quick('a line of a megabyte', `FROM a\nRUN ${'x '.repeat(500_000)}\n`)
  quick('a word of a megabyte', `FROM a\nRUN ${'x'.repeat(1_000_000)}\nCMD ["${'y'.repeat(1_000_000)}"]`)
  quick('a line of blanks', `FROM a\nRUN x${' '.repeat(1_000_000)}y\n${'\t'.repeat(1_000_000)}`)
  quick('a hundred thousand continuations', `FROM a\nRUN ${'\\\n x'.repeat(100_000)}`)
  quick('here-documents that never end', 'FROM a\n' + 'RUN <<A\n'.repeat(100_000))
  quick('here-documents with indented ends', 'FROM a\n' + 'RUN <<A\n\tA\n'.repeat(60_000))
  quick('many marks in one line', `FROM a\nRUN ${'<<A '.repeat(100_000)}\nA\n`)
  quick('a variable that doubles itself', `FROM a\nENV A=xxxxxxxxxx\n${'ENV A=$A$A\n'.repeat(100)}USER $A\n`)
  quick('one line full of a long variable', `FROM a\nENV A=${'x'.repeat(30_000)}\nENV B=${'$A'.repeat(300_000)}\n`)
  quick('braces that never close', `FROM a\nENV A=${'${A:-'.repeat(5_000)}\nUSER ${'${'.repeat(100_000)}\n`)
  quick('a long chain of stages', 'FROM a AS s0\n' + Array.from({ length: 20_000 }, (_, i) => `FROM s${i} AS s${i + 1}\nUSER x\n`).join(''))
})
