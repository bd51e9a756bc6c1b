// `npm run bench`: writes bench/RESULTS.md. Bytes are the same everywhere; times are this machine's, so they stand beside
// what the same machine needs for something known.
import './production.ts';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { measureKeys } from './keys.ts';
import { measureStart } from './start.ts';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const n = (value: number): string => String(Math.round(value));

const keys = await measureKeys();
const start = await measureStart(at('../bin/harden-tui.js'), at('../scenarios/root-container'));
const rows = keys.map((one) => `| ${one.what} | ${one.size} | ${n(one.bytes[0])} | ${n(one.bytes[1])} | ${n(one.ms[0])} | ${n(one.ms[1])} |`);
writeFileSync(at('./RESULTS.md'), `# Measured

Written by \`npm run bench\`; ${new Date().toISOString().slice(0, 10)}, Node ${process.version}.

## From a key to its frame

300 findings, and a diff of 2,000 lines; each key once the last one is drawn. Bytes do not depend on the machine. Milliseconds are the processor's: from the key to the frame written, on a terminal that is a program, with React as it is built.

| what | terminal | bytes, middle | bytes, most | ms, middle | ms, most |
|---|---|---:|---:|---:|---:|
${rows.join('\n')}

## To the first frame

On a terminal, best of five, from the start of the program to the first frame: by the clock, on a machine that other work shared, and in processor time. \`node\` alone prints one word: what is above it is ours. The mark is half a second by the clock.

| what | ms by the clock | ms of the processor | times node |
|---|---:|---:|---:|
| node, one word | ${n(start.node.wall)} | ${n(start.node.used)} | 1.0 |
| \`harden-tui\`, first frame | ${n(start.wizard.wall)} | ${n(start.wizard.used)} | ${(start.wizard.used / start.node.used).toFixed(1)} |
`);
process.exit(0);
