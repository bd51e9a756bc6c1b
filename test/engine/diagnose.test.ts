import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { diagnose } from '../../source/engine/diagnose.ts';
import { wentAlong } from '../../source/engine/prove.ts';
import type { Finding } from '../../source/model/finding.ts';
import type { Machine } from '../../source/model/machine.ts';
import type { Plan } from '../../source/model/plan.ts';
import type { Risk } from '../../source/model/risk.ts';
import { same } from '../../source/model/text.ts';
import { RISKS } from '../../source/risks/index.ts';
import { TOLD_FIRST } from '../../source/risks/order.ts';

const machine = { services: [], containers: [] } as unknown as Machine;
const found = (risk: string, severity: Finding['severity'] = 'high', service = 'web'): Finding => ({
  id: `${risk}-${service}`, risk, severity, confidence: 'seen', title: same(risk), why: same(''), subjects: [{ kind: 'service', name: service }], places: [], chain: [], seen: [], from: [], detail: {},
});
const risk = (finding: Finding): Risk => ({ id: finding.risk, detect: () => [finding] }) as unknown as Risk;

describe('findings', () => {
  it('of one severity are told in the order of the catalogue, whatever the alphabet says', () => {
    const all = [found('broker-no-auth'), found('uwsgi-root'), found('an-other'), found('root-container'), found('socket-mode'), found('zzz', 'critical')];
    assert.deepEqual(diagnose(machine, all.map(risk)).findings.map((f) => f.risk), ['zzz', 'root-container', 'socket-mode', 'uwsgi-root', 'broker-no-auth', 'an-other']);
  });
  it('that are told first are risks that there are', () => assert.deepEqual(TOLD_FIRST.filter((id) => !RISKS.some((r) => r.id === id)), []));
});

describe('what nobody chose', () => {
  const [chosen, other] = [found('socket-mode', 'high', 'admin'), found('uwsgi-root', 'high', 'admin')];
  const plan = { findings: [chosen], foreseen: { gone: [chosen.id, other.id], left: [], fresh: [] } } as unknown as Plan;
  const along = (now: readonly Risk[], foreseen = plan) => wentAlong(foreseen, [chosen, other], machine, now).map((v) => [v.risk, v.outcome]);
  it('is gone where it was foreseen and is looked for in vain', () => assert.deepEqual(along([]), [['uwsgi-root', 'gone']]));
  it('is not called gone where it is found again, under another id too', () => {
    assert.deepEqual(along([risk(other)]), []);
    assert.deepEqual(along([risk({ ...other, id: 'moved' })]), []);
  });
  it('nor where nothing foresaw it', () => assert.deepEqual(along([], { ...plan, foreseen: { ...plan.foreseen, gone: [chosen.id] } }), []));
});
