import { posix } from 'node:path';
import type { Machine } from '../model/machine.ts';
import type { Gunicorn } from './gunicorn.ts';
import { told, type GunicornSetting } from './gunicorn-settings.ts';

const WRITTEN: readonly GunicornSetting[] = ['accesslog', 'errorlog', 'pidfile'];

/** Log and pid files that a gunicorn is told to write, absolute where its folder is known; `-` is the terminal. */
export const gunicornFiles = (machine: Machine, g: Gunicorn, settings: readonly GunicornSetting[] = WRITTEN): readonly string[] => settings.flatMap((setting) => {
  const value = told(machine, g, setting)?.value;
  if (value === undefined || value === '' || value === '-') return [];
  const folder = g.program.cwd;
  return [value.startsWith('/') || folder === undefined ? value : posix.join(folder, value)];
});
