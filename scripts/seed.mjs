// Property tests draw the same cases in every run of `npm test`, so that a red run is red for a reason of its change;
// `npm run test:all`, or SEED=random, draws new ones (fast-check prints the seed of what it finds).
import fc from 'fast-check';

const { SEED, HARDEN_TUI_ALL } = process.env;
if (SEED !== 'random' && !HARDEN_TUI_ALL) fc.configureGlobal({ seed: Number(SEED ?? 20261122) });
