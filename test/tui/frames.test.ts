import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { FileDiff } from '../../source/engine/session.ts';
import { LANGS, same, text, type Lang } from '../../source/model/text.ts';
import type { Finding } from '../../source/model/finding.ts';
import { shown, type Given, type Wizard } from '../../source/tui/wizard.ts';
import { drive, type Driven } from './drive.ts';
import type { FakeOptions } from './fake-session.ts';
import { fakeFindings } from './fake-shop.ts';
import { faults, frame } from './frame.tsx';
import { clock } from '../helpers/spent.ts';

const PLANNED = ['enter', 'f', 'f', 'f', 'f', 'j', 'f', 'p'] as const;
const APPLIED = [...PLANNED, 'enter', ...'shop', 'enter'] as const;

/** Every screen by the keys that lead to it. */
const ways: Readonly<Record<string, { readonly keys: readonly string[]; readonly options?: FakeOptions; readonly given?: Partial<Given> }>> = {
  looking: { keys: [], given: { firstTime: true } },
  findings: { keys: ['enter'] },
  'findings, low ones too': { keys: ['enter', 'l', 'G'] },
  'findings, a filter being typed': { keys: ['enter', '/', 'r', 'e', 'd'] },
  'findings, none': { keys: ['enter'], options: { findings: [] }, given: { checked: [text('A container runs as root', '容器以 root 身份运行')] } },
  'findings, low ones only': { keys: ['enter'], options: { findings: fakeFindings.slice(7) } },
  finding: { keys: ['enter', 'enter'] },
  'finding, six ways': { keys: ['enter', 'j', 'enter', 'pagedown'] },
  'finding, decided': { keys: ['enter', 'f', 'k', 'enter'] },
  'finding, no way': { keys: ['enter', 'G', 'enter'] },
  diff: { keys: ['enter', 'j', 'enter', 'd', '/', 'U', 'S', 'E', 'R', 'enter'] },
  explain: { keys: ['enter', 'enter', 'e'], given: { explain: () => text('# Pickle\n\nA pickled message is a small program.', '# Pickle\n\n一条 pickle 消息就是一段小程序。') } },
  'explain, by hand': { keys: ['enter', 'j', 'enter', '6', 'enter'] },
  plan: { keys: PLANNED },
  'plan, dropping': { keys: [...PLANNED, 'j', 'x'] },
  'plan, dropping one step': { keys: [...PLANNED, ...'jjjjjj', 'x'] },
  'plan, one step dropped': { keys: [...PLANNED, ...'jjjjjj', 'x', 'x'] },
  'plan, dry': { keys: PLANNED, given: { dryRun: true } },
  commands: { keys: [...PLANNED, 'c', 'j', 'j'] },
  confirm: { keys: [...PLANNED, 'enter', 's', 'h'] },
  'confirm, wrong': { keys: [...PLANNED, 'enter', 'x', 'enter'] },
  'confirm, y': { keys: ['enter', 'f', 'p', 'enter'] },
  'taken-back': { keys: APPLIED, options: { fails: 5 } },
  'taken-back, a check': { keys: APPLIED, options: { fails: 0 } },
  'taken-back, log': { keys: [...APPLIED, 'b'], options: { fails: 6 } },
  done: { keys: APPLIED },
  message: { keys: [...APPLIED, 'm'] },
  undo: { keys: [...APPLIED, 'u'] },
  'undo, done': { keys: [...APPLIED, 'u', 'y'] },
  help: { keys: ['enter', '?'] },
  question: { keys: ['enter'], options: { hangs: true } },
  'question, yes': { keys: ['enter', 'j'], options: { hangs: true } },
  quitting: { keys: ['enter', 'f', 'q'] },
};

async function at(name: string, lang: Lang, size = { columns: 80, rows: 24 }): Promise<Driven> {
  const { keys, options, given } = ways[name]!;
  const driven = await drive(options, { lang, ...given }, size);
  await driven.keys(...keys);
  return driven;
}

const picture = (wizard: Wizard, name: string): readonly string[] => {
  const rows = frame(wizard);
  assert.deepEqual(faults(rows, wizard.size), [], `${name}\n${rows.join('\n')}`);
  return rows;
};

describe('every screen is 24 rows of at most 80 columns', () => {
  for (const lang of LANGS) {
    for (const name of Object.keys(ways)) {
      it(`${name} (${lang})`, async () => {
        const driven = await at(name, lang);
        picture(driven.store.get(), name);
        assert.equal(driven.name(), name.split(',')[0]!.replace('quitting', 'findings'));
      });
    }
  }
});

describe('any other size', () => {
  it('is filled exactly, from 80x24 up', async () => {
    for (const size of [{ columns: 81, rows: 25 }, { columns: 120, rows: 40 }, { columns: 300, rows: 90 }]) {
      for (const name of ['looking', 'findings', 'finding, six ways', 'diff', 'plan', 'confirm', 'done', 'undo']) picture((await at(name, 'zh-CN', size)).store.get(), `${name} ${size.columns}`);
    }
  });
  it('is a calm line below that, and keys mean nothing there but ctrl-c', async () => {
    const driven = await at('confirm, y', 'en');
    const wizard = await driven.tell({ kind: 'size', columns: 60, rows: 20 });
    assert.match(frame(wizard).join(' '), /80 by 24 is needed/);
    await driven.keys('y');
    assert.ok(!driven.session.asked.includes('apply'));
    assert.equal((await driven.keys('ctrl-c')).left, 130);
  });
});

describe('a sentence on the last row', () => {
  for (const size of [{ columns: 80, rows: 24 }, { columns: 120, rows: 24 }, { columns: 160, rows: 48 }]) {
    it(`moves nothing above it (${size.columns}x${size.rows})`, async () => {
      for (const name of ['findings', 'finding']) {
        const driven = await at(name, 'en', size);
        const before = picture(driven.store.get(), name);
        const after = picture(await driven.tell({ kind: 'written', page: 'report', name: 'harden-tui-report.md' }), name);
        assert.match(after.join('\n'), /Written: harden-tui-report\.md/);
        // The rows below may give way to it; what stands on top stays.
        assert.deepEqual(after.slice(0, 9), before.slice(0, 9), name);
      }
    });
  }
});

describe('the list', () => {
  it('counts and marks decisions', async () => {
    const driven = await at('findings', 'en');
    const rows = frame(await driven.keys('f', 's', 'f'));
    assert.match(rows[5]!, /^ {3}✓ critical/);
    assert.match(rows[6]!, /^ {3}- high/);
    assert.match(rows[21]!, /^ 2 chosen, 1 skipped, 4 open/);
  });
});

describe('what every screen says', () => {
  it('is where I am, the project, and which Docker', async () => {
    const rows = frame((await at('plan', 'en')).store.get());
    assert.equal(rows[0], 'harden-tui > Plan                                    shop   docker: this machine');
  });
  it('is a remote Docker, everywhere', async () => {
    const { fakeMachine } = await import('./fake-shop.ts');
    const driven = await drive({ machine: { docker: { ...fakeMachine.docker!, remote: true, endpoint: 'ssh://staging' } } });
    assert.match(frame(await driven.keys('enter', 'enter'))[0]!, /docker: ssh:\/\/staging REMOTE$/);
  });
  it('is that there is no Docker, and goes on', async () => {
    const silent = await drive({ machine: { docker: undefined, blind: [{ what: 'Docker', why: same(''), remedy: same('') }] } });
    assert.match(frame(await silent.keys('enter'))[0]!, /docker: not running$/);
    const unasked = await drive({ machine: { docker: undefined } });
    assert.match(frame(await unasked.keys('enter'))[0]!, /docker: not asked$/);
  });
  it('promises no rehearsal where there is none', async () => {
    for (const name of Object.keys(ways)) {
      const rows = frame((await at(name, 'en')).store.get()).join('\n');
      assert.doesNotMatch(rows.replace(/no rehearsal/g, ''), /rehears/i, name);
    }
  });
  it('is plain letters where the terminal is ASCII', async () => {
    const driven = await drive({}, { ascii: true });
    const rows = frame(await driven.keys(...PLANNED));
    assert.doesNotMatch(rows.join('\n'), /[^\u0000-\u007e]/);
    assert.equal(rows[1], '-'.repeat(80));
  });
  it('is the keys that work, in the footer and on the ? page alike', async () => {
    const driven = await at('finding', 'en');
    const footer = frame(driven.store.get())[23]!;
    assert.match(footer, /^ enter choose {2}1-3 {2}d diff {2}e longer {2}s skip {2}i ignore +\? keys {2}esc back$/);
    const page = frame(await driven.keys('?')).join('\n');
    for (const key of ['enter', '1-3', 'd', 'e', 's', 'page down', 'esc']) assert.match(page, new RegExp(`^ {3}${key} `, 'm'), key);
    assert.equal(shown(await driven.keys('esc')).name, 'finding');
  });
});

describe('much of everything', () => {
  const many: readonly Finding[] = Array.from({ length: 300 }, (_, i) => ({ ...fakeFindings[i % 7]!, id: `M${i}`, title: text(`容器 number ${i} 👩‍🚀 runs as root and its name is long enough to be cut somewhere`, `第 ${i} 个容器`) }));
  const patch = `diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -0,0 +1,2000 @@\n${Array.from({ length: 2000 }, (_, i) => `+line ${i} ${'x'.repeat(i % 120)}`).join('\n')}\n`;

  it('300 findings: the highlighted one is always in sight', async () => {
    const driven = await drive({ findings: many });
    for (const keys of [['enter'], ['G'], ['k'], ['pageup'], ['g'], ['pagedown']]) {
      const rows = picture(await driven.keys(...keys), keys.join(' '));
      assert.equal(rows.filter((row) => row.startsWith(' ❯ ')).length, 1);
    }
  });
  it('a diff of 2000 lines scrolls without lag', async () => {
    const big: FileDiff = { path: 'x', patch, added: 2000, removed: 0 };
    const driven = await drive();
    await driven.keys('enter', 'enter');
    const wizard = driven.store.get();
    await driven.tell({ kind: 'offers', machine: wizard.looking.machine!, finding: 'F1', offers: [{ fix: 'a', title: text('a', 'a'), price: text('', ''), safety: 'review', recommended: true, diffs: [big], words: text('', '') }] });
    await driven.keys('d');
    assert.match(picture(await driven.keys('G'), 'end').join('\n'), /line 1999/);
    const spent = clock();
    for (let i = 0; i < 100; i++) driven.store.tell({ kind: 'key', key: 'k' });
    frame(driven.store.get());
    assert.ok(spent() < 1500, `${spent()} ms for 100 keys`);
  });
});

describe('any keys in any order', () => {
  const KEYS = ['A', 'i', 'z', 'v', 'tab', 'w', 'enter', 'esc', 'up', 'down', 'j', 'k', 'g', 'G', 'pagedown', 'pageup', 'space', 'f', 's', 'p', 'l', 'd', 'e', 'c', 'b', 'x', 'y', 'u', 'n', 'N', '/', '?', '1', '3', '9', 'backspace', 'a', '容', 'shop'];
  it('give a whole frame and never a bug', async () => {
    // A small generator of its own: the same walks on every machine.
    let seed = 7;
    const next = (n: number): number => {
      seed = (seed * 1103515245 + 12345) % 2147483648;
      return Math.floor((seed / 2147483648) * n);
    };
    const visited = new Set<string>();
    for (let run = 0; run < 12; run++) {
      const lang = LANGS[run % 2]!;
      const driven = await drive({ fails: [undefined, 4, 0][run % 3] }, { lang, ascii: run % 8 === 7 });
      const walked: string[] = [[], PLANNED, [...PLANNED, 'enter'], APPLIED][run % 4]!.slice();
      await driven.keys(...walked);
      for (let i = 0; i < 40 && driven.store.get().left === undefined; i++) {
        const key = KEYS[next(KEYS.length)]!;
        walked.push(key);
        await driven.keys(...(key === 'shop' ? [...key] : [key]));
        const wizard = driven.store.get();
        visited.add(shown(wizard).name);
        if (run % 8 !== 7) picture(wizard, `${lang}: ${walked.join(' ')}`);
      }
      assert.deepEqual(driven.broken, [], walked.join(' '));
    }
    assert.ok(visited.size >= 9, [...visited].join(' '));
  });
});
