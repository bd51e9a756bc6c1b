// A list of 300 findings and a diff of 2,000 lines: larger than any project is likely to have.
import type { FileDiff, Session } from '../source/engine/session.ts';
import { fakeOffers } from '../test/tui/fake-offers.ts';
import { fakeSession } from '../test/tui/fake-session.ts';
import { manyFindings } from '../test/tui/kitchen/machines.ts';

const rows = Array.from({ length: 2000 }, (_, i) => (i % 3 === 0 ? `-old line ${i}` : i % 3 === 1 ? `+new line ${i}, 含有中文` : ` context ${i}`));
const long: FileDiff = { path: 'compose.yaml', patch: `diff --git a/compose.yaml b/compose.yaml\n--- a/compose.yaml\n+++ b/compose.yaml\n@@ -1,2000 +1,2000 @@\n${rows.join('\n')}\n`, added: 667, removed: 667 };

export const largeSession = (): Session => ({
  ...fakeSession({ findings: manyFindings(300) }),
  offers: async (_machine, finding) => fakeOffers({ ...finding, id: 'F1' }).map((offer) => ({ ...offer, diffs: [long] })),
});
