import assert from 'node:assert/strict';
import { test } from 'node:test';
import { detect } from '../../source/risks/sudoers-wildcard/detect.ts';
import { machineOf } from '../helpers/case.ts';
import { processorMs } from '../files/processor.ts';

const told = async (text: string): Promise<number> => detect(await machineOf({ 'sudoers.d/x': text })).length;

test('aliases that name each other end', async () => {
  assert.equal(await told('Cmnd_Alias A = B, /bin/x *\nCmnd_Alias B = A\nd ALL = A\n'), 1);
});

test('hostile sudoers are read in little time', async () => {
  const begin = processorMs();
  const levels = Array.from({ length: 60 }, (_, i) => `Cmnd_Alias A${i} = A${i + 1}, A${i + 1}\n`).join('');
  assert.equal(await told(`${levels}Cmnd_Alias A60 = /bin/x *\nd ALL = A0\n`), 1);
  await told(`Cmnd_Alias A = ${'/bin/x *, '.repeat(20_000)}/bin/y\n${'d ALL = A\n'.repeat(2_000)}`);
  await told(`d ALL = /bin/x ^${'[^'.repeat(200_000)}$\n`);
  await told(`d ALL = /bin/x ${'*a'.repeat(100_000)}\n`);
  await told(`d ALL = /usr/bin/supervisorctl ${'* '.repeat(100_000)}\n`);
  assert.ok(processorMs() - begin < 20_000);
});
