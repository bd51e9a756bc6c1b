import assert from 'node:assert/strict';
import test from 'node:test';
import { freePort, moved, onLoopback } from '../../source/demo/ports.ts';
import type { Net } from '../../source/system/system.ts';

const COMPOSE = `services:
  web:
    build: .   # ours
    ports:
      - "8080:80"
      - '9090:9090'
  other:
    ports: ["8080:8080"]
`;

test('only the mapping of that service is written anew', () => {
  const after = onLoopback(COMPOSE, [{ service: 'web', from: 9090, to: 9090 }, { service: 'web', from: 8080, to: 21_000 }]);
  assert.equal(after, COMPOSE.replace('"8080:80"', '"127.0.0.1:21000:80"').replace(`'9090:9090'`, '"127.0.0.1:9090:9090"'));
});

test('a port that is not published is a mistake of the scenario', () => {
  assert.throws(() => onLoopback(COMPOSE, [{ service: 'other', from: 80, to: 80 }]), /publishes no port 80 for other/);
  assert.throws(() => onLoopback(COMPOSE, [{ service: 'none', from: 80, to: 80 }]), /for none/);
});

test('questions without a port in the URL mean the usual one', () => {
  const moves = [{ service: 'web', from: 443, to: 20_443 }, { service: 'proxy', from: 80, to: 20_080 }];
  assert.equal(moved({ get: 'https://localhost/a?b', status: 200, type: 'x' }, moves).get, 'https://127.0.0.1:20443/a?b');
  assert.equal(moved({ post: 'http://localhost/', json: {}, status: 200, type: 'x' }, moves).post, 'http://127.0.0.1:20080/');
  assert.equal(moved({ get: 'http://localhost:5000/', status: 200, type: 'x' }, moves).get, 'http://localhost:5000/');
});

test('where every port answers, it says so and does not go on for ever', async () => {
  const net: Net = { get: async () => undefined, addresses: () => [], connects: async () => true, connectsAs: async () => undefined };
  await assert.rejects(freePort(net, 80, () => true), /No free port/);
});
