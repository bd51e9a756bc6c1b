import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hasStar, matches } from '../../source/settings/sudoers-pattern.ts';
import { isSudoers } from '../../source/settings/sudoers-name.ts';

test('a star takes blanks, a set one character, an escape itself', () => {
  assert.ok(matches('[a-z]* uwsgi_example', 'stop other_app uwsgi_example'));
  assert.ok(!matches('[a-z]\\* uwsgi_example', 'stop uwsgi_example') && matches('[a-z]\\* x', 'b* x'));
  assert.ok(matches('app@[1-4]', 'app@3') && !matches('app@[1-4]', 'app@34') && !matches('app@[!1-4]', 'app@3'));
  assert.ok(matches('re*', 'reload') && !matches('re*', 'start') && matches('*', '') && matches('?', ' ') && !matches('?', ''));
  assert.ok(matches('a[b', 'a[b'));
});

test('only an open star is one', () => {
  assert.deepEqual(['*', 'a*', '[a-z]*', '[*]', '\\*', '?', '[a*', ''].map(hasStar), [true, true, true, false, false, false, true, false]);
});

test('no pattern keeps it busy', () => {
  assert.ok(!matches('a*'.repeat(500) + 'b', 'a'.repeat(5000)));
});

test('sudoers are told by their names and folders', () => {
  for (const path of ['sudoers', 'deploy/sudoers.d/shop', 'etc/sudoers.shop', 'shop.sudoers', 'sudoers-nopasswd', 'sudoers.d/90-deploy.conf']) assert.ok(isSudoers(path), path);
  for (const path of ['sudoers.py', 'docs/sudoers.md', 'sudoers.d/README.md', 'sudoers.d/shop.j2', 'sudoers.d/shop~', 'sudoers/readme', 'a/sudoers.d/b/c', 'mysudoers']) assert.ok(!isSudoers(path), path);
});
