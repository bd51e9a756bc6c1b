import assert from 'node:assert/strict';
import { it } from 'node:test';
import { ways } from '../../source/engine/offers.ts';
import { supervisorOpenControl as risk } from '../../source/risks/supervisor-open-control/index.ts';
import { casesOf, machineOf } from '../helpers/case.ts';

it('a login is said to be supervisorctl\'s, too, before it is made, in both languages', async () => {
  const one = casesOf(risk.id).find((c) => c.name === 'socket-0777')!;
  const machine = await machineOf(one.before, one.recorded);
  const [finding] = risk.detect(machine);
  const along = ways(finding!, risk, machine).find((way) => way.fix.id === 'password')?.proposal?.along ?? [];
  const said = along.find((row) => row.label === 'supervisorctl');
  for (const words of Object.values(said?.text ?? {})) assert.match(words, /supervisorctl -u admin/);
  assert.equal(Object.keys(said?.text ?? {}).length, 2);
});
