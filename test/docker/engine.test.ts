// The ground the other engine tests stand on: both builders reach Debian's packages from the base images.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { docker, engineTest, unique } from '../helpers/engine.ts';

const dockerfile = (image: string) => `FROM ${image}\nRUN apt-get update && apt-get install -y --no-install-recommends gunicorn\n`;

engineTest('docker build and compose build install packages on the base images', (t) => {
  const folder = mkdtempSync(path.join(tmpdir(), unique()));
  const name = unique();
  t.after(() => {
    rmSync(folder, { recursive: true });
    docker('rmi', '-f', name, `${name}-web`);
  });
  writeFileSync(path.join(folder, 'Dockerfile'), dockerfile('debian:bookworm-slim'));
  writeFileSync(path.join(folder, 'Dockerfile.python'), dockerfile('python:3.11-slim'));
  writeFileSync(path.join(folder, 'compose.yaml'), 'services:\n  web:\n    build: {context: ., dockerfile: Dockerfile.python}\n');

  docker('build', '-q', '-t', name, folder);
  docker('compose', '-p', name, '-f', path.join(folder, 'compose.yaml'), 'build');

  assert.match(docker('run', '--rm', name, 'gunicorn', '--version'), /version 20/);
  assert.match(docker('run', '--rm', `${name}-web`, 'python', '-m', 'gunicorn', '--version'), /version 20/);
});
