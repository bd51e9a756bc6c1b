import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { diagnose } from '../../source/engine/diagnose.ts';
import { filesAfter } from '../../source/engine/edits.ts';
import { makePlan } from '../../source/engine/plan.ts';
import { parseCompose, removeEnvironment, setPath } from '../../source/files/compose.ts';
import { isRefused } from '../../source/files/span.ts';
import type { Finding } from '../../source/model/finding.ts';
import type { Machine } from '../../source/model/machine.ts';
import type { Plan } from '../../source/model/plan.ts';
import type { Proposal, Risk } from '../../source/model/risk.ts';
import { same } from '../../source/model/text.ts';
import { RISKS } from '../../source/risks/index.ts';
import { machineOf, type Recorded } from '../helpers/case.ts';

function planned(machine: Machine, ways: readonly string[], risks: readonly Risk[] = RISKS): Plan {
  const { findings } = diagnose(machine, risks);
  return makePlan(machine, risks, findings, ways.flatMap((way) => {
    const [risk = '', fix = ''] = way.split('=');
    return findings.filter((f) => f.risk === risk).map((f) => ({ finding: f.id, risk, fix }));
  }));
}

const textOf = (machine: Machine, plan: Plan, path: string): string => filesAfter(machine, plan.steps.map((s) => s.change)).get(path)?.text ?? '';
const idOf = (plan: Plan, risk: string): string => plan.findings.find((f) => f.risk === risk)?.id ?? '';

/** A risk of `web` that is always there; its fix does what it is told to. */
function always(id: string, severity: Finding['severity'], proposal: (machine: Machine) => Partial<Proposal>): Risk {
  const finding: Finding = { id, risk: id, severity, confidence: 'declared', title: same(id), why: same(''), subjects: [{ kind: 'service', name: 'web' }], places: [], chain: [], seen: [], from: [], detail: {} };
  return {
    id, severity, technologies: [], equivalents: [], readme: { 'en': '', 'zh-CN': '' }, detect: () => [finding],
    fixes: [{ id: 'fix', safety: 'review', proven: true, propose: (_, machine) => ({ changes: [], rebuild: [], replace: [], proofs: [], ...proposal(machine) }) }],
  };
}

const web = (ports: string): Record<string, string> => ({
  'Dockerfile': 'FROM debian:bookworm-slim\nCOPY . .\nCMD ["gunicorn", "-b", "0.0.0.0:443", "shop:app"]\n',
  'compose.yaml': `services:\n  web:\n    build: .\n    ports:\n      - ${ports}\n`,
});
const running: Recorded = { containers: [{
  service: 'web', ports: [{ hostIp: '0.0.0.0', hostPort: 443, inside: 443, protocol: 'tcp' }],
  processes: [{ pid: 10, uid: 0, argv: ['gunicorn', '-b', '0.0.0.0:443', 'shop:app'] }], listeners: [{ protocol: 'tcp', address: '0.0.0.0', port: 443, pids: [10], uid: 0 }],
}] };
const BOTH = ['exposed-port=loopback', 'privileged-port=high-port'];

describe('two fixes that want something of one line', () => {
  it('make one edit of a mapping: the address of one, the port inside of the other', async () => {
    const forms = { '443:443': '"?127.0.0.1:443:8443"?', '"443:443"': '"127.0.0.1:443:8443"', '0.0.0.0:443:443/tcp': '127.0.0.1:443:8443/tcp', '"443"': '"127.0.0.1::8443"' };
    for (const [from, to] of Object.entries(forms)) {
      const machine = await machineOf(web(from), running);
      const plan = planned(machine, BOTH);
      assert.deepEqual(plan.refused, [], from);
      assert.match(textOf(machine, plan, 'compose.yaml'), new RegExp(`^ {6}- ${to}$`, 'm'), from);
    }
  });
  it('are written as by one fix, where only one of them is chosen', async () => {
    const machine = await machineOf(web('"443:443"'), running);
    assert.match(textOf(machine, planned(machine, BOTH.slice(0, 1)), 'compose.yaml'), /- "127\.0\.0\.1:443:443"$/m);
    assert.match(textOf(machine, planned(machine, BOTH.slice(1)), 'compose.yaml'), /- "443:8443"$/m);
  });
  it('are proven on the port that is meant by then', async () => {
    const plan = planned(await machineOf(web('"443:443"'), running), BOTH);
    const reach = plan.owed.flatMap((o) => o.proofs).filter((p) => p.kind === 'reach');
    assert.deepEqual(reach.map((p) => [p.port, p.outside]), [[8443, [443]]]);
  });
});

describe('fixes that can\'t stand beside each other', () => {
  const because = same('one takes what the other gives');
  const other = (severity: Finding['severity']): Risk => always('takes', severity, () => ({}));

  it('are said to, with both names, whichever of them says so; the milder finding\'s is refused', async () => {
    const machine = await machineOf(web('"443:443"'));
    const gives = (severity: Finding['severity']): Risk => always('gives', severity, () => ({ excludes: [{ risk: 'takes', service: 'web', because }] }));
    for (const [mine, theirs, stays] of [['low', 'high', 'takes'], ['high', 'low', 'gives']] as const) {
      const plan = planned(machine, ['gives=fix', 'takes=fix'], [gives(mine), other(theirs)]);
      assert.deepEqual(plan.choices.map((c) => c.risk), [stays]);
      assert.equal(plan.refused[0]?.reason.en, `It can't stand beside ${stays} (fix), which is chosen, too: one takes what the other gives.`);
    }
  });
  it('stand beside each other where another service, or another way, is meant', async () => {
    const machine = await machineOf(web('"443:443"'));
    for (const more of [{ service: 'worker' }, { service: 'web', fix: 'another' }]) {
      const plan = planned(machine, ['gives=fix', 'takes=fix'], [always('gives', 'low', () => ({ excludes: [{ risk: 'takes', because, ...more }] })), other('low')]);
      assert.equal(plan.choices.length, 2);
    }
  });
  it('are setcap and no-new-privileges', async () => {
    const plan = planned(await machineOf(web('"443:443"'), running), ['privileged-port=setcap', 'no-new-privileges=forbid-new-privileges', 'root-container=numeric-user']);
    assert.deepEqual(plan.choices.map((c) => c.risk).sort(), ['privileged-port', 'root-container']);
    assert.match(plan.refused.find((r) => r.choice.risk === 'no-new-privileges')?.reason.en ?? '', /^It can't stand beside privileged-port \(setcap\), which is chosen, too: file capabilities are ignored/);
  });
  it('are keep-port and host networking: the fix itself says so', async () => {
    const files = { ...web('"443:443"'), 'compose.yaml': 'services:\n  web:\n    build: .\n    network_mode: host\n' };
    assert.match(planned(await machineOf(files), ['privileged-port=keep-port']).refused[0]?.reason.en ?? '', /with host networking the low port is the host's/);
  });
});

describe('fixes that together leave a key of a service with nothing behind it', () => {
  const drops = (id: string, name: string): Risk => always(id, 'low', (machine) => {
    const file = machine.files.get('compose.yaml')!;
    const edits = removeEnvironment(parseCompose(file.text), 'web', name);
    assert.ok(!isRefused(edits));
    return { changes: [{ kind: 'edit-file', path: 'compose.yaml', hash: file.hash, edits }] };
  });
  const after = async (environment: string, names: readonly string[]): Promise<string> => {
    const machine = await machineOf({ 'compose.yaml': `services:\n  web:\n    image: x\n    environment:${environment}\n    restart: always\n` });
    return textOf(machine, planned(machine, names.map((n) => `${n.toLowerCase()}=fix`), names.map((n) => drops(n.toLowerCase(), n))), 'compose.yaml');
  };
  const EMPTY = 'services:\n  web:\n    image: x\n    restart: always\n';

  it('take the key away, too', async () => {
    assert.equal(await after('\n      A: "1"\n      B: "2"', ['A', 'B']), EMPTY);
    assert.equal(await after('\n      - A=1\n      - B=2\n      - C=3', ['A', 'B', 'C']), EMPTY);
    assert.equal(await after('\n      # ours\n      A: "1"\n      B: "2"', ['A', 'B']), EMPTY);
  });
  it('take neighbours out of one line, whichever they are', async () => {
    const flow = (left: string): string => EMPTY.replace('    restart', `    environment: ${left}\n    restart`);
    const all = { A: '{B: 2, C: 3}', B: '{A: 1, C: 3}', C: '{A: 1, B: 2}', AB: '{C: 3}', AC: '{B: 2}', BC: '{A: 1}' };
    for (const [names, left] of Object.entries(all)) assert.equal(await after(' {A: 1, B: 2, C: 3}', [...names]), flow(left), names);
    for (const [names, left] of Object.entries({ AB: '[C=3]', BC: '[A=1]', CB: '[A=1]' })) assert.equal(await after(' [A=1, B=2, C=3]', [...names]), flow(left), names);
    assert.equal(await after(' {A: 1 , C_FORCE_ROOT: 1}', ['C_FORCE_ROOT']), flow('{A: 1}'));
    assert.equal(await after(' {A: 1,\n      B: 2,\n      C: 3\n    }', ['B', 'C']), flow('{A: 1\n    }'));
    assert.equal(await after(' {A: 1,\n      B: 2,\n      C: 3,\n    }', ['B', 'C']), flow('{A: 1\n    }'));
    for (const written of [' {A: 1, B: 2, C: 3}', ' [A=1, B=2, C=3]', ' {A: 1,\n      B: 2,\n      C: 3\n    }']) assert.equal(await after(written, ['A', 'B', 'C']), EMPTY, written);
  });
  it('make room for what comes in their place', async () => {
    const adds = always('adds', 'low', (machine) => {
      const file = machine.files.get('compose.yaml')!;
      const edits = setPath(parseCompose(file.text), ['services', 'web', 'environment', 'NEW'], '1');
      assert.ok(!isRefused(edits));
      return { changes: [{ kind: 'edit-file', path: 'compose.yaml', hash: file.hash, edits }] };
    });
    const forms = [['{A: 1, B: 2}', '{NEW: 1}'], ['{A: 1, B: 2, C: 3}', '{C: 3, NEW: 1}'], ['{C: 3, A: 1, B: 2}', '{C: 3, NEW: 1}'], ['{A: 1, C: 3, B: 2}', '{C: 3, NEW: 1}']] as const;
    for (const [from, to] of forms) {
      const machine = await machineOf({ 'compose.yaml': `services:\n  web:\n    image: x\n    environment: ${from}\n    restart: always\n` });
      const plan = planned(machine, ['a=fix', 'b=fix', 'adds=fix'], [drops('a', 'A'), drops('b', 'B'), adds]);
      assert.deepEqual(plan.refused, [], from);
      assert.equal(textOf(machine, plan, 'compose.yaml'), EMPTY.replace('    restart', `    environment: ${to}\n    restart`), from);
    }
  });
  it('leave it where something stays under it', async () => {
    assert.equal(await after('\n      A: "1"\n      B: "2"\n      C: "3"', ['A', 'B']), EMPTY.replace('    restart', '    environment:\n      C: "3"\n    restart'));
  });
});

describe('what a plan says of its choices', () => {
  it('is whom each of them starts anew, and whom it needs', async () => {
    const plan = planned(await machineOf(web('"443:443"'), running), ['privileged-port=keep-port']);
    assert.deepEqual(plan.ties?.map((t) => [t.finding, t.services, t.needs]).sort(), [
      [idOf(plan, 'privileged-port'), ['web'], [idOf(plan, 'root-container')]], [idOf(plan, 'root-container'), ['web'], []],
    ].sort());
  });
});
