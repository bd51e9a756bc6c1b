// Where a read-only service is to go on writing: memory for what is made again at every start, a volume for data, and what neither can hold.
import assert from 'node:assert/strict';
import test from 'node:test';
import { placesSeen } from '../../source/engine/least/where.ts';
import type { Container } from '../../source/model/container.ts';
import type { System } from '../../source/system/system.ts';

/** A container whose image has `has`, and that wrote `written` since its start; folders of the image in which it wrote are changed. */
async function seen(has: readonly string[], written: readonly string[], changed: readonly string[] = [], empty: readonly string[] = []) {
  const all = [...has, ...written];
  // As ls does: of a file its name, of a folder what is in it.
  const isFile = (path: string): boolean => !empty.includes(path) && all.includes(path) && !all.some((p) => p.startsWith(`${path}/`));
  const ls = (folder: string): string[] => isFile(folder) ? [folder] : [...new Set(all.filter((p) => p.startsWith(`${folder === '/' ? '' : folder}/`)).map((p) => p.slice(folder === '/' ? 1 : folder.length + 1).split('/')[0]!))];
  const ask = async ({ argv }: { argv: readonly string[] }) => ({ code: 0, stderr: '', stdout: argv[0] === 'ls' ? ls(argv[2]!).join('\n') : '10001 10001' });
  const system = { processes: { available: false }, docker: { ask } } as unknown as System;
  const c = { id: 'c', pid: 0, mounts: [], processes: [], written, modified: changed } as unknown as Container;
  const places = await placesSeen(system, c, []);
  return 'en' in places ? places.en : places.filter((p) => p.path !== '/tmp').map((p) => `${p.path}${p.keeps ? ' kept' : ''} ${p.uid ?? 0}`);
}

test('a folder that the app made for itself gets a volume, as far up as it made it', async () => {
  assert.deepEqual(await seen(['/app/web.py'], ['/app', '/app/uploads', '/app/uploads/a.txt'], ['/app']), ['/app/uploads kept 10001']);
  assert.deepEqual(await seen(['/app/web.py'], ['/app', '/app/data', '/app/data/2026', '/app/data/2026/a', '/app/data/2025', '/app/data/2025/b'], ['/app']), ['/app/data kept 10001'], 'one for both');
});

test('so does one that it made at its start, with nothing in it yet', async () => {
  assert.deepEqual(await seen(['/app/web.py'], ['/app', '/app/uploads'], ['/app'], ['/app/uploads']), ['/app/uploads kept 10001']);
});

test('so does an empty one of the image, also with what keeps it in git', async () => {
  assert.deepEqual(await seen(['/app/web.py', '/app/data/.gitkeep'], ['/app', '/app/data', '/app/data/app.db'], ['/app', '/app/data']), ['/app/data kept 10001']);
});

test('data beside files of the image gets none: a volume would keep those as they are', async () => {
  assert.match(String(await seen(['/app/web.py'], ['/app', '/app/app.db'], ['/app'])), /^it keeps \/app\/app\.db beside files of the image: .*folder of its own first/);
  assert.match(String(await seen(['/app/data/schema.sql'], ['/app/data', '/app/data/app.db'], ['/app/data'])), /beside files of the image/);
});

test('what is made again at every start goes into memory beside it', async () => {
  assert.deepEqual(await seen(['/app/web.py'], ['/run', '/run/web', '/run/web/web.pid', '/app', '/app/data', '/app/data/x'], ['/run', '/app']), ['/app/data kept 10001', '/run/web 10001']);
});
