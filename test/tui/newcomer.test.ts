// What a newcomer stumbled over on the screens, each held by a test.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Offer } from '../../source/engine/session.ts';
import { same, text } from '../../source/model/text.ts';
import { toldApart } from '../../source/tui/parts/titles.ts';
import { drive } from './drive.ts';
import { fakeFindings } from './fake-shop.ts';
import { faults, frame } from './frame.tsx';

const LONG = "root reads gunicorn's /srv/application/config/production/gunicorn.conf.py, and the app can write it";

describe('titles', () => {
  it('are cut where they are the same, not where they differ', () => {
    const titles = ["root reads the program's configuration in supervisord.conf, written by web", "root reads the program's configuration in supervisord.conf, written by worker"];
    const told = toldApart(titles, 44, '…');
    assert.notEqual(told[0], told[1]);
    assert.match(told[0]!, /^root reads the.*…/);
    assert.match(told[0]!, /by web$/);
    assert.match(told[1]!, /by worker$/);
    for (const one of told) assert.ok(one.length <= 44, one);
  });
  it('stay as they were where nothing looks like them', () => {
    assert.deepEqual(toldApart(['short', 'x'.repeat(50), 'y'.repeat(50)], 10, '…'), ['short', `${'x'.repeat(9)}…`, `${'y'.repeat(9)}…`]);
  });
  it('are told apart in wide characters, too', () => {
    const told = toldApart(['第一个服务的配置文件由应用自己改写，位置是甲', '第一个服务的配置文件由应用自己改写，位置是乙'], 24, '…');
    assert.match(told[0]!, /甲$/);
    assert.match(told[1]!, /乙$/);
  });
  it('have a short form in the list where they have no room, and a long path keeps its end', async () => {
    const sudo = { ...fakeFindings[1]!, title: text('sudo rule for deploy has an open end (supervisorctl)', 'deploy 的 sudo 规则没有封口（supervisorctl），很长很长的标题'), short: text('deploy: sudo rule with an open end', 'deploy 的 sudo 规则没有封口'), subjects: [{ kind: 'file', name: 'deploy/board.sudoers' }] } as const;
    for (const [lang, row] of [['en', /deploy: sudo rule with an open end +…\/board\.sudoers$/m], ['zh-CN', /deploy 的 sudo 规则没有封口 +…\/board\.sudoers$/m]] as const) {
      const driven = await drive({ findings: [sudo, ...fakeFindings.slice(2)] }, { lang });
      const rows = frame(await driven.keys('enter'));
      assert.deepEqual(faults(rows), []);
      assert.match(rows.map((one) => one.trimEnd()).join('\n'), row);
    }
  });
  it('stand whole on the page of a finding that row 1 has no room for', async () => {
    const driven = await drive({ findings: [{ ...fakeFindings[1]!, title: text(LONG, LONG) }, ...fakeFindings.slice(2)] });
    const rows = frame(await driven.keys('enter', 'enter'));
    assert.deepEqual(faults(rows), []);
    assert.match(rows.join(' ').replace(/\s+/g, ' '), /gunicorn\.conf\.py, and the app can write it/);
    const short = await drive();
    assert.doesNotMatch(frame(await short.keys('enter', 'j', 'j', 'j', 'enter')).slice(1).join('\n'), /uWSGI runs as root/, 'where it fits it is said once');
  });
});

describe('a way that was refused', () => {
  const way = (fix: string, more: Partial<Offer>): Offer => ({ fix, title: same(fix), price: same('p'), safety: 'review', recommended: false, diffs: [], words: same(''), ...more });
  const offers = [way('password', { refused: text('the worker speaks to it without a password', 'worker 不带密码就连它') }), way('firewall', { safety: 'by-hand' })];
  it('is named with its reason before the ways by hand are', async () => {
    const driven = await drive();
    const wizard = await driven.keys('enter');
    await driven.tell({ kind: 'offers', machine: wizard.looking.machine!, finding: 'F1', offers });
    const rows = frame(driven.store.get()).join(' ').replace(/\s+/g, ' ');
    assert.match(rows, /"password" is not possible here: the worker speaks to it without a password\. There are ways by hand/);
    assert.doesNotMatch(rows, /only ways by hand/);
    assert.match((await driven.keys('f')).notice ?? '', /is not possible here/);
  });
  it('says at the end why it is left, where it could not be chosen', async () => {
    for (const [lang, barred, byHand, open] of [
      ['en', 'left redis has no password not possible here: the worker speaks to it without a password; there are ways by hand', 'left redis has no password by hand only', 'left redis has no password not chosen'],
      ['zh-CN', '仍存在 redis 没设密码 在这里行不通：worker 不带密码就连它；可以手动处理', '仍存在 redis 没设密码 只能手动处理', '仍存在 redis 没设密码 没有选'],
    ] as const) {
      for (const [some, said] of [[offers, barred], [offers.slice(1), byHand], [[way('here', {}), ...offers], open]] as const) {
        const driven = await drive({}, { lang });
        const wizard = await driven.keys('enter', 'f', 'p', 'enter', 'y');
        await driven.tell({ kind: 'offers', machine: wizard.looking.machine!, finding: 'F5', offers: some });
        const rows = frame(driven.store.get());
        assert.deepEqual(faults(rows), []);
        assert.ok(rows.join('').replace(/\s+/g, '').includes(said.replaceAll(' ', '')), rows.join('\n'));
      }
    }
  });
});

describe('what lies outside the project', () => {
  it('is said by what it is: a bare name would read like a service', async () => {
    const driven = await drive({ besides: [{ kind: 'make-account', name: 'web' }] });
    const rows = frame(await driven.keys('enter', 'f', 'p', 'enter')).join('\n');
    assert.match(rows, /Outside.*\n.*a system account of its own, web/);
    assert.match(rows, /1 of 1 outside the project: a system account of its own, web\. May it be made\?/);
  });
});

describe('taken back', () => {
  it('says what is back in one column, and names whole what can be left out', async () => {
    const driven = await drive({ fails: 7 });
    const rows = frame(await driven.keys('enter', 'f', 'f', 'f', 'f', 'j', 'f', 'p', 'enter', ...'shop', 'enter'));
    assert.deepEqual(faults(rows), []);
    const all = rows.join('\n');
    assert.match(all, /^ Back again {8}4 files, byte for byte {6}2 images/m);
    assert.match(all, /^ Checked {11}web GET \/ 200 json, proxy GET \/ 200 html, worker running,/m);
    assert.match(all, /^ Away {14}web 3\.4 s, admin 2\.1 s/m);
    assert.match(all, /2 Leave admin out {2}keeps the fixes of web and worker, 3 of 5/);
  });
});

describe('a commit message', () => {
  it('names every risk with its proof, and what is left, and is copied with y', async () => {
    const driven = await drive();
    await driven.keys('enter', 'f', 'p', 'enter', 'y', 'm', 'y');
    const [said = ''] = driven.copied;
    assert.match(said, /^Harden shop: Celery takes pickle, redis has no password no more\n\n/);
    assert.match(said, /- gone: Celery takes pickle[^]*Seen: worker\s+itself\s+says: json/);
    assert.match(said, /- left: redis has no password/);
    assert.match(said, /5 of 5 answers as before\./);
    for (const row of said.split('\n').slice(1)) assert.ok(row.length <= 72, row);
    assert.equal(driven.name(), 'message');
  });
});
