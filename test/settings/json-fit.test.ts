import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parsePython } from '../../source/files/python.ts';
import type { SourceFile } from '../../source/model/machine.ts';
import { argumentKinds, jsonKind } from '../../source/settings/json-fit.ts';

const fileOf = (text: string): SourceFile => ({ path: 'web.py', text, hash: '', mode: 0o644, uid: 0, gid: 0 });

/** What is said of the one `t.delay(…)` in the body of a function. */
function said(body: string): string {
  const file = fileOf(`def view(given):\n    ${body.replaceAll('\n', '\n    ')}\n`);
  const [call] = parsePython(file.text).calls.filter((one) => one.method === 'delay');
  return argumentKinds(call!.args, file).words.en;
}

describe('what a task is called with', () => {
  it('is told where the text tells it', () => {
    assert.equal(said('name = f"{u}.bin"\nt.delay(name)'), 'name is a str');
    assert.equal(said('n = 3\nname = "a"\nt.delay(name, n)'), 'name is a str, n is a number');
    assert.equal(said('t.delay(1, [2, "a"], {"k": None})'), 'fits');
  });
  it('is not guessed where the name is bound another way, too', () => {
    for (const body of [
      't.delay(given)', 'name = "a"\nfor name in xs:\n    t.delay(name)', 'name = 1\nname += x\nt.delay(name)', 'name, y = 1, 2\nt.delay(name)',
      'with open(p) as name:\n    t.delay(name)', 'name = "a"\nname = x\nt.delay(name)', 'global name\nname = "a"\nt.delay(name)',
    ]) assert.match(said(body), /(name|given) must fit into JSON/, body);
  });
  it('is said to be in question where JSON has no such thing', () => {
    assert.equal(said('t.delay(b"x")'), 'b"x" must fit into JSON');
    assert.equal(said('t.delay({1, 2})'), '{1, 2} must fit into JSON');
  });
  it('of a result likewise', () => {
    const file = fileOf('def t(name):\n    return f"thumb-{name}"\n');
    assert.equal(jsonKind(parsePython(file.text).functions[0]!.returns[0]!, file)?.en, 'a str');
  });
});
