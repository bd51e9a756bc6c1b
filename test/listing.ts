import { readdirSync } from 'node:fs';
import path from 'node:path';

export const root = path.join(import.meta.dirname, '..');

const isTest = (file: string) => /\.test\.[^./]+$/.test(file);
const isListed = (file: string) => /^(test|source|scenarios\/[^/]+)\/.*\.test\.tsx?$/.test(file) || /^scenarios\/[^/]+\/[^/]+\.test\.ts$/.test(file);

function* walk(folder: string): Generator<string> {
  for (const entry of readdirSync(path.join(root, folder), { withFileTypes: true })) {
    const name = path.posix.join(folder, entry.name);
    if (['node_modules', '.git', 'dist', 'coverage'].includes(entry.name)) continue;
    if (entry.isDirectory()) yield* walk(name);
    else if (isTest(entry.name)) yield name;
  }
}

/** Every test file of the repository, and those that look like one and would never run: a shell's `**` once lost two of three. */
export function listing() {
  const all = [...walk('')].sort();
  const listed = all.filter(isListed);
  return {
    docker: listed.filter((file) => file.startsWith('test/docker/')),
    host: listed.filter((file) => file.startsWith('test/host/')),
    pack: listed.filter((file) => file === 'test/pack.test.ts'),
    unit: listed.filter((file) => !/^test\/(docker|host)\//.test(file) && file !== 'test/pack.test.ts'),
    stray: all.filter((file) => !isListed(file)),
  };
}
