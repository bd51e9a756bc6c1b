// What a fresh clone needs before anything of it can run. Plain Node: this works while node_modules is still missing.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');
const at = (name) => path.join(root, name);

// Output goes to stderr unless told otherwise, also the children's: stdout belongs to the result of what is started afterwards.
export function run(words, { stdio = ['inherit', 2, 2], env = {} } = {}) {
  const [command, ...rest] = words;
  const { status, error } = spawnSync(command, rest, { cwd: root, stdio, env: { ...process.env, ...env } });
  if (error) process.stderr.write(`${command}: ${error.message}\n`);
  return status === 0;
}

const packages = (file) => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).packages : {});

// Versions as npm wrote them down, so that a clone set up by plain `npm ci` counts too. Optional packages of other platforms are absent.
export function installed() {
  const wanted = packages(at('package-lock.json'));
  const found = packages(at('node_modules/.package-lock.json'));
  return Object.entries(wanted).every(
    ([name, { version, optional }]) => name === '' || (found[name] ? found[name].version === version : optional),
  );
}

export function install() {
  if (installed()) return true;
  process.stderr.write('installing the development packages (npm ci), about half a minute\n');
  // No install scripts: the only native ones are optional parts of ssh2, which the bundle leaves out.
  return run(['npm', 'ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']);
}

function newest(name) {
  const stat = statSync(at(name), { throwIfNoEntry: false });
  if (!stat) return 0;
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(stat.mtimeMs, ...readdirSync(at(name)).map((child) => newest(path.join(name, child))));
}

export const built = () => newest('dist/cli.js') > Math.max(...['source', 'scripts', 'package.json', 'package-lock.json'].map(newest));

export const build = () => run([process.execPath, at('scripts/build.mjs')]);
