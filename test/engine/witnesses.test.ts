import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { confined } from '../../source/engine/proofs/confined.ts';
import { notWritable } from '../../source/engine/proofs/not-writable.ts';
import { pathMode } from '../../source/engine/proofs/path-mode.ts';
import { sudoers } from '../../source/engine/proofs/sudoers.ts';
import type { Machine } from '../../source/model/machine.ts';
import type { Ran, System } from '../../source/system/system.ts';
import { memoryFiles, memorySystem } from '../../source/system/memory.ts';
import { machineOf, type Recorded } from '../helpers/case.ts';

const COMPOSE = { 'compose.yaml': 'services:\n  web:\n    image: somebody/web\n' };
const running = (more: object = {}): Recorded => ({ containers: [{ service: 'web', processes: [{ pid: 100, uid: 10001, argv: ['web'] }, { pid: 101, uid: 0, argv: ['nginx: master process nginx'] }], ...more }] });

const ran = (code: number, stderr = ''): Ran => ({ code, stdout: '', stderr });

/** A machine whose engine answers this. */
function asked(docker: { ask?: (argv: readonly string[], user?: string) => Ran; mode?: number }, shell?: (input: string) => Ran): System {
  const system = memorySystem(memoryFiles({}));
  return {
    ...system,
    shell: { ...system.shell, ask: async (_argv, options) => shell?.(options?.input ?? '') ?? ran(127) },
    docker: {
      ask: async (q: { argv: readonly string[]; user?: string }) => docker.ask?.(q.argv, q.user) ?? ran(126),
      look: { pathMode: async () => (docker.mode === undefined ? undefined : { mode: docker.mode, socket: false }) },
    } as unknown as NonNullable<System['docker']>,
  };
}

describe('that nobody may write', () => {
  const proof = { kind: 'not-writable', service: 'web', paths: ['/app', '/app/x.py'] } as const;
  it('is asked as every user that runs there, root left out', async () => {
    const seen: string[] = [];
    const told = await notWritable(proof, await machineOf(COMPOSE, running()), asked({ ask: (argv, user) => (seen.push(`${user} ${argv.join(' ')}`), ran(1)) }));
    assert.equal(told.outcome, 'gone');
    assert.deepEqual(seen, ['10001:10001 test -w /app', '10001:10001 test -w /app/x.py']);
  });
  it('is not so where one place may be written, and not known where nothing answers or runs', async () => {
    assert.equal((await notWritable(proof, await machineOf(COMPOSE, running()), asked({ ask: (argv) => ran(argv.includes('/app/x.py') ? 0 : 1) }))).outcome, 'left');
    assert.equal((await notWritable(proof, await machineOf(COMPOSE, running()), asked({}))).outcome, 'cannot-tell');
    assert.equal((await notWritable(proof, await machineOf(COMPOSE), asked({ ask: () => ran(1) }))).outcome, 'cannot-tell');
  });
});

describe('a mode', () => {
  const proof = { kind: 'path-mode', service: 'web', path: '/var/log/x', forbids: 0o002 } as const;
  const outcome = async (mode?: number): Promise<string> => (await pathMode(proof, await machineOf(COMPOSE, running()), asked(mode === undefined ? {} : { mode }))).outcome;
  it('is as it lies there', async () => {
    assert.deepEqual([await outcome(0o100660), await outcome(0o40777), await outcome()], ['gone', 'left', 'cannot-tell']);
  });
});

describe('a file of sudoers', () => {
  const proof = { kind: 'sudoers', file: 'sudoers.d/shop' } as const;
  const outcome = async (answer: Ran, files: Record<string, string> = { 'sudoers.d/shop': 'deploy ALL = /bin/ls\n' }): Promise<string> => (await sudoers(proof, await machineOf(files), asked({}, () => answer))).outcome;
  it('is read by visudo; without it nobody can tell', async () => {
    assert.deepEqual([await outcome(ran(0)), await outcome(ran(1, 'syntax error')), await outcome(ran(127)), await outcome(ran(0), COMPOSE)], ['gone', 'left', 'cannot-tell', 'cannot-tell']);
  });
});

describe('a profile', () => {
  const proof = { kind: 'confined', service: 'web' } as const;
  const outcome = async (mac: 'apparmor' | 'none', recorded: Recorded): Promise<string> => {
    const machine = await machineOf({ 'compose.yaml': `${COMPOSE['compose.yaml']}    security_opt: [apparmor=unconfined]\n` }, recorded);
    const seen: Machine = machine.docker ? { ...machine, docker: { ...machine.docker, mac } } : machine;
    return (await confined(proof, seen, asked({}))).outcome;
  };
  it('holds where the container has no option against it, and the host one to give', async () => {
    assert.deepEqual(
      [await outcome('apparmor', running()), await outcome('none', running()), await outcome('apparmor', running({ securityOpt: ['apparmor=unconfined'] })), await outcome('apparmor', {})],
      ['gone', 'cannot-tell', 'left', 'cannot-tell'],
    );
  });
});
