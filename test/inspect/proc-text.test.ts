import assert from 'node:assert/strict';
import { it } from 'node:test';
import { readProcess } from '../../source/inspect/proc-text.ts';
import { programOf } from '../../source/settings/roles.ts';

const argv = (cmdline: string): readonly string[] => readProcess({ pid: 7, status: 'Uid:\t0\t0\t0\t0\n', cmdline, cgroup: '' }).argv;

it('a title that a program writes itself is its only word, whatever was there before (measured, redis 7.0)', () => {
  assert.deepEqual(argv(`redis-server *:6499${'\0'.repeat(29)}`), ['redis-server *:6499']);
  assert.equal(programOf(argv(`redis-server *:6499${'\0'.repeat(29)}`)), 'redis-server');
  assert.deepEqual(argv('nginx: master process nginx\0'), ['nginx: master process nginx']);
  assert.deepEqual(argv('gunicorn: master [app]'), ['gunicorn: master [app]']);
});

it('words are words, empty ones among them too', () => {
  assert.deepEqual(argv('redis-server\0--save\0\0--port\x006400\0'), ['redis-server', '--save', '', '--port', '6400']);
  assert.deepEqual(argv('cat\0'), ['cat']);
  assert.deepEqual(argv(''), []);
});
