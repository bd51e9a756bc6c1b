import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { idle, unattended, withoutContainers, withoutSystem, type Chosen, type Taken } from '../../source/cli/choose.ts';
import type { Machine } from '../../source/model/machine.ts';
import type { Plan } from '../../source/model/plan.ts';
import type { Finding } from '../../source/model/finding.ts';
import { same } from '../../source/model/text.ts';

const host = (name: string, pids: readonly number[]) => ({ name, host: { by: 'supervisord', name, running: true }, containers: [], pids });
const machine = { services: [host('web', [7]), host('stopped', []), { name: 'redis', containers: [] }], containers: [], blind: [] } as unknown as Machine;
const taken = (id: string, service: string): Taken => ({ finding: { id, title: same(id), confidence: 'seen', subjects: [{ kind: 'service', name: service }] } as unknown as Finding, offer: {} as Taken['offer'] });
const chosen = (...all: readonly Taken[]): Chosen => ({ taken: all, byHand: [], passed: [] });
const ids = (c: Chosen) => c.taken.map((t) => t.finding.id);

describe('programs of the machine itself, with nobody watching', () => {
  it('are mended without Docker, and containers wait for it', () => {
    const left = withoutContainers(chosen(taken('A', 'web'), taken('B', 'redis')), machine);
    assert.deepEqual(ids(left), ['A']);
    assert.match(left.passed[0]?.why.en ?? '', /--files-only/);
    assert.deepEqual(ids(unattended(left, machine, false)), ['A']);
  });
  it('are left alone where they are down, as a container is', () => {
    assert.deepEqual(idle(taken('C', 'stopped').finding, machine), ['stopped']);
    assert.deepEqual(ids(unattended(chosen(taken('C', 'stopped')), machine, false)), []);
  });
  it('need a word for what lies outside the project, and what they brought along does too', () => {
    const steps = [{ number: 1, because: ['A'], change: { kind: 'edit-file', path: '/etc/systemd/system/web.service', hash: '', edits: [] } }, { number: 2, because: ['B'], change: { kind: 'edit-file', path: 'app.ini', hash: '', edits: [] } }];
    const plan = (all: readonly string[]) => ({ root: '/case', steps, choices: all.map((finding) => ({ finding, risk: 'r', fix: 'x' })) }) as unknown as Plan;
    const some = withoutSystem(chosen(taken('A', 'web'), taken('B', 'web')), plan(['A', 'B']));
    assert.deepEqual(ids(some), ['B']);
    assert.match(some.passed[0]?.why.en ?? '', /\/etc\/systemd\/system\/web\.service, outside PATH: add --system-files/);
    const account = { number: 3, because: ['A'], change: { kind: 'make-account', name: 'web' } };
    const why = (all: readonly unknown[]) => withoutSystem(chosen(taken('A', 'web')), { ...plan(['A']), steps: all } as unknown as Plan).passed[0]?.why;
    assert.equal(why([account])?.en, 'it makes the account web: add --system-files to allow that');
    assert.equal(why([...steps, account])?.['zh-CN'], '它会创建账号 web，并修改 PATH 之外的 /etc/systemd/system/web.service：加 --system-files 表示允许');
    assert.deepEqual(ids(withoutSystem(chosen(taken('B', 'web')), plan(['A', 'B']))), [], 'A came along with B');
  });
});
