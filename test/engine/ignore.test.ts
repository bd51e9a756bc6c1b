import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { entriesFor, faultOfDate, withIgnored, withoutIgnored } from '../../source/engine/ignore.ts';
import { readIgnores, type Ignore } from '../../source/engine/suppress.ts';
import type { Finding } from '../../source/model/finding.ts';
import { fakeFindings } from '../tui/fake-shop.ts';

const entry: Ignore = { risk: 'broker-no-auth', where: 'redis', reason: 'only inside the compose network' };
const LINES = '  - risk: broker-no-auth\n    where: redis\n    reason: only inside the compose network\n';

describe('an entry of ignore is put into .harden-tui.yaml', () => {
  it('makes the file', () => assert.equal(withIgnored(undefined, [entry]).after, `ignore:\n${LINES}`));
  it('adds the list below what is there, with a newline where the file ends without one', () => {
    assert.equal(withIgnored('trust: {app-editors: app}', [entry]).after, `trust: {app-editors: app}\nignore:\n${LINES}`);
    assert.equal(withIgnored('# ours\n', [entry]).after, `# ours\nignore:\n${LINES}`);
    assert.equal(withIgnored('ignore:   # nothing yet\ntrust: {app-editors: app}\n', [entry]).after, `ignore:   # nothing yet\n${LINES}trust: {app-editors: app}\n`);
  });
  it('adds to a list in its own indentation, and leaves comments where they are', () => {
    const before = '# why\nignore:\n- risk: root-container   # for now\n  reason: "a: b"  # see the wiki\n# the end\ntrust: {app-editors: app}\n';
    assert.equal(withIgnored(before, [entry]).after, before.replace('# the end', `${LINES.replaceAll(/^ {2}/gm, '')}# the end`));
  });
  it('adds to a list in brackets', () => {
    assert.equal(withIgnored('ignore: []\n', [entry]).after, 'ignore: [{risk: "broker-no-auth", where: "redis", reason: "only inside the compose network"}]\n');
    assert.match(withIgnored('ignore: [{risk: a, reason: b}]\n', [{ ...entry, until: '2027-01-31' }]).after, /^ignore: \[\{risk: a, reason: b\}, \{.*until: 2027-01-31\}\]\n$/);
  });
  it('keeps Windows line ends', () => assert.equal(withIgnored('a: 1\r\n', [entry]).after, `a: 1\r\nignore:\r\n${LINES.replaceAll('\n', '\r\n')}`));
  it('quotes whatever YAML would read as something else', () => {
    for (const reason of ['yes', 'a: b', '# no', "it's \"fine\"", '- x', '{a}', '123', '因为：只在内网', 'a #b', '*all', '!tag', '\u2028x', 'null', ' x y ', 'a\\b', '[', '@me', '~', '.inf', '-']) {
      const { entries, faults } = readIgnores(withIgnored(undefined, [{ ...entry, reason: reason.trim() }]).after);
      assert.deepEqual([faults, entries[0]?.reason], [[], reason.trim()], reason);
    }
  });
  it('refuses a file that it can\'t add to safely', () => {
    for (const broken of ['ignore: none\n', 'ignore: {a: 1}\n', 'a: [\n', '- a\n', 'a: 1\n---\nb: 1\n', 'a: 1\n...\n', 'ignore: &all []\nb: *all\n'.replace('[]', '~'), '{a: 1}\n']) {
      assert.throws(() => withIgnored(broken, [entry]), /can't be added/, broken);
    }
  });
});

describe('and taken out again', () => {
  it('byte for byte where nobody edited since, and the file with it that was made for it', () => {
    for (const before of [undefined, 'a: 1', 'ignore: []\n', '# x\nignore:\n  - risk: a\n    reason: b\n']) {
      const written = withIgnored(before, [entry]);
      assert.deepEqual(withoutIgnored(written.after, written), { text: before });
    }
  });
  it('from between what others wrote since', () => {
    const written = withIgnored(undefined, [entry]);
    assert.deepEqual(withoutIgnored(`# new\n${written.after}`, written), { text: '# new\n' });
    assert.deepEqual(withoutIgnored(`${written.after}  - risk: a\n    reason: b\n`, written), { text: 'ignore:\n  - risk: a\n    reason: b\n' });
  });
  it('not where its lines were edited, are there twice, or are gone', () => {
    const written = withIgnored(undefined, [entry]);
    for (const now of [written.after.replace('only', 'just'), `${written.after}${LINES}`, 'a: 1\n', undefined]) assert.equal(withoutIgnored(now, written), 'changed');
  });
});

describe('what is written for a finding', () => {
  const at = (id: string): Finding => fakeFindings.find((one) => one.id === id)!;
  const now = new Date(2026, 10, 22);
  it('names the service, and says what else the lines would silence', () => {
    const { entries, also } = entriesFor(at('F5'), fakeFindings, { reason: 'x' }, now);
    assert.deepEqual([entries.map((one) => one.where), also.length], [['redis'], 0]);
  });
  it('names the file where that is one entry and silences nothing more', () => assert.deepEqual(entriesFor(at('F2'), fakeFindings, { reason: 'x' }, now).entries.map((one) => one.where), ['Dockerfile']));
  it('names each service where the file holds more of the same risk', () => {
    const others = [...fakeFindings, { ...at('F2'), id: 'F9', subjects: [{ kind: 'service' as const, name: 'admin' }] }];
    const { entries, also } = entriesFor(at('F2'), others, { reason: 'x', until: '2027-01-31' }, now);
    assert.deepEqual([entries.map((one) => `${one.where} ${one.until}`), also], [['web 2027-01-31', 'worker 2027-01-31'], []]);
  });
  it('takes only dates that are there, today and later', () => {
    assert.deepEqual(['2026-11-22', '2026-11-21', '2026-02-30', 'soon', '2027-1-1'].map((one) => faultOfDate(one, now)), [undefined, 'past', 'form', 'form', 'form']);
  });
});
