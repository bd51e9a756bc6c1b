import { LOST, NOWHERE } from './cli/complain.ts';
import { langOf } from './cli/locale.ts';
import { main } from './cli/main.ts';
import { drained, realIo, unread } from './cli/real-io.ts';
import { WATCHMAN } from './system/watchman.ts';

// `harden-tui scan | head` closes the pipe early: that is no mistake of anybody's.
process.stdout.on('error', unread);
process.stderr.on('error', unread);

// A wait that nothing will end any more lets Node leave quietly, with 0: that must never look like success.
const end = ({ what, next }: typeof LOST, code: number): never => {
  process.stderr.write(`\n${what[langOf(process.env)]}\n  ${next[langOf(process.env)]}\n`);
  process.exit(code);
};
process.once('beforeExit', () => end(LOST, 3));

try {
  process.cwd();
} catch {
  end(NOWHERE, 2);
}

// Beside a run of ours, with a channel to it: nobody types this.
const watches = process.argv[2] === WATCHMAN && process.send !== undefined;
const code = watches ? await (await import('./cli/watchman.ts')).stand() : await main(process.argv.slice(2), realIo());
await Promise.all([drained(process.stdout), drained(process.stderr)]);
// Docker's client keeps its socket open; waiting for that would hold the prompt back.
process.exit(code);
