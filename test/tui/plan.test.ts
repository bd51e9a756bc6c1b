import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { same, text } from '../../source/model/text.ts';
import type { Plan } from '../../source/model/plan.ts';
import { choicesOf, shown, type Wizard } from '../../source/tui/wizard.ts';
import { drive } from './drive.ts';
import { BREAKS, HOLDS } from './fake-rehearsal.ts';
import { fakeMachine } from './fake-shop.ts';
import { faults, frame } from './frame.tsx';

const PLANNED = ['enter', 'f', 'f', 'f', 'f', 'j', 'f', 'p'] as const;
/** The row of the step that hands the volume over. */
const OWN = [...'jjjjjj'] as const;
const media = { type: 'volume', source: 'media', target: '/app/media', readOnly: false, anonymous: false, rootEntries: 23 };
const machine = { repository: true, containers: [{ ...({} as (typeof fakeMachine.containers)[number]), id: 'web-id', running: true, entrypoint: [], cmd: [], env: new Map<string, string>(), mounts: [media], processes: [] }] };
const chosen = (wizard: Wizard): readonly string[] => choicesOf(wizard).map((one) => one.finding);
const seen = (wizard: Wizard): string => frame(wizard).join('\n');

describe('the plan of the storyboard', () => {
  it('stands there word for word, with what can be known before', async () => {
    const driven = await drive({ rehearsals: [HOLDS], machine });
    const rows = frame(await driven.keys(...PLANNED));
    assert.deepEqual(faults(rows), []);
    assert.deepEqual(rows, [
      'harden-tui > Plan                                    shop   docker: this machine',
      '─'.repeat(80),
      ' 5 of 7 findings: 4 files, 3 images, 3 containers, 1 volume. Nothing done yet.',
      '',
      ' ❯ 1   edit    shop/tasks.py               JSON only                      +3 -3',
      '   2   edit    Dockerfile                  user 10001, port 8443          +5 -2',
      '   3   edit    compose.yaml                443:8443, C_FORCE_ROOT goes    +1 -3',
      '   4   edit    admin/uwsgi.ini             660, 33:10002, uid 10002       +5 -1',
      '   5-7 build   shop-web, -worker, -admin',
      '   8   stop    worker, web, admin',
      '   9   own     volume media                23 files from root to 10001',
      '   10  start   admin, web, worker          away for some seconds',
      '   11  check   5 risks, every answer       on the new processes',
      '',
      ' 1, 2 and 3 belong together: a worker that takes pickle as root does not start',
      ' without C_FORCE_ROOT.',
      '',
      ' Foreseen   5 gone, 2 left (redis has no password; 443 and 8080 are open to',
      '            your network) and 8 low, nothing new',
      ' Undo       4 files, 3 images and the owner of 23 files are kept for it',
      ' Git        branch main, these 4 files are committed; no commit will be made',
      '',
      '─'.repeat(80),
      ' enter rehearse on copies  x drop  d diffs  c commands          ? keys  esc back',
    ]);
  });
  it('says its first line whole, on two rows where one is too short', async () => {
    const besides = [{ kind: 'own-mount', service: 'web', image: 'shop-web', mount: { type: 'bind', source: '/home/me/shop/data' }, uid: 10001, gid: 10001 }] as const;
    const driven = await drive({ besides });
    const rows = frame(await driven.keys(...PLANNED));
    assert.match(rows.slice(2, 4).join('').replace(/\s+/g, ' '), /5 of 7 findings: 4 files, 3 images, 3 containers, 1 volume, 1 folder\. Nothing done yet\./);
    assert.doesNotMatch(rows[2]!, /…/);
  });
});

describe('what is around the plan', () => {
  const about = async (more: Parameters<typeof drive>[0], keys: readonly string[] = PLANNED): Promise<string> => frame(await (await drive(more)).keys(...keys)).join(' ').replace(/\s+/g, ' ');
  it('names files with changes of one\'s own that are not committed, and says what undo does to them', async () => {
    assert.match(await about({ machine, uncommitted: ['Dockerfile'] }), /Git Dockerfile has changes of yours, not committed; undo will keep them/);
    assert.match(await about({ machine, uncommitted: ['Dockerfile', 'compose.yaml'] }), /Dockerfile and compose\.yaml have changes of yours/);
    assert.doesNotMatch(await about({}), / Git /);
  });
  it('says that a terminal follows these containers', async () => {
    const at = (argv: readonly string[]) => ({ machine: { ...machine, host: { processes: [{ pid: 7, argv }], listeners: [], sockets: [] } as unknown as typeof fakeMachine.host } });
    assert.match(await about(at(['docker', 'compose', '-p', 'shop', 'up', '--build'])), /Note a terminal follows these containers; it will show them stop and start/);
    for (const argv of [['docker', 'compose', 'up', '-d'], ['docker', 'compose', 'ps'], ['uptime']]) assert.doesNotMatch(await about(at(argv)), / Note /);
  });
  it('says of what is down that it could not be seen, and that there is no rehearsal', async () => {
    const down = fakeMachine.services.map((s) => ({ ...machine.containers[0]!, id: s.containers[0]!, name: s.name, running: false }));
    assert.match(await about({ machine: { ...machine, containers: down } }), / Note .* do not run: what they write could not be seen, and there can be no rehearsal of them\. Start them first/);
    // One that was stopped beside others that run is told, too.
    const beside = down.map((c) => (c.name === 'web' ? { ...c, exitCode: 137 } : { ...c, running: true }));
    assert.match(await about({ machine: { ...machine, containers: beside } }), / web does not run: what it writes could not be seen, and there can be no rehearsal of it\./);
    assert.doesNotMatch(await about({ machine: { ...machine, containers: down.map((c) => ({ ...c, running: true })) } }), / not run: /);
  });
  it('names what nobody chose and goes along', async () => {
    const driven = await drive({ machine });
    const { draft, looking } = await driven.keys(...PLANNED);
    assert.doesNotMatch(frame(driven.store.get()).join(' '), /fixed along with it/);
    const [more] = looking.findings.filter((one) => !draft!.choices.some((choice) => choice.finding === one.id));
    const plan = { ...draft!.plan!, choices: [...draft!.choices, { finding: more!.id, risk: more!.risk, fix: 'x' }], findings: [...draft!.plan!.findings, more!] };
    await driven.tell({ kind: 'planned', choices: draft!.choices, plan, preview: draft!.preview!, tells: draft!.tells });
    assert.match(frame(driven.store.get()).join(' ').replace(/\s+/g, ' '), new RegExp(`Note fixed along with it, as what you chose can't do without: ${more!.title.en}`));
  });
  it('says of a plan of files alone that no command runs', async () => {
    const driven = await drive({}, { can: { edit: false, calls: true } });
    await driven.keys(...PLANNED);
    const { draft } = driven.store.get();
    await driven.tell({ kind: 'planned', choices: draft!.choices, plan: draft!.plan!, preview: { diffs: [], commands: [] }, tells: draft!.tells });
    assert.match(seen(await driven.keys('c')), /To come, if the plan is applied\n   No command runs: only files are written\./);
  });
});

describe('two decisions whose way out has one name', () => {
  it('are told apart by whom they are for, and only they are', async () => {
    for (const [lang, rows] of [
      ['en', [/new +\.env\.redis \(mode 600\) +redis: A user of its own/, /edit +Dockerfile +web, worker: A user of its own/, /edit +compose\.yaml +A user of its own/, /edit +shop\/tasks\.py +JSON only/]],
      ['zh-CN', [/新建 +\.env\.redis（权限 600） +redis：专用用户/, /编辑 +Dockerfile +web、worker：专用用户/, /编辑 +compose\.yaml +专用用户/, /编辑 +shop\/tasks\.py +只用 JSON/]],
    ] as const) {
      const driven = await drive({ machine }, { lang });
      const { draft, looking } = await driven.keys(...PLANNED);
      const way = (fix: string) => ({ fix, title: text('A user of its own', '专用用户'), price: same(''), safety: 'review', recommended: true, diffs: [], words: same('') }) as const;
      for (const [finding, fix] of [['F2', 'named-user'], ['F5', 'own-user']] as const) await driven.tell({ kind: 'offers', machine: looking.machine!, finding, offers: [way(fix)] });
      const redis = looking.findings.find((one) => one.id === 'F5')!;
      const steps = [
        { number: 1, change: { kind: 'create-file', path: '.env.redis', text: '', mode: 0o600 }, because: ['F5'] }, { number: 2, change: { kind: 'edit-file', path: 'Dockerfile', hash: 'h', edits: [] }, because: ['F2'] },
        { number: 3, change: { kind: 'edit-file', path: 'compose.yaml', hash: 'h', edits: [] }, because: ['F2', 'F5'] }, { number: 4, change: { kind: 'edit-file', path: 'shop/tasks.py', hash: 'h', edits: [] }, because: ['F1'] },
      ] as const;
      const plan = { ...draft!.plan!, steps: steps as unknown as Plan['steps'], choices: [...draft!.choices, { finding: 'F5', risk: redis.risk, fix: 'own-user' }], findings: [...draft!.plan!.findings, redis] };
      const tells = steps.map(({ change }) => (change.kind === 'create-file' ? text(`new ${change.path}`, `新建 ${change.path}`) : text(`edit ${change.path}`, `编辑 ${change.path}`)));
      await driven.tell({ kind: 'planned', choices: draft!.choices, plan, preview: { diffs: [], commands: [] }, tells });
      const shown = frame(driven.store.get());
      assert.deepEqual(faults(shown), []);
      for (const row of rows) assert.match(shown.join('\n'), row);
    }
  });
});

describe('a row that serves more ways than it has room for', () => {
  it('names the first ones whole, and says how many there are besides', async () => {
    for (const [lang, row] of [['en', /edit +compose\.yaml +A user of its own and 2 more +\+1 -3/], ['zh-CN', /编辑 +compose\.yaml +专用用户，另有 2 项 +\+1 -3/]] as const) {
      const driven = await drive({ machine }, { lang });
      const { draft, looking } = await driven.keys(...PLANNED);
      const titles = [text('A user of its own', '专用用户'), text('Another one with a long name', '另一个名字很长的办法，放不下'), text('And a third one', '还有第三个')] as const;
      for (const [i, finding] of (['F2', 'F3', 'F4'] as const).entries()) await driven.tell({ kind: 'offers', machine: looking.machine!, finding, offers: [{ fix: draft!.choices.find((one) => one.finding === finding)!.fix, title: titles[i]!, price: same(''), safety: 'review', recommended: true, diffs: [], words: same('') }] });
      const steps = [{ number: 1, change: { kind: 'edit-file', path: 'compose.yaml', hash: 'h', edits: [] }, because: ['F2', 'F3', 'F4'] }];
      const plan = { ...draft!.plan!, steps: steps as unknown as Plan['steps'] };
      const diffs = [{ path: 'compose.yaml', patch: '+  init: true\n', added: 1, removed: 3 }];
      await driven.tell({ kind: 'planned', choices: draft!.choices, plan, preview: { diffs, commands: [] }, tells: [text('edit compose.yaml', '编辑 compose.yaml')] });
      const shown = frame(driven.store.get());
      assert.deepEqual(faults(shown), []);
      assert.match(shown.join('\n'), row);
    }
  });
});

describe('z on the plan', () => {
  it('puts back a step that was dropped, by itself or with what it is for', async () => {
    const driven = await drive({ rehearsals: [HOLDS] });
    const before = await driven.keys(...PLANNED);
    const out = await driven.keys(...OWN, 'x', 'x');
    assert.deepEqual(out.without, ['own-mount volume media']);
    const back = await driven.keys('z');
    assert.deepEqual([back.without, back.draft?.plan, back.notice, shown(back).name], [[], before.draft?.plan, 'Taken back: the plan has its steps as before.', 'plan']);
    await driven.keys('g', 'x', 'x');
    assert.ok(chosen(driven.store.get()).length < 5, 'what the step served is out');
    const all = await driven.keys('z');
    assert.deepEqual([chosen(all).length, all.draft?.plan?.choices.length, all.dropped?.size], [5, 5, 0]);
    // And on: what was decided before the plan was made.
    assert.equal(chosen(await driven.keys('z')).length, 4);
  });
  it('takes a step out again that was put back', async () => {
    const driven = await drive({ rehearsals: [HOLDS] });
    await driven.keys(...PLANNED, ...OWN, 'x', 'x', 'x');
    assert.deepEqual(driven.store.get().without, []);
    assert.deepEqual((await driven.keys('z')).without, ['own-mount volume media']);
  });
});

describe('a step that nothing else needs', () => {
  it('is dropped by itself: what follows is said first, and its findings stay chosen', async () => {
    const driven = await drive({ rehearsals: [HOLDS] });
    const before = chosen(await driven.keys(...PLANNED));
    const asked = seen(await driven.keys(...OWN, 'x'));
    assert.match(asked, /x again drops step 9: web and worker will not be able to write 23 files/);
    assert.match(asked, /❯ 9 .* x$/m);
    const wizard = await driven.keys('x');
    assert.deepEqual(chosen(wizard), before);
    assert.equal(shown(wizard).name, 'plan');
    assert.match(seen(wizard).replace(/\s+/g, ' '), /❯ 9 own volume media dropped: web and worker will not be able to write 23 files\. Rehearse to see\./);
    assert.match(seen(wizard), /nothing new; step 9 is left out,\s+so\s+something may stop working/);
    assert.match(seen(wizard), /x put back/);
    assert.match(seen(wizard), / 10 +start/, 'the others keep their numbers');
  });
  it('is kept by any other key, and comes back with x', async () => {
    const driven = await drive();
    await driven.keys(...PLANNED, ...OWN, 'x', 'k', 'j');
    assert.doesNotMatch(seen(driven.store.get()), /x again/);
    assert.match(seen(await driven.keys('x', 'x')), /dropped:/);
    assert.doesNotMatch(seen(await driven.keys('x')), /dropped:/);
    assert.deepEqual(driven.store.get().without, []);
  });
  it('is asked about alone: other keys answer that, and do nothing else', async () => {
    for (const key of ['z', 'enter', 'd', 'c', 'q', 'esc']) {
      const driven = await drive();
      const before = await driven.keys(...PLANNED, ...OWN);
      const wizard = await driven.keys('x', key);
      assert.deepEqual([wizard.decisions, shown(wizard).name, wizard.asksToQuit], [before.decisions, 'plan', false], key);
      assert.doesNotMatch(seen(wizard), /x again/, key);
    }
  });
  it('stays dropped in the next plan of the same choices, and is forgotten when something was applied', async () => {
    const driven = await drive();
    await driven.keys(...PLANNED, ...OWN, 'x', 'x', 'esc', 'p');
    assert.match(seen(driven.store.get()), /dropped:/);
    await driven.keys('enter', 'y', ...'shop', 'enter', 'enter');
    assert.equal(driven.store.get().without, undefined);
  });
});

describe('a step that others need', () => {
  it('takes them along, and shows which before', async () => {
    const driven = await drive();
    const asked = seen(await driven.keys(...PLANNED, 'j', 'j', 'j', 'j', 'x'));
    assert.match(asked.replace(/\s+/g, ' '), /x again takes step 5, 6 and 7 out, and with it:/);
    assert.ok((asked.match(/ x$/gm)?.length ?? 0) >= 5, 'all in sight falls');
    assert.deepEqual(chosen(await driven.keys('x')), []);
    assert.equal(driven.name(), 'findings');
  });
});

describe('a rehearsal without a step', () => {
  it('that breaks names it, and puts it back first', async () => {
    const driven = await drive({ rehearsals: [BREAKS, HOLDS] });
    const wizard = await driven.keys(...PLANNED, ...OWN, 'x', 'x', 'enter');
    assert.deepEqual(faults(frame(wizard)), []);
    assert.match(seen(wizard).replace(/\s+/g, ' '), /It is step 9 that gives media to 10001, and it was dropped\./);
    assert.match(seen(wizard), /❯ 1 Put step 9 back +recommended; then rehearse again/);
    assert.doesNotMatch(seen(wizard), /Find out which one/);
    const back = await driven.keys('enter');
    assert.equal(shown(back).name, 'rehearsal', 'it is rehearsed again at once');
    assert.match(seen(back), /Holds/);
    assert.doesNotMatch(seen(await driven.keys('esc')), /dropped:/);
  });
});

describe('enter before the plan stands', () => {
  it('is kept: it is rehearsed as soon as it is made', async () => {
    const open: (() => void)[] = [];
    const { session, driven } = await (async () => {
      const made = await drive({ rehearsals: [HOLDS] });
      return { session: made.session, driven: made };
    })();
    const { plan } = session;
    (session as { plan: typeof plan }).plan = async (...words) => {
      await new Promise<void>((resolve) => open.push(resolve));
      return plan(...words);
    };
    await driven.keys(...PLANNED);
    assert.match(seen(driven.store.get()), /Making the plan[^]* enter rehearse on copies/);
    assert.match(seen(await driven.keys('enter')), /rehearsed on copies as soon as it stands/);
    assert.doesNotMatch(frame(driven.store.get())[23]!, /enter/);
    for (const one of open) one();
    assert.equal(shown(await driven.keys('k')).name, 'rehearsal');
  });
});
