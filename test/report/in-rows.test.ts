import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { diagnose } from '../../source/engine/diagnose.ts';
import { ways } from '../../source/engine/offers.ts';
import { same } from '../../source/model/text.ts';
import { inRows, rowsOf } from '../../source/report/in-rows.ts';
import { painter } from '../../source/report/paint.ts';
import { foreseen } from '../../source/report/plan-text.ts';
import { prettyFinding } from '../../source/report/pretty-finding.ts';
import { makePlan } from '../../source/engine/plan.ts';
import { RISKS } from '../../source/risks/index.ts';
import { casesOf, machineOf } from '../helpers/case.ts';

const one = casesOf('socket-mode').find(({ name }) => name === 'seen-with-peer-101')!;

void describe('what is counted on the command line and in the wizard', () => {
  void it('tells both numbers where low ones of several services are one row', async () => {
    const { findings } = diagnose(await machineOf(one.before, one.recorded), RISKS);
    const [first] = findings;
    const low = { ...first!, severity: 'low' as const, plural: same('keep all capabilities') };
    const both = [{ ...low, id: 'a' }, { ...low, id: 'b' }, { ...low, id: 'c', risk: 'other' }];
    assert.equal(rowsOf(both), 2);
    assert.equal(inRows(both).en, ' (2 rows in the wizard)');
    assert.equal(inRows(both)['zh-CN'], '（在向导里是 2 行）');
    assert.equal(inRows(both.slice(1)).en, '');
    // What is not low stands by itself in the wizard as well.
    assert.equal(rowsOf(both.map((f) => ({ ...f, severity: 'high' as const }))), 3);
  });
  void it('says how many of those that are left are low', async () => {
    const machine = await machineOf(one.before, one.recorded);
    const { findings } = diagnose(machine, RISKS);
    const plan = makePlan(machine, RISKS, findings, findings.filter((f) => f.risk === 'socket-mode').map((f) => ({ finding: f.id, risk: f.risk, fix: 'group-socket' })));
    const low = findings.filter((f) => plan.foreseen.left.includes(f.id) && (f.severity === 'low' || f.severity === 'info')).length;
    assert.ok(low > 0);
    const others = plan.foreseen.left.length - low;
    const rows = rowsOf(findings.filter((f) => plan.foreseen.left.includes(f.id) && (f.severity === 'low' || f.severity === 'info')));
    assert.ok(rows < low);
    const both = `\\(${rows} rows in the wizard\\)`;
    assert.match(foreseen(plan, findings).en, new RegExp(others === 0 ? `, ${low} low left ${both},` : `, ${others} left and ${low} low ${both},`));
    assert.match(foreseen({ ...plan, foreseen: { ...plan.foreseen, left: plan.foreseen.left.slice(0, 1) } }, findings.map((f) => ({ ...f, severity: 'low' as const }))).en, /, 1 low left,/, 'as the wizard has it');
    assert.doesNotMatch(foreseen(plan, []).en, /low/);
  });
  void it('what is found by trial has the command that tries as its way out', async () => {
    const machine = { ...(await machineOf(one.before, one.recorded)), docker: {} as never };
    const { findings } = diagnose(machine, RISKS);
    const finding = findings.find((f) => f.risk === 'all-capabilities')!;
    const risk = RISKS.find((r) => r.id === finding.risk)!;
    const offers = ways(finding, risk, machine).map((w) => ({ fix: w.fix.id, safety: w.fix.safety, recommended: false, title: same(''), price: same(''), words: same(''), diffs: [], ...(w.refused ? { refused: w.refused } : {}) }));
    const said = prettyFinding(finding, offers, { lang: 'en', paint: painter(false), columns: 100 }).join('\n');
    assert.match(said, /way out +minimal-capabilities: has to be tried first:\n +harden-tui fix --risk all-capabilities --rehearse/);
  });
});
