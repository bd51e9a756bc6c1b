// One row of the list for two services: `t` tries both, on real copies, and each gets what it needs and no more.
import assert from 'node:assert/strict';
import path from 'node:path';
import { docker, longTest } from '../helpers/engine.ts';
import { withMade, type Made } from '../helpers/made.ts';
import { said } from '../helpers/scan.ts';
import { terminal } from '../helpers/tmux.ts';
import { root } from '../listing.ts';

const wizard = [process.execPath, path.join(root, 'bin/harden-tui.js')];
const FILES = {
  'compose.yaml': 'services:\n  spooler:\n    build: .\n    init: true\n  clock:\n    image: debian:bookworm-slim\n    command: ["sleep", "infinity"]\n    init: true\n',
  'Dockerfile': 'FROM debian:bookworm-slim\nCOPY start.sh /start.sh\nCMD ["sh", "/start.sh"]\n',
  'start.sh': '#!/bin/sh\nset -e\necho job > /tmp/spool\nchown 10001:10001 /tmp/spool\nexec sleep infinity\n',
};

const held = (made: Made, service: string): unknown => {
  const { CapDrop, CapAdd } = made.container(service)['HostConfig'] as Record<string, unknown>;
  return { CapDrop, CapAdd };
};

longTest('t on a row of two services finds out what each of them needs, and the row is fixed as one', (t) => withMade('row', FILES, async (made) => {
  const before = ['spooler', 'clock'].map((service) => held(made, service));
  const at = terminal(t, made.root, wizard, { XDG_STATE_HOME: path.join(path.dirname(path.dirname(made.root)), 'state'), LC_ALL: 'C.UTF-8', TERM: 'xterm-256color' });
  await at.until(/enter goes on|enter findings/, 60);
  await at.press('Enter');
  await at.until(/low: l|l shows/);
  await at.press('l');
  const ours = (): boolean => at.screen().some((row) => /❯.*(?:spooler and clock|clock and spooler) keep all capabilities/.test(row));
  for (let i = 0; i < 12 && !ours(); i++) await at.press('j');
  assert.ok(ours(), at.screen().join('\n'));
  await at.press('Enter');
  await at.until(/to be found out by trial first: t/);
  await at.press('t');
  const found = await at.until(/Found/, 400);
  for (const words of [/spooler: capabilities: CHOWN/, /clock: capabilities: none at all/, /spooler +\d+ +breaks|\d+ +spooler +breaks/]) assert.match(found, words);
  assert.equal(docker('ps', '-aq', '--filter', 'label=io.harden-tui.run', '--filter', `name=${made.name}`), '', 'a copy is left over');
  assert.deepEqual(['spooler', 'clock'].map((service) => held(made, service)), before, 'a trial touched what runs');

  await at.press('Enter');
  await at.until(/recommended/);
  await at.press('Enter');
  await at.until(/Chosen for 2/);
  await at.press('p');
  await at.until(/Foreseen +2 gone/);
  await at.press('Enter');
  await at.until(/Both findings of the plan are gone on the copies/, 300);
  await at.press('a');
  await at.until(/y applies/);
  await at.press('y');
  await at.until(/2 risks are gone/, 180);
  assert.deepEqual(held(made, 'spooler'), { CapDrop: ['ALL'], CapAdd: ['CHOWN'] });
  assert.deepEqual(held(made, 'clock'), { CapDrop: ['ALL'], CapAdd: null });
  await at.press('q');
  await at.until(/ended with \d/);
  const back = await made.harden('undo', '--yes');
  assert.equal(back.code, 0, said(back));
  assert.deepEqual(['spooler', 'clock'].map((service) => held(made, service)), before);
}), { timeout: 12 * 60_000 });
