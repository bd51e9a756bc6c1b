import assert from 'node:assert/strict';
import { it } from 'node:test';
import { isFileChange, joinFiles } from '../../source/engine/edits.ts';
import { ignores, keptOut } from '../../source/settings/kept-out.ts';
import { machineOf } from '../helpers/case.ts';

const git = (text: string, path: string): boolean => ignores(text, path, false);
const docker = (text: string, path: string): boolean => ignores(text, path, true);

it('ignore files are read as their programs read them, as far as names and folders go', () => {
  assert.ok(git('.env*\n', '.env.redis'));
  assert.ok(git('.env*\n', 'deploy/.env.redis'), 'git looks in every folder');
  assert.ok(!docker('.env*\n', 'deploy/.env.redis'), 'Docker starts at the context');
  assert.ok(docker('**/.env*\n', 'deploy/.env.redis'));
  assert.ok(git('/keys/\n', 'keys/key.pem'));
  assert.ok(!git('/keys/\n', 'old/keys/key.pem'));
  assert.ok(!git('# .env\n\n', '.env'));
});

it('the last pattern that fits decides', () => {
  assert.ok(!git('.env*\n!.env.example\n', '.env.example'));
  assert.ok(git('!.env\n.env\n', '.env'));
  assert.ok(!git('.envx\n', '.env'));
  assert.ok(!git('*.env\n', '.env.redis'));
});

it('an ignore file that is made anew holds what has to be kept out, and nothing else', async () => {
  const machine = await machineOf({ 'compose.yaml': 'services:\n  web:\n    build: .\n', 'Dockerfile': 'FROM debian:bookworm-slim\nCOPY . .\n' }, { repository: true });
  const made = keptOut(machine, ['supervisor.password']);
  assert.deepEqual(made.map((c) => (c.kind === 'create-file' ? [c.path, c.text] : c.kind)), [['.gitignore', '/supervisor.password\n'], ['.dockerignore', 'supervisor.password\n']]);
  const both = joinFiles(joinFiles([], made.filter(isFileChange)).changes, keptOut(machine, ['supervisor.password', '.env.web']).filter(isFileChange));
  assert.deepEqual(both.changes.map((c) => (c.kind === 'create-file' ? c.text : '')), ['/supervisor.password\n/.env.web\n', 'supervisor.password\n.env.web\n']);
});
