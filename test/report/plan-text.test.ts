import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { same, text } from '../../source/model/text.ts';
import { planText } from '../../source/report/plan-text.ts';
import { finding, plan } from '../cli/helpers/world.ts';

const made = plan([{ finding: 'aaaaaaaaaaaa', risk: 'root-container', fix: 'numeric-user' }], [finding()]);
const page = (fresh: typeof made.foreseen.fresh, lang: 'en' | 'zh-CN' = 'en'): string =>
  planText({ ...made, foreseen: { ...made.foreseen, fresh } }, [], { lang, columns: 100, tell: (s) => same(s.change.kind) });

describe('the text of a plan', () => {
  it('says what it would bring in, the worst first, each with its severity', () => {
    assert.match(page([]), /Foreseen: 1 gone, 0 left, nothing new\.\n/);
    const fresh = [{ severity: 'low', title: text('web is loud', 'web 很吵') }, { severity: 'high', title: text('web runs as root', 'web 以 root 身份运行') }] as const;
    assert.match(page(fresh), /Foreseen: 1 gone, 0 left, 2 NEW\.\n *NEW, high: web runs as root, from the files as they will be\n *NEW, low: web is loud/);
    assert.match(page(fresh, 'zh-CN'), /新增 2 个。\n *新增，高：web 以 root 身份运行（依据修改后的文件）/);
  });
});
