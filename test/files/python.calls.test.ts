import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { calls, celeryApps, configFromObject, decoratedTasks, parsePython, plain } from '../../source/files/python.ts';

describe('Python: calls and tasks', () => {
  const text = `from celery import Celery as C, shared_task
from .other import (x,
  y as z)
import os.path as p
app = C('a')
app.config_from_object("django.conf:settings", namespace='CELERY')
@app.task(serializer='pickle', bind=True)
def add(self, a, b=1):
    if a:
        return {a}
    return a + b
@shared_task
async def ping(): return 1
def caller():
    add.delay({1}, when=datetime.now(), *rest, **more)
    tasks.add.s(1).apply_async((1, 2), countdown=3)
`;

  test('call sites are found with their arguments', () => {
    const [delay, apply] = calls(text, 'delay', 'apply_async');
    assert.deepEqual([delay!.object, delay!.line, delay!.within], ['add', 15, 'caller']);
    assert.deepEqual(
      delay!.args.map((a) => [a.name, a.star, a.source, a.value.kind]),
      [
        [undefined, undefined, '{1}', 'set'],
        ['when', undefined, 'datetime.now()', 'unresolved'],
        [undefined, '*', 'rest', 'unresolved'],
        [undefined, '**', 'more', 'unresolved'],
      ],
    );
    assert.equal(text.slice(delay!.argsSpan.start, delay!.argsSpan.end), '({1}, when=datetime.now(), *rest, **more)');
    assert.deepEqual([apply!.object, apply!.args.length], ['tasks.add.s(1)', 2]);
  });

  test('tasks tell their decorator, parameters and what they return', () => {
    const [add, ping] = decoratedTasks(text);
    assert.deepEqual([add!.name, add!.line, add!.parameters], ['add', 8, ['self', 'a', 'b']]);
    assert.deepEqual(
      add!.decorators.map((d) => [d.name, d.args.map((a) => [a.name, plain(a.value)])]),
      [
        [
          'app.task',
          [
            ['serializer', 'pickle'],
            ['bind', true],
          ],
        ],
      ],
    );
    assert.deepEqual(
      add!.returns.map((r) => [r.kind, r.line]),
      [
        ['set', 10],
        ['unresolved', 11],
      ],
    );
    assert.deepEqual([ping!.name, ping!.decorators[0]!.name, ping!.returns.map(plain)], ['ping', 'shared_task', [1]]);
  });

  test('applications and where their settings come from are found', () => {
    assert.deepEqual(celeryApps(text), ['app']);
    const [from] = configFromObject(text);
    assert.deepEqual([from!.object, plain(from!.source), from!.namespace], ['app', 'django.conf:settings', 'CELERY']);
  });

  test('imports tell module, name and the name here', () => {
    assert.deepEqual(
      parsePython(text).imports.map((i) => [i.module, i.name, i.as]),
      [
        ['celery', 'Celery', 'C'],
        ['celery', 'shared_task', 'shared_task'],
        ['.other', 'x', 'x'],
        ['.other', 'y', 'z'],
        ['os.path', undefined, 'p'],
      ],
    );
  });
});
