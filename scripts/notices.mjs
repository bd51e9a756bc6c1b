// The licence of everything that is inside the bundle. The build fails when one is missing, so that nobody ships it unnoticed.
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';

const ours = /^(MIT|ISC|0BSD|BSD-[23]-Clause|Apache-2\.0|BlueOak-1\.0\.0|Unlicense|CC0-1\.0|\(?MIT (OR|AND) [\w.-]+\)?)$/;

export async function notices(root, metafile, copied = []) {
  const shipped = Object.values(metafile.outputs)
    .flatMap((output) => Object.entries(output.inputs))
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .map(([file]) => file);
  const folders = [...new Set([...shipped, ...copied].map(packageOf).filter(Boolean))].sort();
  const parts = await Promise.all(folders.map((folder) => notice(root, folder)));
  const head = 'harden-tui contains the packages below, each under its own licence.\n';
  return [head, ...parts].join(`\n${'-'.repeat(80)}\n\n`);
}

// The last node_modules in the path: a nested copy is a package of its own.
function packageOf(file) {
  const [, folder] = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file) ?? [];
  return folder;
}

async function notice(root, folder) {
  const { name, version, license, author } = JSON.parse(await readFile(path.join(root, folder, 'package.json'), 'utf8'));
  const spdx = typeof license === 'string' ? license : license?.type;
  if (!spdx || !ours.test(spdx)) throw new Error(`${name} ${version}: licence ${spdx ?? 'not named'}; look at it before it is bundled`);

  const files = await readdir(path.join(root, folder));
  const names = files.filter((file) => /^(licen[cs]e|copying|notice)/i.test(file)).sort();
  const texts = await Promise.all(names.map((file) => readFile(path.join(root, folder, file), 'utf8')));
  if (texts.length === 0) {
    const by = typeof author === 'string' ? author : author?.name;
    texts.push(`Licence: ${spdx}${by ? `, by ${by}` : ''}. The package names it and carries no licence text of its own.\n`);
  }
  return `${name} ${version} (${spdx})\n\n${texts.map((text) => text.replaceAll('\r\n', '\n')).join('\n')}`;
}
