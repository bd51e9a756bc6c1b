import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { wrap as printed } from '../../source/report/wrap.ts';
import { wrap as shown } from '../../source/tui/wrap.ts';
import { root } from '../listing.ts';

const BEGINS = /^[，。、；：？！）】》」』”’…]/u;
const ENDS = /[（【《「『“‘]$/u;
const both = [['the wizard', shown], ['what is printed', printed]] as const;

for (const [name, wrap] of both) {
  describe(`lines of ${name}`, () => {
    it('never begin with a closing mark, and never end in an opening one', () => {
      assert.deepEqual(wrap('请求里可以指定一个文件（UWSGI_FILE）。', 24), ['请求里可以指定一个文件', '（UWSGI_FILE）。']);
      assert.deepEqual(wrap('日志里写着“Permission denied”，就是它。', 12), ['日志里写着', '“Permission', 'denied”，就', '是它。']);
      assert.deepEqual(wrap('用 gunicorn“自己的”账号', 12), ['用 gunicorn', '“自己的”账号']);
      assert.deepEqual(wrap('谁能往里放消息，谁就能执行代码。', 14), ['谁能往里放消', '息，谁就能执行', '代码。']);
      assert.deepEqual(wrap('写进文件：.env 归它。', 12), ['写进文件：', '.env 归它。']);
    });
    it('hold at every width, for every page and whatever comes', () => {
      const pages = readdirSync(join(root, 'source/risks'), { withFileTypes: true }).filter((e) => e.isDirectory()).map((e) => join(root, 'source/risks', e.name, 'README.zh-CN.md'));
      const rows = pages.flatMap((page) => readFileSync(page, 'utf8').split('\n')).filter((row) => /[\u4e00-\u9fff]/.test(row));
      assert.ok(rows.length > 500);
      for (const columns of [40, 61, 76, 80]) {
        for (const row of rows) assert.deepEqual(wrap(row, columns).filter((line) => BEGINS.test(line) || ENDS.test(line)), [], `${columns}: ${row}`);
      }
      fc.assert(fc.property(fc.array(fc.constantFrom('web', '容器', '，', ' ', '（', '）', '“', '”', '。', 'a', '1', '.env', '应用/任务.py', '👍')), fc.integer({ min: 20, max: 60 }), (parts, columns) => {
        const text = parts.join('');
        const lines = wrap(text, columns);
        assert.equal(lines.join('').replaceAll(' ', ''), text.replaceAll(' ', ''));
      }));
    });
    it('have paths whole, Chinese ones, too: they go to the next line', () => {
      assert.deepEqual(wrap('最后一个构建阶段 代理/Dockerfile:1', 24), ['最后一个构建阶段', '代理/Dockerfile:1']);
      assert.deepEqual(wrap('最后一个构建阶段在 应用/代理/nginx.conf，见下', 30), ['最后一个构建阶段在', '应用/代理/nginx.conf，见下']);
      assert.deepEqual(wrap('启动/停止服务时会这样', 12), ['启动/停止服', '务时会这样']);
    });
    it('keep an option with its value', () => assert.deepEqual(wrap('容器内要用 apt 时加 -u 0', 22), ['容器内要用 apt 时加', '-u 0']));
    it('break English between words only', () => assert.deepEqual(wrap('one line more (than fits)', 12), ['one line', 'more (than', 'fits)']));
  });
}

it('what is longer than a line is cut on a screen, and whole where it may be pasted', () => {
  assert.deepEqual(shown('x abcdefghij', 6), ['x', 'abcdef', 'ghij']);
  assert.deepEqual(printed('x abcdefghij', 6), ['x', 'abcdefghij']);
});
it('colours take no room, and no mark begins a line behind one', () => {
  const line = '写着 \u001b[36mUWSGI_FILE\u001b[39m，就是它';
  assert.deepEqual(printed(line, 16), ['写着', '\u001b[36mUWSGI_FILE\u001b[39m，就是', '它']);
});
