// A real Docker engine for the tests: installed and started here where that is allowed, looked for where it is not.
import { daemon, engineVersion } from './daemon.ts';
import { images } from './images.ts';
import { packages } from './packages.ts';
import { say } from './shell.ts';

/** Nothing is installed on anybody's machine unasked. */
export const allowed = process.env.CI === 'true' || process.env.HARDEN_TUI_SETUP === '1';

/** False when the set-up was to be made and could not be; without leave it only says what is missing. */
export async function prepare(): Promise<boolean> {
  if (!allowed) {
    if (!engineVersion()) say('No Docker engine answers: its tests are skipped. On Debian with root, to set one up: HARDEN_TUI_SETUP=1 npm test -- setup');
    return true;
  }
  const start = Date.now();
  try {
    packages();
    await daemon();
    images();
    say(`set-up: engine ${engineVersion()}, ready after ${Math.round((Date.now() - start) / 1000)} s`);
    return true;
  } catch (error) {
    say(`set-up failed: ${error instanceof Error ? error.message : String(error)}`);
    return false;
  }
}
