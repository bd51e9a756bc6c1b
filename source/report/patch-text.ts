import type { Paint } from './paint.ts';
import { plain } from './plain.ts';

function role(line: string): Parameters<Paint>[0] | undefined {
  if (/^(diff --git|---|\+\+\+|new file|deleted file|index )/.test(line)) return 'strong';
  if (line.startsWith('@@')) return 'hunk';
  return line.startsWith('+') ? 'added' : line.startsWith('-') ? 'removed' : undefined;
}

/** A diff for eyes. What is piped to git is never this: there every byte stays. */
export const patchText = (patch: string, paint: Paint): string =>
  patch.split('\n').map((line) => {
    const as = role(line);
    return as ? paint(as, plain(line)) : plain(line);
  }).join('\n');
