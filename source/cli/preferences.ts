import { join } from 'node:path';
import { text, type Lang, type Text } from '../model/text.ts';
import type { Io } from './io.ts';

/** What one person wants of every call, whatever the project: it lies in that person's own folder, never in a project's. */
export interface Preferences {
  readonly lang?: Lang;
  readonly screenReader?: boolean;
  readonly ascii?: boolean;
  readonly mouse?: boolean;
  readonly colour?: boolean;
}

export interface Preferred {
  readonly own: Preferences;
  /** What could not be taken as it stands: said, and the call goes on without it. */
  readonly faults: readonly Text[];
}

/** `$XDG_CONFIG_HOME/harden-tui/config.yaml`, else `~/.config/harden-tui/config.yaml`. */
export const preferencesAt = ({ env, home }: Pick<Io, 'env' | 'home'>): string => join(env['XDG_CONFIG_HOME'] || join(home, '.config'), 'harden-tui', 'config.yaml');

const MOST_BYTES = 64 * 1024;

/** That file, where there is one that can be read. Nothing about it ever keeps a call from going on. */
export async function preferences(io: Pick<Io, 'env' | 'home' | 'doors'>): Promise<Preferred> {
  const at = preferencesAt(io);
  try {
    const bytes = await io.doors.readOwn?.(at);
    if (bytes === undefined) return { own: {}, faults: [] };
    if (bytes.length > MOST_BYTES) throw Object.assign(new Error('too big'), { code: 'EFBIG' });
    // Only who has such a file waits for what reads it.
    const { readPreferences } = await import('./read-preferences.ts');
    const { own, faults } = readPreferences(bytes.toString('utf8'));
    return { own, faults: faults.map((f) => text(`${at}: ${f.en}.`, `${at}：${f['zh-CN']}。`)) };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? String(error);
    return { own: {}, faults: code === 'ENOENT' || code === 'ENOTDIR' ? [] : [text(`${at} can't be read (${code}).`, `无法读取 ${at}（${code}）。`)] };
  }
}
