// npm test [-- PART|FILE ...] [--all]: types, lint, build, then the tests. Plain Node, as it installs the packages first where they are missing.
import { build, install, run } from './ready.mjs';

const words = process.argv.slice(2).filter((word) => word !== '--all');
const all = process.argv.includes('--all');

const bin = (file, ...rest) => run([process.execPath, `node_modules/${file}`, ...rest]);
const tests = (chosen, failed) =>
  run(
    [
      ...[process.execPath, '--import', 'tsx', '--import', './scripts/md-hook.mjs', '--import', './scripts/seed.mjs', 'test/run.ts'],
      ...(failed.length > 0 ? [`--failed=${failed}`] : []),
      ...chosen,
    ],
    { stdio: 'inherit', env: all ? { HARDEN_TUI_ALL: '1' } : {} },
  );

const parts = {
  types: () => bin('typescript/bin/tsc', '--noEmit'),
  lint: () => bin('eslint/bin/eslint.js', '.', '--max-warnings=0'),
  build,
};
const inside = ['setup', 'unit', 'pack', 'host', 'docker'];

const wrong = words.find((word) => !(word in parts) && !inside.includes(word) && !word.includes('.'));
if (wrong) {
  process.stderr.write(`no part "${wrong}": ${[...Object.keys(parts), ...inside].join(', ')}, or test files\n`);
  process.exit(2);
}
if (!install()) process.exit(1);

// Parts of run.ts go to it together, so that one line at the very end counts them all. They look at what is built.
const chosen = words.filter((word) => !(word in parts));
const plan = words.length === 0 ? Object.keys(parts) : Object.keys(parts).filter((part) => words.includes(part));
if (chosen.some((word) => word !== 'setup') && !plan.includes('build')) plan.push('build');

const failed = [];
for (const name of plan) {
  const start = Date.now();
  const good = parts[name]();
  if (!good) failed.push(name);
  process.stderr.write(`${good ? 'ok  ' : 'FAIL'} ${name} ${((Date.now() - start) / 1000).toFixed(1)} s\n`);
}

// Nothing is printed after the tests: their last line is the result of the whole.
const testing = words.length === 0 || chosen.length > 0;
const good = testing ? tests(chosen, failed) : failed.length === 0;
process.exitCode = good ? 0 : 1;
