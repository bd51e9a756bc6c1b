import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { diagnose } from '../../source/engine/diagnose.ts';
import { makePlan } from '../../source/engine/plan.ts';
import { container } from '../../source/inspect/docker.ts';
import type { Plan } from '../../source/model/plan.ts';
import { RISKS } from '../../source/risks/index.ts';
import type { RawContainer } from '../../source/system/raw.ts';
import { machineOf, type Recorded } from '../helpers/case.ts';

const FILES = {
  'Dockerfile': 'FROM debian:bookworm-slim\nCOPY . .\nCMD ["python3", "web.py"]\n',
  'compose.yaml': 'services:\n  probe:\n    image: probe\n    network_mode: service:side\n  side:\n    image: side\n    network_mode: service:web\n  web:\n    build: .\n    depends_on: [db]\n  db:\n    build: .\n',
};
const one = (service: string, id: string, more: NonNullable<Recorded['containers']>[number] = {}) => ({ service, id, processes: [{ pid: 1, uid: 0, argv: ['python3', 'web.py'] }], ...more });

async function planned(recorded: Recorded, files: Record<string, string> = FILES): Promise<Plan> {
  const machine = await machineOf(files, recorded);
  const { findings } = diagnose(machine, RISKS);
  return makePlan(machine, RISKS, findings, findings.filter((f) => f.risk === 'root-container').map((f) => ({ finding: f.id, risk: f.risk, fix: 'numeric-user' })));
}

const groups = (plan: Plan): string[][] => plan.steps.flatMap(({ change }) => (change.kind === 'stop-services' || change.kind === 'start-services' ? [change.services.map((s) => s.service)] : []));

describe('services that are replaced', () => {
  it('are stopped and started in one call of compose, which knows their order', async () => {
    // Measured with compose 2.26: `stop` goes from dependents to what they need, `up --no-deps` of a group the other way, and waits for `service_healthy`.
    const plan = await planned({ containers: [one('web', 'w'), one('db', 'd')] });
    assert.deepEqual(groups(plan), [['web', 'db'], ['web', 'db']]);
  });

  it('take along what lives in their network, and what lives in that', async () => {
    const plan = await planned({ containers: [one('probe', 'p', { networkMode: 'container:s' }), one('side', 's', { networkMode: 'container:w' }), one('web', 'w'), one('db', 'd')] });
    assert.deepEqual(groups(plan), [['web', 'db', 'side', 'probe'], ['web', 'db', 'side', 'probe']]);
    assert.deepEqual(plan.steps.flatMap(({ change }) => (change.kind === 'build-image' ? [change.service] : [])), ['web', 'db']);
    assert.ok(plan.ties?.some((t) => t.services.includes('probe')));
  });

  it('are refused where a plain container is tied to them, and would be cut off', async () => {
    const history = ['COPY . .', 'CMD ["python3" "web.py"]'].map((createdBy) => ({ createdBy, empty: true }));
    const plain = (more: object) => planned({
      containers: [{ ...one('', 'w'), service: undefined, name: 'shop', imageId: 'sha256:s' }, { name: 'other', id: 'o', imageId: 'sha256:o', ...more }], images: [{ id: 'sha256:s', tags: ['shop:latest'], history }],
    }, { Dockerfile: FILES.Dockerfile });
    assert.equal((await plain({})).refused.length, 0);
    assert.match((await plain({ networkMode: 'container:w' })).refused[0]?.reason.en ?? '', /other lives in the network of shop/);
    assert.match((await plain({ links: ['shop'] })).refused[0]?.reason.en ?? '', /other is tied to shop by --link/);
    assert.match((await planned({ containers: [one('web', 'w'), one('db', 'd'), { name: 'other', id: 'o', networkMode: 'container:w' }] })).refused[0]?.reason.en ?? '', /other lives in the network of/);
  });
});

describe('a container as the engine tells it', () => {
  it('has the names that it is linked to', () => {
    const raw = { Id: 'c', Name: '/c', Image: 'sha256:i', RestartCount: 0, State: {}, Config: { Image: 'i', User: '', Env: [], Labels: {} }, Mounts: [], NetworkSettings: { Networks: {}, Ports: {} }, HostConfig: { NetworkMode: 'default', RestartPolicy: { Name: '' }, Links: ['/a:/c/db'] } } as unknown as RawContainer;
    assert.deepEqual(container(raw, undefined).links, ['a']);
    assert.equal(container({ ...raw, HostConfig: { ...raw.HostConfig, Links: null } } as unknown as RawContainer, undefined).links, undefined);
  });
});
