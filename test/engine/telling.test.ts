import assert from 'node:assert/strict';
import test from 'node:test';
import { telling } from '../../source/engine/telling.ts';

const round = (pid: number): string => `[2026-11-22 07:00:${pid} +0000] [${pid}] [ERROR] Exception in worker process
Traceback (most recent call last):
  File "/usr/lib/python3/dist-packages/gunicorn/arbiter.py", line 589, in spawn_worker
    worker.init_process()
    ^^^^^^^^^^^^^^^^^^^^^
PermissionError: [Errno 13] Permission denied: 'data/book.db'
[2026-11-22 07:00:${pid} +0000] [${pid}] [INFO] Worker exiting (pid: ${pid})
Traceback (most recent call last):
${'  File "/usr/bin/gunicorn", line 33, in <module>\n    sys.exit(main())\n'.repeat(20)}gunicorn.errors.HaltServer: <HaltServer 'Worker failed to boot.' 3>
`;

test('the line that explains it is told, however long the stack after it is', () => {
  const told = telling(round(10));
  assert.ok(told.some((line) => line.startsWith('PermissionError')));
  assert.ok(told.every((line) => !line.includes('File "')), told.join('\n'));
});

test('a crash loop complains once, and stays short', () => {
  const log = Array.from({ length: 8 }, (_, i) => round(10 + i)).join('') + 'waiting\n'.repeat(12);
  const told = telling(log);
  assert.equal(told.filter((line) => line.startsWith('PermissionError')).length, 1);
  assert.ok(told.length <= 18);
  assert.deepEqual(telling(''), []);
});

test('what never complains is told by its end', () => {
  assert.deepEqual(telling(Array.from({ length: 30 }, (_, i) => `line ${i}`).join('\n')).length, 12);
});
