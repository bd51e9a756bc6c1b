import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { command, copies, effectiveUser, env, exposes, finalStage, isRootUser, parseDockerfile, workdir } from '../../source/files/dockerfile.ts';

const user = (text: string, args = {}, target?: string) => {
  const df = parseDockerfile(text, args);
  return effectiveUser(finalStage(df, target)!, df);
};
const final = (text: string) => {
  const df = parseDockerfile(text);
  return [finalStage(df)!, df] as const;
};

describe('Dockerfile: stages', () => {
  test('the user is that of the stage that is built, not of a builder', () => {
    assert.equal(user('FROM a AS build\nUSER app\nFROM b\nCOPY --from=build /x /x\n'), undefined);
    assert.equal(user('FROM a AS build\nUSER app\nFROM build\n')?.value, 'app');
    assert.equal(user('FROM a AS Build\nUSER app\nFROM BUILD AS two\nFROM two\nUSER root\n')?.value, 'root');
    assert.equal(user('FROM a AS one\nUSER app\nFROM one AS two\nUSER root\n', {}, 'one')?.value, 'app');
    assert.equal(user('FROM a AS one\nUSER app\nFROM one AS two\nUSER root\n', {}, '0')?.value, 'app');
  });

  test('a stage that names itself continues nothing', () => {
    assert.equal(parseDockerfile('FROM app AS app\nUSER x\n').stages[0]!.parent, undefined);
  });

  test('variables are resolved as the builder does', () => {
    assert.deepEqual(pick(user('FROM a\nARG UID=10001\nUSER ${UID}:$UID\n')), ['10001:10001', false, true]);
    assert.deepEqual(pick(user('FROM a\nENV UID=10001\nUSER ${UID}\n')), ['10001', false, false]);
    assert.deepEqual(pick(user('FROM a\nARG UID=1\nUSER ${UID}\n', { UID: '7' })), ['7', false, true]);
    assert.deepEqual(pick(user('FROM a\nARG UID\nUSER ${UID}\n')), ['${UID}', true, true]);
    assert.deepEqual(pick(user('FROM a\nARG UID\nUSER ${UID:-app}\n')), ['app', false, true]);
    assert.deepEqual(pick(user('FROM a\nENV UID=1\nARG UID=2\nUSER $UID\n')), ['1', false, false]);
    assert.deepEqual(pick(user('ARG UID=5\nFROM a\nARG UID\nUSER $UID\n')), ['5', false, true]);
    assert.deepEqual(pick(user('ARG UID=5\nFROM a\nUSER $UID\n')), ['$UID', true, true]);
    assert.deepEqual(pick(user('FROM a\nENV A=x\nENV A=y B=$A\nUSER $B\n')), ['x', false, false]);
    assert.equal(user('FROM a\nENV USER=root\n'), undefined);
    assert.equal(user('FROM a\nUSER "app"\n')?.value, 'app');
  });

  const pick = (u: ReturnType<typeof user>) => [u?.value, u?.unresolved, u?.viaArg];

  test('the base image is resolved through any number of ARGs', () => {
    const df = parseDockerfile('ARG PY=3.11\nARG TAG=${PY}-slim\nFROM python:${TAG} AS a\nFROM x:$NONE\n');
    assert.deepEqual(
      df.stages.map((s) => [s.base, s.baseResolved]),
      [
        ['python:${TAG}', 'python:3.11-slim'],
        ['x:$NONE', undefined],
      ],
    );
  });

  test('an ENTRYPOINT takes away an inherited CMD, but never one of its own stage', () => {
    const words = (text: string) => {
      const { entrypoint, cmd, cmdReset } = command(...final(text));
      return [entrypoint?.words.map((w) => w.value), cmd?.words.map((w) => w.value), cmdReset];
    };
    assert.deepEqual(words('FROM a\nCMD ["c"]\nENTRYPOINT ["e"]\n'), [['e'], ['c'], false]);
    assert.deepEqual(words('FROM a AS b\nCMD ["c"]\nFROM b\nENTRYPOINT ["e"]\n'), [['e'], undefined, true]);
    assert.deepEqual(words('FROM a AS b\nENTRYPOINT ["e"]\nFROM b\nCMD c d\n'), [['e'], ['c', 'd'], false]);
    assert.deepEqual(words('FROM a\nENTRYPOINT []\n'), [[], undefined, true]);
  });

  test('working directories add up', () => {
    const at = (text: string) => workdir(...final(text));
    assert.equal(at('FROM a\nWORKDIR /srv\nWORKDIR app/../x\n')?.value, '/srv/x');
    assert.equal(at('FROM a AS b\nWORKDIR /srv\nFROM b\nWORKDIR app\n')?.value, '/srv/app');
    assert.deepEqual([at('FROM a\nWORKDIR app\n')?.value, at('FROM a\nWORKDIR app\n')?.unresolved], ['/app', true]);
    assert.equal(at('FROM a\nENV H=/h\nWORKDIR $H/x\n')?.value, '/h/x');
    assert.equal(at('FROM a\n'), undefined);
  });

  test('the environment has the last value of each name, in both forms', () => {
    const text = 'FROM a\nENV A=1 B="x y" C=a\\ b\nENV OLD some words\nENV A=2\n';
    const values = env(...final(text));
    assert.deepEqual(
      [...values.values()].map((v) => [v.name, v.value]),
      [
        ['A', '2'],
        ['B', 'x y'],
        ['C', 'a b'],
        ['OLD', 'some words'],
      ],
    );
    const { span } = values.get('B')!;
    assert.equal(text.slice(span.start, span.end), 'B="x y"');
  });

  test('every exposed port has a place', () => {
    const text = 'FROM a\nARG P=443\nEXPOSE $P 8000-8010/udp\nEXPOSE x\n';
    const ports = exposes(...final(text));
    assert.deepEqual(
      ports.map((p) => [p.port, p.endPort, p.protocol]),
      [
        [443, 443, 'tcp'],
        [8000, 8010, 'udp'],
        [undefined, undefined, 'tcp'],
      ],
    );
    assert.equal(text.slice(ports[0]!.span.start, ports[0]!.span.end), '$P');
  });

  test('copies tell source, destination, owner and mode', () => {
    const found = copies(...final('FROM a AS b\nFROM c\nCOPY --from=b --chown=app:app --chmod=644 x y /z/\nADD ["with space", "/w"]\n'));
    assert.deepEqual(
      found.map((c) => [c.keyword, c.sources.map((s) => s.value), c.dest.value, c.from, c.chown, c.chmod]),
      [
        ['COPY', ['x', 'y'], '/z/', 'b', 'app:app', '644'],
        ['ADD', ['with space'], '/w', undefined, undefined, undefined],
      ],
    );
  });

  test('root is uid 0 in every spelling that the engine takes', () => {
    for (const root of ['0', '000', '0:0', '00:1000', '+0:0', '-0', '0:1000', 'root', 'root:staff', ' root ', ':1000'])
      assert.ok(isRootUser(root), root);
    for (const other of ['01000', '1000', '1000:0', 'app', 'ROOT', 'rooty', '', '0x0', 'app:root']) assert.ok(!isRootUser(other), other);
  });
});
