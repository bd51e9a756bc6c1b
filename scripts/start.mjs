// npm start [-- ARGS]: from a fresh clone to the running program, with nothing but Node and npm.
import path from 'node:path';
import { build, built, install, root } from './ready.mjs';

if (!install() || !(built() || build())) process.exit(2);

// In this same process: the terminal, the signals and the exit code are then the program's own.
const bin = path.join(root, 'bin/harden-tui.js');
process.argv = [process.argv[0], bin, ...process.argv.slice(2)];
await import('../bin/harden-tui.js');
