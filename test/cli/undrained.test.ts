import assert from 'node:assert/strict';
import { it } from 'node:test';
import { withoutUndrained, type Chosen, type Taken } from '../../source/cli/choose.ts';
import type { Finding } from '../../source/model/finding.ts';
import type { Plan } from '../../source/model/plan.ts';
import { same, text } from '../../source/model/text.ts';

const finding = (id: string): Finding => ({ id, title: same(`title ${id}`) }) as unknown as Finding;
const taken = (id: string): Taken => ({ finding: finding(id), offer: {} as Taken['offer'] });
const chosen = (...ids: readonly string[]): Chosen => ({ taken: ids.map(taken), byHand: [], passed: [] });
const ids = (c: Chosen): readonly string[] => c.taken.map((t) => t.finding.id);
const waits = [{ finding: 'json', what: text('1 message waits.', '有 1 条消息在等。'), next: text('Two steps.', '分两步。') }];
const tie = (id: string, ...needs: readonly string[]) => ({ finding: id, services: [], needs });
const plan = { findings: ['json', 'user', 'port', 'broker'].map(finding), ties: [tie('json'), tie('port', 'user'), tie('user', 'json'), tie('broker')] } as unknown as Plan;

it('what would lose messages is left out with what needs it, however far, and the rest goes on', () => {
  const left = withoutUndrained(chosen('port', 'json', 'user', 'broker'), plan, waits);
  assert.deepEqual(ids(left), ['broker']);
  assert.deepEqual(left.passed.map((p) => [p.finding.id, p.why.en]), [
    ['port', "it can't do without another one that is left out: title user"],
    ['json', '1 message waits. Two steps.'],
    ['user', "it can't do without another one that is left out: title json"],
  ]);
});

it('of one that was only brought along, its reason stands with those that brought it', () => {
  const left = withoutUndrained(chosen('user', 'broker'), plan, waits);
  assert.deepEqual(ids(left), ['broker']);
  assert.equal(left.passed[0]?.why.en, "it can't do without another one that is left out: title json. 1 message waits. Two steps.");
  assert.deepEqual(ids(withoutUndrained(chosen('user', 'broker'), plan, [])), ['user', 'broker']);
});
