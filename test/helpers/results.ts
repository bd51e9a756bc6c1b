// The table of what happened to the corpus, as it is kept beside the tests.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../listing.ts';
import type { Ended } from './corpus-loop.ts';
import type { Outcome, Shown } from './corpus.ts';
import { docker } from './engine.ts';

export interface Row {
  readonly name: string;
  readonly shown: Shown;
  readonly ended: Ended;
}

const OUTCOMES: readonly Outcome[] = ['held', 'nothing to do', 'refused', 'rolled back', 'broke'];
const cell = (text: string): string => text.replaceAll('|', '\\|').replace(/\s+/g, ' ').trim();

export function table(rows: readonly Row[]): string {
  const lines = [...rows].sort((a, b) => (a.name < b.name ? -1 : 1)).map(({ name, shown, ended }) =>
    `| ${name} | ${cell(shown.shows)} | ${ended.outcome} | ${cell(ended.outcome === 'broke' ? ended.why.slice(0, 200) : ended.why)} | ${ended.seconds} s |`);
  return ['| service | what it shows | outcome | reason | fix took |', '|---|---|---|---|---|', ...lines].join('\n');
}

export function writeResults(rows: readonly Row[]): void {
  const count = (outcome: Outcome): number => rows.filter((r) => r.ended.outcome === outcome).length;
  const asked = rows.length - count('nothing to do');
  const text = `# What the recommended fix did to the corpus

Written by \`npm run test:all\` (test/docker/corpus.test.ts) on ${new Date().toISOString().slice(0, 10)}, Docker Engine ${docker('version', '--format', '{{.Server.Version}}')}.

${rows.length} services: ${OUTCOMES.map((o) => `${count(o)} ${o}`).join(', ')}. Of the ${asked} that ran as root, ${count('held')} held (${Math.round((count('held') / asked) * 100)} %).

- *held*: every process is somebody else than root, it answers and writes as before, what was in its volumes is still there, and \`undo\` brought all of it back.
- *nothing to do*: it was not root to begin with; nothing was touched.
- *refused*, *rolled back*: it runs as before, in the same configuration and from the same image, and the reason is the tool's.
- *broke*: anything else.

${table(rows)}
`;
  writeFileSync(path.join(root, 'test/docker/RESULTS.md'), text);
}
