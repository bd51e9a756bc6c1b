import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isRefusal } from '../../source/model/risk.ts';
import { privilegedPort } from '../../source/risks/privileged-port/index.ts';
import { machineOf } from '../helpers/case.ts';

const FILES = {
  Dockerfile: 'FROM python:3.12-slim\nCOPY app.py .\nEXPOSE 443\nCMD ["gunicorn", "-b", "0.0.0.0:443", "app:app"]\n',
  'app.py': 'app = None\n',
  'compose.yaml': 'services:\n  web:\n    build: .\n    ports: ["21883:443"]\n',
};

describe('a high port inside', () => {
  it('is called by the port that is published outside, and not by the one inside', async () => {
    const machine = await machineOf(FILES, { containers: [{ service: 'web', ports: [{ inside: 443, protocol: 'tcp', hostIp: '0.0.0.0', hostPort: 21883 }], processes: [{ pid: 1, uid: 0, argv: ['gunicorn', '-b', '0.0.0.0:443', 'app:app'] }], listeners: [{ protocol: 'tcp', address: '0.0.0.0', port: 443, pids: [1], uid: 0 }] }] });
    const [finding] = privilegedPort.detect(machine);
    const proposal = finding && privilegedPort.fixes.find((f) => f.id === 'high-port')?.propose(finding, machine);
    assert.ok(proposal && !isRefusal(proposal), JSON.stringify(proposal));
    assert.equal(proposal.title?.en, '8443 inside, 21883 outside');
  });
});
