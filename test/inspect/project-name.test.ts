import assert from 'node:assert/strict';
import { it } from 'node:test';
import { machineOf } from '../helpers/case.ts';

const COMPOSE = 'name: ledger\nservices:\n  web:\n    image: python:3.11-slim\n  worker:\n    image: python:3.11-slim\n';
const named = (project: string) => ({ service: 'web', name: `${project}-web-1`, owner: { kind: 'other-project' as const, name: project }, labels: { 'com.docker.compose.project': project } });
const services = async (files: Record<string, string>, ...projects: readonly string[]): Promise<readonly string[]> => {
  const { services: all, name } = await machineOf({ 'compose.yaml': COMPOSE, ...files }, { containers: projects.map(named) });
  return [name, ...all.map((s) => `${s.name}${s.containers.length > 0 ? ' runs' : ''}`)];
};

it('a project is called what its .env says, before what its compose file says', async () => {
  assert.deepEqual(await services({}), ['ledger', 'web', 'worker']);
  assert.deepEqual(await services({ '.env': 'COMPOSE_PROJECT_NAME=blue\n' }), ['blue', 'web', 'worker']);
  assert.deepEqual(await services({ '.env': 'COMPOSE_PROJECT_NAME=blue\n' }, 'blue'), ['blue', 'web runs', 'worker']);
});

it('a project that was started under another name is not there a second time', async () => {
  assert.deepEqual(await services({}, 'staging'), ['staging', 'web runs', 'worker']);
  assert.deepEqual((await services({}, 'ledger', 'staging')).slice(1).sort(), ['ledger/web runs', 'ledger/worker', 'staging/web runs', 'staging/worker']);
});

it('the files of a project are those that its .env names', async () => {
  const more = 'services:\n  mail:\n    image: python:3.11-slim\n';
  assert.deepEqual(await services({ 'mail.yaml': more, '.env': 'COMPOSE_FILE=compose.yaml:mail.yaml\n' }), ['ledger', 'web', 'worker', 'mail']);
  assert.deepEqual(await services({ '.env': 'COMPOSE_FILE=compose.yaml:gone.yaml\n' }), ['ledger', 'web', 'worker']);
});
