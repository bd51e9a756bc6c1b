import { setTimeout as pause } from 'node:timers/promises';
import type { System } from '../system.ts';
import { realFiles } from './files.ts';
import { realNet } from './net.ts';
import { realProcesses } from './processes.ts';
import { realShell } from './shell.ts';

export { resolveEndpoint } from './endpoint.ts';
export { realDocker } from './docker.ts';
export { post } from './watchman.ts';

/** This machine, without its engine: that one is connected to while the first frame is already drawn. */
export const realSystem: System = {
  files: realFiles,
  shell: realShell,
  processes: realProcesses,
  net: realNet,
  ...(process.getuid ? { uid: process.getuid() } : {}),
  now: () => new Date(),
  pause: async (ms) => {
    await pause(ms);
  },
};
