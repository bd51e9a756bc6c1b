// What can only be found by trying: when `fix` tries it, what it says while it does, and when it only says that it must be tried.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { LeastEvent, Sought } from '../../source/engine/least/index.ts';
import type { Session } from '../../source/engine/session.ts';
import { text } from '../../source/model/text.ts';
import { call, type Called } from './helpers/call.ts';
import { finding, session, type World } from './helpers/world.ts';

const low = (risk: string, over = {}) => finding({ id: risk.padEnd(12, 'x'), risk, severity: 'low', detail: { service: 'web' }, ...over });
const world: World = { findings: [low('all-capabilities'), low('writable-rootfs')] };
const EVENTS: readonly LeastEvent[] = [
  { kind: 'limits', services: ['web'], trials: 24, seconds: 12 },
  { kind: 'trial', service: 'web', number: 1, most: 16, given: 'cap_drop: ALL' },
  { kind: 'tried', service: 'web', number: 1, trial: { given: 'cap_drop: ALL', outcome: 'breaks', log: ['chown: Operation not permitted'], why: text('It calls chown.', '它调用了 chown。'), ms: 7000 } },
  { kind: 'found', service: 'web', text: text('capabilities: CHOWN', 'capability：CHOWN') },
];

async function fix(words: readonly string[], over: World = world): Promise<Called & { readonly sought: readonly (readonly Sought[])[] }> {
  const sought: (readonly Sought[])[] = [];
  const fake: Session = { ...session(over), leastPrivilege: async (machine, all, onTrial) => (sought.push(all), EVENTS.forEach(onTrial), machine) };
  const told = await call(['fix', ...words], { world: over, doors: { session: async () => fake } });
  return { ...told, sought };
}
const BOTH = ['--risk', 'all-capabilities', '--risk', 'writable-rootfs'];

describe('fix tries what can only be found by trials', () => {
  it('with --rehearse: the limits first, each trial as it goes, and what was found', async () => {
    const { stderr, sought } = await fix(['--rehearse', ...BOTH]);
    assert.deepEqual(sought, [[{ service: 'web', capabilities: true, writable: true }]]);
    const said = stderr.slice(0, stderr.indexOf('Dry run'));
    assert.match(said, /at most 24 trials for each, about 12 s each[\s\S]* x {2}web {2}cap_drop: ALL {2}7\.0 s\n {6}It calls chown\.\n {6}chown: Operation not permitted\n {4}web: capabilities: CHOWN\n$/);
  });
  it('only what was asked for, and no guess', async () => {
    assert.deepEqual((await fix(['--rehearse', '--risk', 'writable-rootfs'])).sought, [[{ service: 'web', capabilities: false, writable: true }]]);
    assert.deepEqual((await fix(['--rehearse', ...BOTH], { findings: [low('all-capabilities', { confidence: 'guess' })] })).sought, []);
  });
  it('not in a plain dry run, and not with low ones that nobody asked for', async () => {
    assert.deepEqual((await fix(BOTH)).sought, []);
    assert.deepEqual((await fix(['--rehearse'])).sought, []);
  });
  it('before it applies anything, unless no copy was to be made', async () => {
    assert.equal((await fix(['--yes', ...BOTH])).sought.length, 1);
    for (const flag of ['--no-rehearse', '--files-only', '--dry-run']) assert.deepEqual((await fix(['--yes', flag, ...BOTH])).sought, [], flag);
  });
});

describe('fix --severity beside --risk', () => {
  const door = finding({ id: 'door00000000', risk: 'exposed-port', severity: 'info', onlyNamed: true, title: text('port 8080 is open', '8080 端口开放') });
  const store = finding({ id: 'store0000000', risk: 'exposed-port', severity: 'high', title: text('port 6379 is open', '6379 端口开放') });
  it('holds for what is named, and says what it leaves out', async () => {
    const { stderr } = await fix(['--severity', 'high', '--risk', 'exposed-port'], { findings: [door, store] });
    assert.match(stderr, /Left out by --severity high: port 8080 is open \(info\)/);
    assert.doesNotMatch(stderr, /Open on purpose/);
  });
  it('without it a front door that is named is taken, and said', async () => {
    const { stderr } = await fix(['--risk', 'exposed-port'], { findings: [door, store] });
    assert.match(stderr, /Open on purpose, and taken because --risk exposed-port names it: port 8080 is\s+open/);
    assert.doesNotMatch(stderr, /Left out by/);
  });
  it('is silent where it changes nothing', async () => {
    assert.doesNotMatch((await fix(['--severity', 'low', ...BOTH])).stderr, /Left out by|on purpose/);
  });
});
