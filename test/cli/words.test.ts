import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { editorArgv } from '../../source/cli/editor.ts';
import { interruptible } from '../../source/cli/interrupt.ts';
import type { Io } from '../../source/cli/io.ts';
import { runToUndo } from '../../source/cli/words/undo.ts';
import { Stop } from '../../source/model/errors.ts';
import { same, text } from '../../source/model/text.ts';
import { RISKS } from '../../source/risks/index.ts';
import { call } from './helpers/call.ts';
import { result, run } from './helpers/world.ts';

const nothing = async (): Promise<never> => {
  throw new Error('a session was opened');
};

describe('explain and risks work offline', () => {
  it('explains without opening anything, in both languages', async () => {
    const doors = { session: nothing, files: nothing };
    const { code, stdout, stderr } = await call(['explain', 'root-container'], { doors });
    assert.deepEqual([code, stderr], [0, '']);
    assert.match(stdout, /^A container runs as root\n=+\n/);
    assert.match((await call(['explain', 'root-container', '--lang', 'zh-CN'], { doors })).stdout, /是什么/);
  });
  it('lists every risk with its fixes', async () => {
    const { stdout } = await call(['risks'], { doors: { session: nothing } });
    for (const risk of RISKS) for (const fix of risk.fixes) assert.ok(stdout.includes(risk.id) && stdout.includes(fix.id), `${risk.id} ${fix.id}`);
  });
  it('gives the catalogue as JSON', async () => assert.equal(JSON.parse((await call(['risks', '--format', 'json'])).stdout).version, 1));
});

describe('the wizard', () => {
  it('never starts without a terminal: it says which word to use', async () => {
    const { code, stdout, stderr } = await call([]);
    assert.deepEqual([code, stdout], [2, '']);
    for (const words of [/harden-tui scan/, /harden-tui fix --yes/]) assert.match(stderr, words);
  });
  it('is given the session, the language and the flags, and its exit code is ours', async () => {
    const { code, opened } = await call(['--dry-run', '--ascii', '--lang', 'zh-CN', 'sub'], {
      terminal: true,
      doors: {
        wizard: async ({ lang, dryRun, ascii, path, colour, firstTime, checked, explain, suggest }) => {
          assert.deepEqual({ lang, dryRun, ascii, path, colour, firstTime }, { lang: 'zh-CN', dryRun: true, ascii: true, path: '/work/shop/sub', colour: false, firstTime: true });
          assert.equal(checked?.length, RISKS.length);
          assert.match(explain?.('root-container')?.en ?? '', /^# A container runs as root/);
          assert.equal(suggest?.('next: harden-tui fix --risk a'), 'next: harden-tui fix /work/shop/sub --lang zh-CN --risk a', 'true from any folder');
          return 3;
        },
      },
    });
    assert.equal(code, 3);
    assert.equal(opened[0]?.root, '/work/shop/sub');
  });
  it('opens the editor at the line, as words and never through a shell', () => {
    assert.deepEqual(editorArgv({ EDITOR: 'vim -u NONE' }, '/p/x; rm', 7), ['vim', '-u', 'NONE', '+7', '/p/x; rm']);
    assert.deepEqual(editorArgv({ VISUAL: 'code', EDITOR: 'vi' }, '/p/f', 7), ['code', '--wait', '--goto', '/p/f:7']);
    assert.deepEqual(editorArgv({ EDITOR: '/opt/odd' }, '/p/f', 7), ['/opt/odd', '/p/f']);
    assert.deepEqual(editorArgv({}, '/p/f', 7), ['vi', '+7', '/p/f']);
  });
});

describe('undo', () => {
  const runs = [run(), run({ run: '2', root: '/work/other' }), run({ run: '3', ending: 'undone' })];

  it('takes the last run of the project one stands in, else the last one', () => {
    assert.equal(runToUndo(runs, undefined, '/work/shop/sub').run, '1');
    assert.equal(runToUndo(runs, undefined, '/work/shopping').run, '2');
    assert.equal(runToUndo(runs, undefined, '/home').run, '2');
    assert.equal(runToUndo(runs, '1', '/work/other').run, '1');
  });
  it('never picks a run whose folder is gone by itself: a demo that was removed', () => {
    const demos = [...runs, run({ run: '4', root: '/tmp/harden-tui-demo-1/shop', folderGone: true })];
    assert.equal(runToUndo(demos, undefined, '/home').run, '2');
    assert.equal(runToUndo(demos, '4', '/home').run, '4');
    assert.throws(() => runToUndo(demos.slice(3), undefined, '/home'), /There is nothing to take back/);
  });
  it('tells in one line what went back, and by itself what did not: by what happens, not by what is undone', async () => {
    const back = { ending: 'taken-back', verdicts: [] } as const;
    const { stderr } = await call(['undo', '--yes'], { world: { runs, result: result(back), duringUndo: (onEvent) => {
      onEvent({ kind: 'step', walk: 'revert', step: 3, state: 'done', ms: 100 });
      onEvent({ kind: 'step', walk: 'revert', step: 2, state: 'done', ms: 100 });
      onEvent({ kind: 'step', walk: 'revert', step: 1, state: 'left', ms: 100, text: text('left as it is', '保持原样') });
    } } });
    assert.match(stderr, /\n\n {3}- {3}1 {2}restore Dockerfile {2}left as it is\n {2}ok {2}1 image, 1 container {2,}0\.3 s\n {2}ok {2}web GET \/ 200 json\n {2}ok {2}away: web 3\.4 s\n\n$/);
    const whole = await call(['undo', '--yes', '--verbose'], { world: { runs, result: result(back), duringUndo: (onEvent) => onEvent({ kind: 'step', walk: 'revert', step: 1, state: 'done', ms: 100 }) } });
    assert.match(whole.stderr, /ok {3}1 {2}restore Dockerfile {2}0\.1 s\n/);
  });
  it('says what is wrong with a run that is not there, or has nothing left', () => {
    assert.throws(() => runToUndo(runs, '9', '/'), /There is no run 9/);
    assert.throws(() => runToUndo(runs, '3', '/'), /Run 3 has nothing to take back/);
    assert.throws(() => runToUndo([], undefined, '/'), /There is nothing to take back/);
  });
  it('shows what comes back, asks, and takes it back', async () => {
    const { code, stdout, stderr, questions, session } = await call(['undo'], { typed: ['y'], world: { runs, result: result({ ending: 'taken-back', verdicts: [] }) } });
    assert.equal(code, 0);
    assert.match(stderr, /Run 1 of 22 November, 14:32, in shop[^]*What comes back {2}web runs as root/);
    assert.deepEqual(questions, ['Take it back? [y/N] ']);
    assert.deepEqual(session.asked, ['undo 1']);
    assert.match(stdout, /Run 1 is undone\./);
  });
  it('changes nothing for any other answer', async () => {
    for (const typed of [[''], ['n'], ['yesterday'], [undefined]]) {
      const { stderr, session } = await call(['undo'], { typed, world: { runs } });
      assert.match(stderr, /Nothing was changed\./);
      assert.deepEqual(session.asked, []);
    }
  });
  it('needs --yes where nobody can be asked', async () => {
    const { code, stderr, session } = await call(['undo'], { world: { runs } });
    assert.deepEqual([code, session.asked], [2, []]);
    assert.match(stderr, /harden-tui undo 1 --yes/);
    assert.equal((await call(['undo', '--yes'], { world: { runs } })).code, 0);
  });
  it('ends with 3 when not everything went back, and says so on stderr', async () => {
    const { code, stdout, stderr } = await call(['undo', '--yes'], { world: { runs, result: result({ exitCode: 3, verdicts: [] }) } });
    assert.deepEqual([code, stdout], [3, '']);
    assert.match(stderr, /Run 1 is not wholly undone/);
  });
});

describe('history --forget', () => {
  const kept = { run: '1', images: [{ tag: 'harden-tui/keep:1-web', bytes: 182_000_000 }], containers: [{ id: 'c', name: 'web-before-run-1' }], journal: 14_200 };
  const world = { runs: [run()], kept };

  it('shows what goes, how much of it, and that there is no way back; then asks', async () => {
    const { code, stdout, stderr, questions, session } = await call(['history', '--forget', '1'], { typed: ['y'], world });
    assert.equal(code, 0);
    assert.match(stderr, /image harden-tui\/keep:1-web, up to 182 MB[^]*stopped container web-before-run-1[^]*its journal, 14 kB[^]*it cannot be taken back/);
    assert.deepEqual([questions, session.asked], [['Forget it? [y/N] '], ['forget 1']]);
    assert.equal(stdout, 'Run 1 is forgotten. Released: 1 image, 1 container and its journal, up to 182 MB.\n');
  });
  it('changes nothing for any other answer, and needs --yes where nobody can be asked', async () => {
    assert.deepEqual((await call(['history', '--forget', '1'], { typed: [''], world })).session.asked, []);
    const alone = await call(['history', '--forget', '1'], { world });
    assert.deepEqual([alone.code, alone.session.asked], [2, []]);
    assert.match(alone.stderr, /harden-tui history --forget 1 --yes/);
    assert.equal((await call(['history', '--forget', '1', '--yes'], { world })).code, 0);
  });
});

describe('history', () => {
  it('says of which run the folder is gone', async () => assert.match((await call(['history'], { world: { runs: [run({ folderGone: true })] } })).stdout, /shop {2}applied, its folder is gone {2}/));
  it('lists the runs on stdout', async () => assert.match((await call(['history'], { world: { runs: [run()] } })).stdout, /shop {2}applied/));
});

describe('demo', () => {
  const world = (log: string[], over: object = {}, docker = true) => ({
    terminal: true,
    doors: {
      system: async () => (docker ? { docker: {} } : {}) as never,
      demo: async () => ({
        listScenarios: async () => [{ name: 'shop', title: 'The shop', line: 'Five services.' }],
        prepareDemo: async (_: unknown, name: string) => {
          log.push(`prepare ${name}`);
          return { root: '/tmp/demo/shop', commands: [['docker', 'compose', 'up', '-d', '--build']], urls: [], up: async () => void log.push('up'), settled: async () => void log.push('settled'), down: async () => void log.push('down'), ...over };
        },
      }) as never,
      wizard: async (given: { readonly suggest?: (sentence: string) => string }) => {
        log.push('wizard');
        assert.match(given.suggest?.('next: harden-tui fix --risk a') ?? '', /^next: harden-tui fix \/tmp\/demo\/shop (?:--no-docker )?--risk a$/, 'where the copy lies');
        return 0;
      },
    },
  });

  it('needs a terminal', async () => assert.equal((await call(['demo', 'shop'])).code, 2));
  it('offers a menu, shows the commands, asks, and removes everything at the end', async () => {
    const log: string[] = [];
    const { code, stderr, opened } = await call(['demo'], { ...world(log), typed: ['1', 'y'] });
    assert.equal(code, 0);
    assert.deepEqual(log, ['prepare shop', 'up', 'settled', 'wizard', 'down']);
    assert.match(stderr, /Waiting until all of its programs/);
    assert.match(stderr, / 1 {2}The shop {2}\(shop\)[^]*docker compose up -d --build/);
    assert.equal(opened[0]?.root, '/tmp/demo/shop');
  });
  it('goes on with the files alone where no engine answers, or none is to be asked', async () => {
    for (const words of [['demo', 'shop'], ['demo', 'shop', '--no-docker']]) {
      const log: string[] = [];
      const { code, stderr, opened, questions } = await call(words, { ...world(log, {}, words.length === 3), typed: [''] });
      assert.equal(code, 0);
      assert.deepEqual(log, ['prepare shop', 'wizard', 'down']);
      assert.equal(opened[0]?.noDocker, true);
      assert.equal(/No Docker engine answers/.test(stderr), words.length === 2);
      assert.match(stderr, /Nothing is built or started[^]*Removed: the copy\./);
      assert.match(questions[0] ?? '', /enter goes on/);
    }
  });
  it('is left by q, in the menu and before it begins', async () => {
    const log: string[] = [];
    assert.equal((await call(['demo'], { ...world(log), typed: ['q'] })).code, 0);
    assert.deepEqual(log, []);
    assert.equal((await call(['demo', 'shop', '--no-docker'], { ...world(log), typed: ['q'] })).code, 0);
    assert.deepEqual(log, ['prepare shop', 'down']);
  });
  it('builds and starts nothing without a yes, and takes the copy away', async () => {
    const log: string[] = [];
    assert.equal((await call(['demo', 'shop'], { ...world(log), typed: [''] })).code, 0);
    assert.deepEqual(log, ['prepare shop', 'down']);
  });
  it('copies nothing when nothing is chosen', async () => {
    const log: string[] = [];
    await call(['demo'], { ...world(log), typed: [''] });
    assert.deepEqual(log, []);
  });
  it('removes what it made when it could not be started', async () => {
    const log: string[] = [];
    const { code } = await call(['demo', 'shop'], { ...world(log, { up: async () => { throw Object.assign(new Error('no space'), { code: 'ENOSPC' }); } }), typed: ['y'] });
    assert.equal(code, 2);
    assert.deepEqual(log, ['prepare shop', 'down']);
  });
});

describe('Ctrl-C', () => {
  const signalling = () => {
    const heard: ((signal: NodeJS.Signals) => void)[] = [];
    const exits: number[] = [];
    const io = { stderr: { write: () => undefined }, onSignal: (l: (s: NodeJS.Signals) => void) => (heard.push(l), () => void heard.pop()), exit: (code: number) => void exits.push(code) } as unknown as Io;
    return { io, heard, exits };
  };

  it('asks once for an end, and the second time ends', async () => {
    const { io, heard, exits } = signalling();
    const code = await interruptible(io, 'en', async (interrupt) => {
      heard[0]?.('SIGINT');
      assert.ok(interrupt.aborted);
      assert.deepEqual(exits, []);
      heard[0]?.('SIGINT');
      return 130;
    });
    assert.deepEqual([code, exits, heard.length], [130, [130], 0]);
  });
  it('gives 143 for SIGTERM, and 129 for a terminal that was closed', async () => {
    for (const [signal, code] of [['SIGTERM', 143], ['SIGHUP', 129]] as const) {
      const { io, heard } = signalling();
      assert.equal(await interruptible(io, 'en', async () => (heard[0]?.(signal), 130)), code);
    }
  });
  it('gives them also where the work ends by saying that it was stopped', async () => {
    const { io, heard } = signalling();
    const work = interruptible(io, 'en', async () => {
      heard[0]?.('SIGTERM');
      throw new Stop(same('You stopped it.'), [], 130);
    });
    await assert.rejects(work, (error) => error instanceof Stop && error.exitCode === 143);
  });
});

describe('mistakes', () => {
  const broken = (error: unknown) => ({ doors: { risks: async () => { throw error; } } });
  it('of ours are said shortly; the stack is for --verbose', async () => {
    const quiet = await call(['risks'], broken(new TypeError('x is undefined')));
    assert.equal(quiet.code, 2);
    assert.match(quiet.stderr, /a mistake of ours[^]*TypeError: x is undefined/);
    assert.doesNotMatch(quiet.stderr, /^\s+at /m);
    assert.match((await call(['risks', '--verbose'], broken(new TypeError('x')))).stderr, /^\s+at /m);
  });
  it('of the machine are told as what they are', async () => {
    assert.match((await call(['risks'], broken(Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' })))).stderr, /The disk is full/);
    assert.match((await call(['risks'], broken(Object.assign(new Error('connect ENOENT /run/docker.sock'), { code: 'ENOENT', syscall: 'connect' })))).stderr, /Docker stopped answering/);
    assert.match((await call(['risks'], broken(Object.assign(new Error('(HTTP code 500) server error - oops'), { statusCode: 500 })))).stderr, /Docker refused: \(HTTP code 500\)/);
    assert.match((await call(['risks'], broken(Object.assign(new Error('EACCES'), { code: 'EACCES', path: '/x/.env' })))).stderr, /\/x\/\.env may not be read or written/);
  });
});
