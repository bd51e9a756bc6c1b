import { spawn } from 'node:child_process';
import { openSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { answer, cache, debianRoot, present, read, say } from './shell.ts';

export const engineVersion = () => answer(['docker', 'version', '--format', '{{.Server.Version}}']);

/** Starts dockerd where none answers; Debian without systemd does not do it for us. */
export async function daemon(): Promise<void> {
  if (engineVersion()) return;
  if (process.env.DOCKER_HOST) throw new Error(`DOCKER_HOST is set to ${process.env.DOCKER_HOST}, and no engine answers there`);
  if (!debianRoot() || !present('dockerd')) throw new Error('no Docker engine answers, and this is not Debian with root: start one yourself');

  let ended = false;
  const log = path.join(cache, 'dockerd.log');
  // Never a second one: it would delete the first one's docker0. One that is just starting is waited for.
  if (answer(['pgrep', '-x', 'dockerd']) === undefined) {
    say('starting dockerd');
    const file = openSync(log, 'w');
    const child = spawn('dockerd', { detached: true, stdio: ['ignore', file, file] });
    child.once('exit', () => (ended = true)).unref();
  }
  for (let tries = 0; tries < 120 && !ended; tries++) {
    if (engineVersion()) return;
    await pause(500);
  }
  const tail = answer(['test', '-e', log]) === undefined ? '' : read(log).trimEnd().split('\n').slice(-15).join('\n');
  throw new Error(`${ended ? 'dockerd ended' : 'dockerd did not answer within a minute'}; the end of ${log}:\n${tail}`);
}
