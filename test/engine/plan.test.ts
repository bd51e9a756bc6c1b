import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { diagnose } from '../../source/engine/diagnose.ts';
import { filesAfter } from '../../source/engine/edits.ts';
import { makePlan } from '../../source/engine/plan.ts';
import type { Change, SpanEdit } from '../../source/model/change.ts';
import type { Finding } from '../../source/model/finding.ts';
import type { Machine } from '../../source/model/machine.ts';
import type { Plan } from '../../source/model/plan.ts';
import type { Proposal, Risk } from '../../source/model/risk.ts';
import { same } from '../../source/model/text.ts';
import { RISKS } from '../../source/risks/index.ts';
import { machineOf, type Recorded } from '../helpers/case.ts';

const FILES = {
  'Dockerfile': 'FROM python:3.12-slim\nWORKDIR /app\nCOPY . .\nEXPOSE 443\nCMD ["gunicorn", "-b", "0.0.0.0:443", "shop.web:app"]\n',
  'compose.yaml': 'services:\n  web:\n    build: .\n    restart: unless-stopped\n    ports:\n      - "127.0.0.1:443:443"\n    volumes:\n      - media:/app/media\n  worker:\n    build: .\n    restart: unless-stopped\n    command: python -m shop.worker\n    volumes:\n      - media:/app/media\n\nvolumes:\n  media:\n',
};
const MEDIA = { type: 'volume', source: 'case_media', target: '/app/media', readOnly: false, anonymous: false } as const;
const RUNNING: Recorded = {
  containers: [
    { service: 'web', workdir: '/app', mounts: [MEDIA], written: [], processes: [{ pid: 10, uid: 0, argv: ['gunicorn', '-b', '0.0.0.0:443', 'shop.web:app'] }], listeners: [{ protocol: 'tcp', address: '0.0.0.0', port: 443, pids: [10], uid: 0 }] },
    { service: 'worker', workdir: '/app', mounts: [MEDIA], written: [], processes: [{ pid: 20, uid: 0, argv: ['python', '-m', 'shop.worker'] }] },
  ],
};

/** `root-container=numeric-user`, for every finding of that risk. */
function planned(machine: Machine, ways: readonly string[], risks: readonly Risk[] = RISKS): Plan {
  const { findings } = diagnose(machine, risks);
  const choices = ways.flatMap((way) => {
    const [risk = '', fix = ''] = way.split('=');
    return findings.filter((f) => f.risk === risk).map((f) => ({ finding: f.id, risk, fix }));
  });
  return makePlan(machine, risks, findings, choices);
}

const chosen = (plan: Plan): string[] => plan.choices.map((c) => `${c.risk}=${c.fix}`).sort();
const kinds = (plan: Plan): string[] => plan.steps.map((s) => s.change.kind);
const textOf = (machine: Machine, plan: Plan, path: string): string => filesAfter(machine, plan.steps.map((s) => s.change)).get(path)?.text ?? '';
const idOf = (plan: Plan, risk: string): string => plan.findings.find((f) => f.risk === risk)?.id ?? '';

/** A risk that is always there, once, about the service `web`; its one fix makes the given edits of the Dockerfile. */
function always(id: string, severity: Finding['severity'], edits: (text: string) => readonly SpanEdit[], more: Partial<Proposal> = {}): Risk {
  const finding: Finding = { id: `${id}-finding`, risk: id, severity, confidence: 'declared', title: same(id), why: same(''), subjects: [{ kind: 'service', name: 'web' }], places: [], chain: [], seen: [], from: [], detail: {} };
  const propose = (_: Finding, machine: Machine): Proposal => {
    const file = machine.files.get('Dockerfile')!;
    const changes: Change[] = [{ kind: 'edit-file', path: 'Dockerfile', hash: file.hash, edits: edits(file.text) }];
    return { changes, rebuild: [], replace: [], proofs: [], ...more };
  };
  return { id, severity, technologies: [], equivalents: [], readme: { 'en': '', 'zh-CN': '' }, detect: () => [finding], fixes: [{ id: 'fix', safety: 'review', proven: true, propose }] };
}

const replace = (words: string, by: string) => (text: string): SpanEdit[] => [{ start: text.indexOf(words), end: text.indexOf(words) + words.length, text: by }];

describe('a plan', () => {
  it('makes one edit of a file that two findings share, and one build for each image', async () => {
    const machine = await machineOf(FILES, RUNNING);
    const plan = planned(machine, ['root-container=numeric-user', 'privileged-port=high-port']);
    const edits = plan.steps.filter((s) => s.change.kind === 'edit-file');
    assert.deepEqual(edits.map((s) => s.change.kind === 'edit-file' && s.change.path).sort(), ['Dockerfile', 'compose.yaml']);
    assert.deepEqual(edits.find((s) => s.change.kind === 'edit-file' && s.change.path === 'Dockerfile')?.because.length, 2);
    assert.deepEqual(plan.steps.flatMap((s) => (s.change.kind === 'build-image' ? s.change.service : [])), ['web', 'worker']);
    assert.equal(
      textOf(machine, plan, 'Dockerfile'),
      'FROM python:3.12-slim\nWORKDIR /app\nCOPY . .\nRUN mkdir -p media && chown 10001:10001 media\nUSER 10001:10001\nEXPOSE 8443\nCMD ["gunicorn", "-b", "0.0.0.0:8443", "shop.web:app"]\n',
    );
  });

  it('writes files, builds, stops, hands over and starts, in that order, and counts from one', async () => {
    const plan = planned(await machineOf(FILES, RUNNING), ['root-container=numeric-user', 'privileged-port=high-port']);
    assert.deepEqual(kinds(plan), ['edit-file', 'edit-file', 'build-image', 'build-image', 'stop-services', 'own-mount', 'start-services']);
    assert.deepEqual(plan.steps.map((s) => s.number), [1, 2, 3, 4, 5, 6, 7]);
  });

  it('says of every step which findings it serves', async () => {
    const plan = planned(await machineOf(FILES, RUNNING), ['root-container=numeric-user', 'privileged-port=high-port']);
    const [root, port] = [idOf(plan, 'root-container'), idOf(plan, 'privileged-port')];
    const of = (pick: (c: Change) => boolean): readonly string[] => [...(plan.steps.find((s) => pick(s.change))?.because ?? [])].sort();
    assert.deepEqual(of((c) => c.kind === 'edit-file' && c.path === 'compose.yaml'), [port]);
    assert.deepEqual(of((c) => c.kind === 'own-mount'), [root]);
    assert.deepEqual(of((c) => c.kind === 'build-image' && c.service === 'worker'), [root]);
    assert.deepEqual(of((c) => c.kind === 'start-services'), [root, port].sort());
  });

  it('hands a volume over once, however many services write to it', async () => {
    const plan = planned(await machineOf(FILES, RUNNING), ['root-container=numeric-user']);
    assert.deepEqual(plan.steps.flatMap((s) => (s.change.kind === 'own-mount' ? [[s.change.mount.source, s.change.uid]] : [])), [['case_media', 10001]]);
  });

  it('puts what installs in front of what steps down', async () => {
    const machine = await machineOf(FILES, RUNNING);
    const after = textOf(machine, planned(machine, ['privileged-port=setcap', 'root-container=named-user']), 'Dockerfile');
    const at = ['setcap cap_net_bind_service', 'groupadd', 'USER 10001', 'EXPOSE'].map((words) => after.indexOf(words));
    assert.deepEqual(at, [...at].sort((a, b) => a - b));
    assert.ok(at.every((n) => n > 0));
  });

  it('makes an edit once that two choices want alike', async () => {
    const shared = (text: string): SpanEdit[] => [{ start: text.indexOf('EXPOSE'), end: text.indexOf('EXPOSE'), text: 'LABEL a=b\n' }];
    const machine = await machineOf(FILES);
    const plan = planned(machine, ['one=fix', 'two=fix'], [always('one', 'low', shared), always('two', 'low', shared)]);
    assert.equal(plan.refused.length, 0);
    assert.equal(textOf(machine, plan, 'Dockerfile').split('LABEL a=b').length, 2);
  });

  it('refuses the milder of two choices for the same lines, and names the file', async () => {
    const risks = [always('mild', 'low', replace('EXPOSE 443', 'EXPOSE 444')), always('bad', 'high', replace('443\nCMD', '445\nCMD'))];
    const plan = planned(await machineOf(FILES), ['mild=fix', 'bad=fix'], risks);
    assert.deepEqual(chosen(plan), ['bad=fix']);
    assert.deepEqual(plan.refused.map((r) => [r.choice.risk, r.reason.en]), [['mild', 'It changes the same lines of Dockerfile as another choice.']]);
  });

  it('refuses a second script of one name with another content', async () => {
    const files = {
      'Dockerfile': 'FROM python:3.12-slim AS api\nCOPY . .\nCMD ["python", "api.py"]\n\nFROM python:3.12-slim AS feed\nCOPY . .\nCMD ["python", "feed.py"]\n',
      'compose.yaml': 'services:\n  api:\n    build: {context: ., target: api}\n  feed:\n    build: {context: ., target: feed}\n',
    };
    const plan = planned(await machineOf(files), ['root-container=step-down']);
    assert.equal(plan.choices.length, 1);
    assert.match(plan.refused[0]?.reason.en ?? '', /step-down\.sh/);
  });

  it('brings along what a choice needs, in the way recommended for it, and says why', async () => {
    const plan = planned(await machineOf(FILES, RUNNING), ['privileged-port=keep-port']);
    assert.deepEqual(chosen(plan), ['privileged-port=keep-port', 'root-container=numeric-user']);
    assert.deepEqual(plan.joins.map((j) => j.because.en), ['the port stays, so the user has to change']);
    assert.ok(plan.joins[0] && plan.joins[0].steps.length > 0);
  });

  it('leaves what is needed in the way that was chosen for it', async () => {
    const plan = planned(await machineOf(FILES, RUNNING), ['privileged-port=keep-port', 'root-container=step-down']);
    assert.deepEqual(chosen(plan), ['privileged-port=keep-port', 'root-container=step-down']);
  });

  it('refuses a choice that needs what has no way out here', async () => {
    const files = { ...FILES, 'compose.yaml': FILES['compose.yaml'].replace('    ports:', '    user: "${APP_UID}"\n    ports:'), '.env': 'APP_UID=0\n' };
    const plan = planned(await machineOf(files), ['privileged-port=keep-port']);
    assert.deepEqual(chosen(plan), []);
    assert.deepEqual(plan.steps, []);
    assert.match(plan.refused[0]?.reason.en ?? '', /needs root-container of web/);
  });

  it('keeps nothing that only a refused choice had brought along', async () => {
    const edit = (text: string): SpanEdit[] => [{ start: text.length, end: text.length, text: 'LABEL x=y\n' }];
    const need = (risk: string): Partial<Proposal> => ({ needs: [{ risk, service: 'web', because: same(`${risk} first`) }] });
    const stuck: Risk = { ...always('stuck', 'high', edit), fixes: [{ id: 'fix', safety: 'by-hand', proven: false, propose: () => ({ refused: same('by hand') }) }] };
    const both = { needs: [...(need('easy').needs ?? []), ...(need('stuck').needs ?? [])] };
    const plan = planned(await machineOf(FILES), ['wish=fix'], [always('wish', 'low', edit, both), always('easy', 'high', edit), stuck]);
    assert.deepEqual(chosen(plan), []);
    assert.deepEqual(plan.refused.map((r) => r.choice.risk), ['wish']);
  });

  it('refuses what is not there any more', async () => {
    const machine = await machineOf(FILES);
    const plan = makePlan(machine, RISKS, diagnose(machine, RISKS).findings, [{ finding: '000000000000', risk: 'root-container', fix: 'numeric-user' }]);
    assert.deepEqual(plan.refused.map((r) => r.reason.en), ['It is not there any more.']);
  });

  it('refuses to replace containers of compose where there is no compose', async () => {
    const plan = planned(await machineOf(FILES, { ...RUNNING, compose: null }), ['root-container=numeric-user']);
    assert.deepEqual(plan.steps, []);
    assert.match(plan.refused[0]?.reason.en ?? '', /no docker compose here/);
  });

  it('starts nothing that did not run, and owes the proof until it runs', async () => {
    const plan = planned(await machineOf(FILES), ['root-container=numeric-user']);
    assert.deepEqual(kinds(plan), ['edit-file']);
    assert.deepEqual(plan.owed.flatMap((o) => o.proofs), ['web', 'worker'].map((service) => ({ kind: 'not-root', service, uid: 10001 })));
  });

  it('hands over what a service that is down wrote before, and starts none of it', async () => {
    const down = (RUNNING.containers ?? []).map((c) => ({ ...c, running: false, processes: [] }));
    const [up, plan] = [planned(await machineOf(FILES, RUNNING), ['root-container=numeric-user']), planned(await machineOf(FILES, { ...RUNNING, containers: down }), ['root-container=numeric-user'])];
    const given = (one: Plan): unknown => one.steps.map((s) => s.change).filter((c) => c.kind === 'own-mount');
    assert.deepEqual(given(plan), given(up));
    assert.ok(kinds(plan).includes('own-mount'));
    assert.ok(!kinds(plan).some((kind) => kind === 'stop-services' || kind === 'start-services'));
  });

  it('owes for every replaced service that it was seen as the new user', async () => {
    const plan = planned(await machineOf(FILES, RUNNING), ['root-container=numeric-user']);
    assert.deepEqual(plan.owed.flatMap((o) => o.proofs), ['web', 'worker'].map((service) => ({ kind: 'not-root', service, uid: 10001 })));
  });

  it('points the mapping of a plain container at the new port', async () => {
    const history = ['WORKDIR /app', 'COPY . .', 'EXPOSE 443', 'CMD ["gunicorn" "-b" "0.0.0.0:443" "shop.web:app"]'].map((createdBy) => ({ createdBy, empty: true }));
    const web = { ...RUNNING.containers?.[0], service: undefined, name: 'shop', imageId: 'sha256:s', mounts: [] };
    const machine = await machineOf({ Dockerfile: FILES.Dockerfile }, { containers: [web], images: [{ id: 'sha256:s', tags: ['shop:latest'], history }] });
    const plan = planned(machine, ['privileged-port=high-port']);
    const start = plan.steps.map((s) => s.change).find((c) => c.kind === 'start-services');
    assert.deepEqual(start?.services.map((s) => s.container?.remap), [[{ from: 443, to: 8443 }]]);
  });

  it('foresees what will be gone and what is left, not counting the containers that it replaces', async () => {
    const machine = await machineOf(FILES, RUNNING);
    const one = planned(machine, ['privileged-port=high-port']);
    const { findings } = diagnose(machine, RISKS);
    const id = (risk: string): string => findings.find((f) => f.risk === risk)?.id ?? '';
    // What concerns every container that says nothing of it is left either way.
    const low = findings.filter((f) => f.severity === 'low').map((f) => f.id);
    assert.deepEqual({ ...one.foreseen, left: one.foreseen.left.filter((l) => !low.includes(l)) }, { gone: [id('privileged-port')], left: [id('root-container')], fresh: [] });
    const both = planned(machine, ['privileged-port=high-port', 'root-container=numeric-user']);
    assert.deepEqual([...both.foreseen.gone].sort(), [id('privileged-port'), id('root-container')].sort());
    assert.deepEqual(both.foreseen.left.filter((l) => !low.includes(l)), []);
  });

  it('does not take for gone what was only seen in a program that it starts anew, and nobody chose', async () => {
    const machine = await machineOf(FILES, RUNNING);
    const seen: Risk = { ...always('seen', 'low', () => []), detect: (m) => (m.containers.length > 0 ? [{ ...always('seen', 'low', () => []).detect(m)[0]!, confidence: 'seen' }] : []) };
    const risks = [seen, always('chosen', 'low', replace('EXPOSE 443', 'EXPOSE 444'), { replace: ['web', 'worker'] })];
    assert.deepEqual(planned(machine, ['chosen=fix'], risks).foreseen, { gone: [], left: ['seen-finding', 'chosen-finding'], fresh: [] });
    assert.deepEqual(planned(machine, ['chosen=fix', 'seen=fix'], risks).foreseen.gone, ['seen-finding']);
  });

  it('foresees what would be new', async () => {
    const files = { ...FILES, Dockerfile: FILES.Dockerfile.replace('EXPOSE 443', 'USER 10001:10001\nEXPOSE 443') };
    const machine = await machineOf(files);
    const plan = planned(machine, ['undoing=fix'], [...RISKS, always('undoing', 'low', replace('USER 10001:10001\n', ''))]);
    assert.deepEqual(plan.foreseen.fresh.map((f) => f.title.en), ['web and worker run as root', 'web listens on port 443 as root']);
  });

  it('is plain data that a file can hold', async () => {
    const plan = planned(await machineOf(FILES, RUNNING), ['root-container=step-down', 'privileged-port=setcap']);
    assert.deepEqual(JSON.parse(JSON.stringify(plan)), plan);
  });

  it('changes nothing of the machine it is made for', async () => {
    const machine = await machineOf(FILES, RUNNING);
    const before = [...machine.files.values()].map((f) => f.text);
    const first = planned(machine, ['root-container=step-down', 'privileged-port=high-port']);
    assert.deepEqual([...machine.files.values()].map((f) => f.text), before);
    assert.deepEqual(planned(machine, ['root-container=step-down', 'privileged-port=high-port']), first);
  });
});
