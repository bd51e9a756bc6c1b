import { createHash } from 'node:crypto';
import { lstatSync, readFileSync, readdirSync, readlinkSync } from 'node:fs';
import path from 'node:path';

/** Path → type, mode, owner and content of everything below, git's own folder left out. Two equal trees are equal objects. */
export function treeOf(root: string, options: { owners?: boolean } = { owners: true }): Record<string, string> {
  const found: Record<string, string> = {};
  const walk = (folder: string): void => {
    for (const name of readdirSync(path.join(root, folder)).sort()) {
      if (name === '.git') continue;
      const file = path.posix.join(folder, name);
      const at = path.join(root, file);
      const stat = lstatSync(at);
      const owner = options.owners ? ` ${stat.uid}:${stat.gid}` : '';
      const mode = (stat.mode & 0o7777).toString(8);
      if (stat.isDirectory()) {
        found[file] = `folder ${mode}${owner}`;
        walk(file);
      } else if (stat.isSymbolicLink()) found[file] = `link ${readlinkSync(at)}${owner}`;
      else found[file] = `file ${mode}${owner} ${createHash('sha256').update(readFileSync(at)).digest('hex').slice(0, 16)}`;
    }
  };
  walk('');
  return found;
}

/** Files whose type, mode or content differs, or that are only on one side. */
export const differences = (a: Record<string, string>, b: Record<string, string>): readonly string[] =>
  [...new Set([...Object.keys(a), ...Object.keys(b)])].filter((file) => a[file] !== b[file]).sort();
