import { main } from './cli/main.ts';
import { drained, realIo } from './cli/real-io.ts';

// `harden-tui scan | head` closes the pipe early: that is no mistake of anybody's.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

const code = await main(process.argv.slice(2), realIo());
await Promise.all([drained(process.stdout), drained(process.stderr)]);
// Docker's client keeps its socket open; waiting for that would hold the prompt back.
process.exit(code);
