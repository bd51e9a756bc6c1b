// What a user who may not read or write gets: the built program, run as another user.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { root } from '../listing.ts';

const NOBODY = 65534;
const DOCKERFILE = 'FROM debian:bookworm-slim\nCOPY . .\nCMD ["gunicorn", "-b", ":8000", "a:b"]\n';

function box(t: TestContext): { project: string; harden: (...words: string[]) => { code: number | null; stdout: string; stderr: string } } {
  const base = mkdtempSync(join(tmpdir(), 'harden-tui-nobody-'));
  t.after(() => rmSync(base, { recursive: true, force: true }));
  const project = join(base, 'project');
  const state = join(base, 'state');
  for (const folder of [project, state]) mkdirSync(folder);
  for (const folder of [base, project, state]) chmodSync(folder, 0o755);
  chownSync(state, NOBODY, NOBODY);
  writeFileSync(join(project, 'Dockerfile'), DOCKERFILE);
  chmodSync(join(project, 'Dockerfile'), 0o644);
  return {
    project,
    harden: (...words) => {
      const ran = spawnSync(process.execPath, [join(root, 'bin/harden-tui.js'), ...words, project], {
        uid: NOBODY, gid: NOBODY, encoding: 'utf8', env: { PATH: process.env['PATH'] ?? '', HOME: base, XDG_STATE_HOME: state, LC_ALL: 'C.UTF-8' },
      });
      return { code: ran.status, stdout: ran.stdout, stderr: ran.stderr };
    },
  };
}

describe('a user who may not', { skip: process.getuid?.() === 0 ? false : 'needs root to become another user' }, () => {
  it('read a file is told which, why and what would help; the rest is looked at', (t) => {
    const { project, harden } = box(t);
    writeFileSync(join(project, 'uwsgi.ini'), '[uwsgi]\n');
    chmodSync(join(project, 'uwsgi.ini'), 0o600);
    const told = harden('scan', '--no-docker', '--format', 'json');
    const { blind, findings } = JSON.parse(told.stdout) as { blind: { what: string; why: string; remedy: string }[]; findings: { risk: string }[] };
    const entry = blind.find((b) => b.what === 'uwsgi.ini');
    assert.match(entry?.why ?? '', /may not be read/);
    assert.match(entry?.remedy ?? '', /chmod u\+r/);
    assert.ok(findings.some((f) => f.risk === 'root-container'));
  });

  it('write the project gets a clear end, and every byte is as before', (t) => {
    const { project, harden } = box(t);
    const told = harden('fix', '--yes', '--files-only', '--no-docker');
    assert.ok(told.code === 2 || told.code === 3, `${told.code}\n${told.stderr}`);
    assert.match(told.stderr, /may not be written by this user/);
    assert.doesNotMatch(told.stderr, /\n\s+at /);
    assert.equal(readFileSync(join(project, 'Dockerfile'), 'utf8'), DOCKERFILE);
  });
});
