import assert from 'node:assert/strict';
import { it } from 'node:test';
import { ignores } from '../../source/settings/kept-out.ts';

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
