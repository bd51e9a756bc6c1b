import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { EditUndo } from '../../source/changes/edit-file.ts';
import { takeBack } from '../../source/engine/take-back.ts';
import type { Event } from '../../source/engine/session.ts';
import type { Step } from '../../source/model/plan.ts';
import { text } from '../../source/model/text.ts';
import { memoryFiles, memorySystem } from '../../source/system/memory.ts';
import type { System } from '../../source/system/system.ts';

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const [BEFORE, AFTER] = ['user root\nport 1\nname a\nlast\n', 'user app\nport 1\nname a\nlast\n'];

/** A run that changed the first line of a file, taken back when the file says `now`. */
async function back(now: string) {
  const files = memoryFiles({ '/work/app.conf': now });
  const events: Event[] = [];
  const step: Step = { number: 1, change: { kind: 'edit-file', path: 'app.conf', hash: '', edits: [] }, because: ['f1'] };
  const undo: EditUndo = { before: base64(BEFORE), after: base64(AFTER), mode: 0o644, uid: 0, gid: 0 };
  const said = await takeBack([step], new Map([[1, undo]]), { system: memorySystem(files), root: '/work', run: '1', say: () => undefined }, { run: '1', write: async () => undefined }, (event) => events.push(event));
  const last = events.filter((e) => e.kind === 'step').at(-1);
  return { said, state: last?.state, text: last?.text?.en, now: String(await files.read('/work/app.conf')) };
}

describe('a step that is taken back', () => {
  it('is done where nobody touched the file', async () => {
    const { state, now, said } = await back(AFTER);
    assert.deepEqual([state, now, said.stays], ['done', BEFORE, []]);
  });

  it('is done where an edit and the undo do not touch each other', async () => {
    const { state, now, said } = await back(AFTER.replace('last', 'mine'));
    assert.deepEqual([state, now, said.stays], ['done', BEFORE.replace('last', 'mine'), []]);
    assert.deepEqual(said.remarks.map((r) => r.told), [true], 'it stands in nobody\'s way');
  });

  it('is left as it is where they do, and is not called done', async () => {
    const { state, text, now, said } = await back(AFTER.replace('user app', 'user me'));
    assert.deepEqual([state, text, now, said.stays.map((s) => s.en)], ['left', 'left as it is', AFTER.replace('user app', 'user me'), ['app.conf']]);
  });
});

describe('a step that can\'t be taken back', () => {
  it('is said with the last line of what the program said', async () => {
    const service = { service: 'web', compose: { project: 'shop', service: 'web', files: ['compose.yaml'], envFiles: [], directory: '.' } };
    const step: Step = { number: 9, change: { kind: 'start-services', services: [service] }, because: ['f1'] };
    const system = memorySystem(memoryFiles({}));
    const docker = { endpoint: 'unix:///x', look: { containers: async () => [] } } as unknown as NonNullable<System['docker']>;
    const shell = { ...system.shell, run: async () => ({ code: 1, stdout: '', stderr: 'stopping web\nError response from daemon: not a directory\n\n' }) };
    const said = await takeBack([step], new Map([[9, { plain: [] }]]), { system: { ...system, docker, shell }, root: '/work', run: '1', say: () => undefined }, { run: '1', write: async () => undefined }, () => undefined);
    assert.equal(said.failed, true);
    assert.match(said.remarks[0]?.en ?? '', /^Step 9 could not be taken back: web could not be stopped\. It said: Error response from daemon: not a directory$/);
  });
});

describe('an image that somebody built again since', () => {
  it('went back all the same, and the step says so: what stays is that build', async () => {
    const events: Event[] = [];
    const done: string[] = [];
    const image = async (name: string): Promise<unknown> => (/-since$/.test(name) ? undefined : { Id: name === 'shop-web' ? 'sha256:theirs' : 'sha256:1', RepoTags: [name] });
    const system = { ...memorySystem(memoryFiles({})), docker: { endpoint: 'unix:///x', look: { image, containers: async () => [] }, act: async (deed: { deed: string; tag: string }) => void done.push(`${deed.deed} ${deed.tag}`) } } as unknown as System;
    const step: Step = { number: 1, change: { kind: 'build-image', service: 'web', image: 'shop-web', build: { context: '.', dockerfile: 'Dockerfile', args: {} } }, because: ['f1'] } as unknown as Step;
    const said = await takeBack([step], new Map([[1, { image: 'sha256:1', kept: 'harden-tui/keep:1-web' }]]), { system, root: '/work', run: '1', say: () => undefined, left: [{ service: 'web', id: 'c', imageId: 'sha256:built' }] }, { run: '1', write: async () => undefined }, (event) => events.push(event));
    assert.deepEqual(done, ['tag harden-tui/keep:1-web-since', 'tag shop-web', 'untag harden-tui/keep:1-web']);
    assert.equal(events.filter((e) => e.kind === 'step').at(-1)?.state, 'done');
    assert.deepEqual([said.stays, said.aside.map((s) => s.en), said.left], [[], ['your build of shop-web'], []]);
    assert.deepEqual(said.remarks.map((r) => r.builds), [undefined, true]);
  });
});

describe('an image that could not be given its old name', () => {
  it('is not called taken back by the walk behind it', async () => {
    const written: unknown[] = [];
    const refused = async (): Promise<never> => Promise.reject(new Error('socket hang up'));
    const system = { ...memorySystem(memoryFiles({})), docker: { endpoint: 'unix:///x', look: { image: refused, containers: refused }, ask: refused, act: refused } } as unknown as System;
    const step: Step = { number: 1, change: { kind: 'build-image', service: 'web', image: 'shop-web', build: { context: '.', dockerfile: 'Dockerfile', args: {} } }, because: ['f1'] } as unknown as Step;
    const said = await takeBack([step], new Map([[1, { image: 'sha256:1', kept: 'harden-tui/keep:1-web' }]]), { system, root: '/work', run: '1', say: () => undefined }, { run: '1', write: async (line) => void written.push(line) }, () => undefined);
    assert.deepEqual([said.failed, written], [true, []]);
  });
});

describe('an account that a program of a person\'s own still uses', () => {
  it('is never called removed, is tried once, and waits for the next undo; what is left to that person is not ticked', async () => {
    const argv = ['python3', 'mail.py'];
    const files = memoryFiles({ '/etc/passwd': 'root:x:0:0::/root:/bin/sh\nmail:x:997:997::/:/bin/false\n' });
    const [base, events, written, ran]: [System, Event[], unknown[], string[]] = [memorySystem(files), [], [], []];
    const system: System = {
      ...base,
      // It was started again since the run: another number, and its worker has the same words.
      processes: { ...base.processes, list: async () => [[4711, 1], [4712, 4711]].map(([pid = 0, ppid]) => ({ pid, status: `Pid:\t${pid}\nPPid:\t${ppid}\n`, cmdline: `${argv.join('\0')}\0`, cgroup: '' })) },
      shell: { ...base.shell, run: async (said: readonly string[]) => { ran.push(said.join(' ')); return { code: 8, stdout: '', stderr: 'userdel: user mail is currently used by process 4711\n' }; } },
    };
    const hand = { kind: 'by-hand' as const, services: ['mail'], words: text('start mail again', '重新启动 mail'), commands: [['kill', '812'], ['cd', '/srv/mail'], argv] };
    const steps: readonly Step[] = [{ number: 1, change: { kind: 'make-account', name: 'mail' }, because: ['f'] }, { number: 2, change: hand, because: ['f'] }];
    const said = await takeBack(steps, new Map<number, unknown>([[1, { made: true }], [2, {}]]), { system, root: '/work', run: '1', say: () => undefined }, { run: '1', write: async (line) => void written.push(line) }, (event) => events.push(event));
    assert.deepEqual(events.flatMap((e) => (e.kind === 'step' && e.state !== 'running' ? [[e.step, e.state, e.text?.en]] : [])), [[2, 'left', 'left to you'], [1, 'left', 'left as it is']]);
    assert.deepEqual([ran, written], [['userdel mail'], [{ t: 'taken-back', step: 2 }]]);
    assert.deepEqual(said.hand.map((one) => one.commands[0]), [['kill', '4711']]);
    assert.deepEqual([said.failed, said.stays.map((one) => one.en), said.remarks.map((one) => one.en)], [false, ['account mail'], ['The account mail stays as long as process 4711 runs as it.']]);
  });
});
