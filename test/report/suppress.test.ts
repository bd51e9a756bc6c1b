import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CONFIG, ignoreFaults, matches, suppress } from '../../source/engine/suppress.ts';
import type { Finding } from '../../source/model/finding.ts';
import { finding, machine } from '../cli/helpers/world.ts';
import { clock } from '../helpers/spent.ts';

const NOW = new Date(2026, 10, 22, 12);
const file = (path: string, text: string) => [path, { path, text, hash: '', mode: 0o644, uid: 1, gid: 1 }] as const;
const withConfig = (yaml: string) => machine({ files: new Map([file(CONFIG, yaml)]) });
const judged = (yaml: string, f: Finding = finding()) => suppress([f], withConfig(yaml), NOW)[0]?.suppressed;

describe('ignoring by .harden-tui.yaml', () => {
  it('takes risk and reason', () => assert.deepEqual(judged('ignore:\n  - {risk: root-container, reason: agreed}\n'), { reason: 'agreed' }));
  it('needs a reason', () => {
    assert.equal(judged('ignore:\n  - {risk: root-container}\n'), undefined);
    assert.match(ignoreFaults(withConfig('ignore:\n  - {risk: root-container}\n'))[0]?.why.en ?? '', /entry 1 of ignore: it gives no reason/);
  });
  it('counts again from the day after `until` on', () => {
    assert.deepEqual(judged('ignore:\n  - {risk: root-container, reason: r, until: 2026-11-22}\n'), { reason: 'r', until: '2026-11-22' });
    assert.equal(judged('ignore:\n  - {risk: root-container, reason: r, until: 2026-11-21}\n'), undefined);
  });
  it('does not take a word for a date, and says so', () => {
    const yaml = 'ignore:\n  - {risk: root-container, reason: r, until: soon}\n';
    assert.equal(judged(yaml), undefined);
    assert.match(ignoreFaults(withConfig(yaml))[0]?.why.en ?? '', /until is no date/);
  });
  it('holds for another risk as little as for another file', () => {
    assert.equal(judged('ignore:\n  - {risk: socket-mode, reason: r}\n'), undefined);
    assert.equal(judged('ignore:\n  - {risk: root-container, where: other/Dockerfile, reason: r}\n'), undefined);
    assert.ok(judged('ignore:\n  - {risk: root-container, where: Dockerfile, reason: r}\n'));
    assert.ok(judged('ignore:\n  - {risk: root-container, where: "Docker*", reason: r}\n'));
  });
  it('by a service silences a shared cause only when every service is named', () => {
    const shared = finding({ subjects: [{ kind: 'service', name: 'web' }, { kind: 'service', name: 'worker' }] });
    assert.ok(judged('ignore:\n  - {risk: root-container, where: web, reason: r}\n'));
    assert.equal(judged('ignore:\n  - {risk: root-container, where: web, reason: r}\n', shared), undefined);
    assert.ok(judged('ignore:\n  - {risk: root-container, where: web, reason: r}\n  - {risk: root-container, where: worker, reason: s}\n', shared));
  });
  it('says that a file is broken, and ignores nothing by it', () => {
    for (const yaml of ['ignore: [', 'ignore: yes', '- {', 'ignore:\n  - 5\n']) {
      assert.equal(judged(yaml), undefined);
      assert.ok(ignoreFaults(withConfig(yaml)).length > 0, yaml);
    }
    assert.deepEqual(ignoreFaults(withConfig('')), []);
    assert.deepEqual(ignoreFaults(withConfig('lang: en\n')), []);
  });
  it('gives way to a config that was named, and judges anew', () => {
    const m = withConfig('ignore:\n  - {risk: root-container, reason: r}\n');
    const first = suppress([finding()], m, NOW);
    assert.ok(first[0]?.suppressed);
    assert.equal(suppress(first, m, NOW, '')[0]?.suppressed, undefined);
  });
});

describe('ignoring by a comment', () => {
  const judgedIn = (text: string, line: number, risk = 'root-container') =>
    suppress([finding({ risk, places: [{ ...finding().places[0]!, line }] })], machine({ files: new Map([file('Dockerfile', text)]) }), NOW)[0]?.suppressed;

  it('holds on the line above, and at the end of the line', () => {
    assert.deepEqual(judgedIn('# harden-tui ignore root-container: raw sockets\nFROM x\n', 2), { reason: 'raw sockets' });
    assert.deepEqual(judgedIn('user: root  # harden-tui ignore root-container: raw sockets \r\n', 1), { reason: 'raw sockets' });
    assert.deepEqual(judgedIn('; harden-tui ignore root-container: raw sockets\nuid = 0\n', 2), { reason: 'raw sockets' });
  });
  it('does not hold further away, for another risk, or without a reason', () => {
    assert.equal(judgedIn('# harden-tui ignore root-container: r\n\nFROM x\n', 3), undefined);
    assert.equal(judgedIn('# harden-tui ignore socket-mode: r\nFROM x\n', 2), undefined);
    assert.equal(judgedIn('# harden-tui ignore root-container:\nFROM x\n', 2), undefined);
  });
});

describe('patterns', () => {
  it('have one star for a name and two for folders', () => {
    assert.ok(matches('admin/*', 'admin/uwsgi.ini'));
    assert.ok(!matches('admin/*', 'admin/conf/uwsgi.ini'));
    assert.ok(matches('admin/**', 'admin/conf/uwsgi.ini'));
    assert.ok(matches('./a.b', 'a.b') && !matches('a.b', 'axb'));
  });
  it('end in time, whatever a hostile project writes', () => {
    const spent = clock();
    matches('*a'.repeat(500), 'a'.repeat(3_000));
    matches('**a'.repeat(500), 'a'.repeat(3_000));
    assert.ok(spent() < 3_000);
  });
});
