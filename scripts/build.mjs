// source/cli.tsx -> dist/: one set of files with everything inside, so that `npx harden-tui` fetches one package and starts at once.
import { build } from 'esbuild';
import { mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { lazily } from './lazy-emoji.mjs';
import { notices } from './notices.mjs';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');
const dist = path.join(root, 'dist');

// CommonJS packages inside an ESM bundle still call require and __dirname. Chunks lie flat in dist/, so __dirname is dist/ for all.
const banner = `
import { createRequire as __createRequire } from 'node:module';
import { fileURLToPath as __fileURLToPath } from 'node:url';
const require = __createRequire(import.meta.url);
const __filename = __fileURLToPath(import.meta.url);
const __dirname = __fileURLToPath(new URL('.', import.meta.url));`;

const stubs = {
  // Ink asks for both when DEV=true; left external they would become static imports of packages that are not there.
  'react-devtools-core': 'export default { initialize() {}, connectToDevTools() {} };',
  ws: 'export default class {};',
  // Only dockerode's ssh:// needs it (330 kB); we leave ssh to the docker CLI. It must load, so it throws when constructed.
  ssh2: 'module.exports = { Client: class { constructor() { throw new Error("ssh:// goes through the docker CLI"); } } };',
};

const stub = {
  name: 'stub',
  setup({ onResolve, onLoad }) {
    const filter = new RegExp(`^(${Object.keys(stubs).join('|')})$`);
    onResolve({ filter }, ({ path: name }) => ({ path: name, namespace: 'stub' }));
    onLoad({ filter: /.*/, namespace: 'stub' }, ({ path: name }) => ({ contents: stubs[name] }));
  },
};

const lazyEmoji = {
  name: 'lazy-emoji',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]node_modules[\\/]string-width[\\/]index\.js$/ }, async ({ path: file }) => ({ contents: lazily(await readFile(file, 'utf8')) }));
  },
};

const { outputFiles, metafile } = await build({
  absWorkingDir: root,
  entryPoints: ['source/cli.tsx'],
  outdir: 'dist',
  bundle: true,
  write: false,
  metafile: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  splitting: true,
  chunkNames: '[name]-[hash]',
  // Lines stay lines and names stay names: a stack in a bug report must be readable. The gain of the rest is 100 kB packed.
  minifySyntax: true,
  legalComments: 'none',
  define: { 'process.env.NODE_ENV': '"production"' },
  banner: { js: banner.trim() },
  loader: { '.node': 'empty', '.md': 'text' },
  plugins: [stub, lazyEmoji],
  logLevel: 'warning',
});

// Each file is renamed into place and the entry comes last: something that runs from dist/ meanwhile never sees half a file.
async function place(name, contents) {
  const target = path.join(dist, name);
  await mkdir(path.dirname(target), { recursive: true });
  const passing = `${target}.${process.pid}.tmp`;
  await writeFile(passing, contents);
  await rename(passing, target);
}

const built = new Map(outputFiles.map((file) => [path.relative(dist, file.path), file.contents]));
const entry = built.get('cli.js');
built.delete('cli.js');

// dockerode reads these at run time, beside itself; without them a BuildKit build through the API fails with ENOENT.
const proto = path.join(root, 'node_modules/dockerode/lib/proto');
for (const name of await readdir(proto)) built.set(path.join('proto', name), await readFile(path.join(proto, name)));

for (const [name, contents] of built) await place(name, contents);
await place('cli.js', entry);
await writeFile(path.join(root, 'THIRD-PARTY-NOTICES.txt'), await notices(root, metafile, ['node_modules/dockerode/']));

for (const name of await readdir(dist, { recursive: true })) {
  const kept = name === 'cli.js' || name === 'proto' || built.has(name) || name.endsWith('.tmp');
  if (!kept) await rm(path.join(dist, name), { recursive: true, force: true });
}

const bytes = [entry, ...built.values()].reduce((sum, contents) => sum + contents.length, 0);
process.stderr.write(`built dist/: ${built.size + 1} files, ${Math.round(bytes / 1024)} kB\n`);
