// The whole walk once more in Chinese: the pictures of the Chinese tutorial are its screens.
import assert from 'node:assert/strict';
import path from 'node:path';
import { longTest } from '../helpers/engine.ts';
import { putBack, standingNow } from '../helpers/loop.ts';
import { root } from '../listing.ts';
import { picture } from '../helpers/pictures.ts';
import { withScenario } from '../helpers/scenario.ts';
import { terminal } from '../helpers/tmux.ts';

longTest('the wizard in Chinese, from the first screen to undo', (t) =>
  withScenario(t, 'root-container', {}, async (project) => {
    const before = standingNow(project);
    const at = terminal(t, project.root, [process.execPath, path.join(root, 'bin/harden-tui.js')], { XDG_STATE_HOME: project.state, LC_ALL: 'zh_CN.UTF-8', TERM: 'xterm-256color' });
    const drawn = (name: string, title: string): Promise<void> => picture(at, `${name}.zh-CN`, title, { name: project.name, called: 'root-container' });

    await at.until(/第一次用/);
    await at.press('Enter');
    await at.until(/为什么它排第一[^]*推荐/);
    await drawn('findings', '问题列表，最严重的在前；下面说明高亮的这一个为什么要紧');
    await at.press('Enter');
    await at.until(/❯ \d \S+.*推荐/);
    await drawn('finding', '一个问题：看到了什么、由哪一行决定、有哪些处理办法和代价');
    await at.press('Enter');
    await at.until(/已选 1 个/);
    await at.press('p');
    await at.until(/预计/);
    await drawn('plan', '方案：每个文件、每条命令，什么都还没做');
    await at.press('Enter');
    await at.until(/通过：/, 240);
    await drawn('rehearsal', '预演：整个项目两份，一份照现状，一份按方案，哪些不变');
    assert.deepEqual(standingNow(project), before, 'a rehearsal left something behind, or touched something');
    await at.press('a');
    await at.until(/输入项目名/);
    await at.type(project.name);
    await at.press('Enter');
    await at.until(/已消除\s+web/, 120);
    await at.until(/harden-tui\.js undo/);
    await drawn('done', '完成：问题已消除，在新进程上看到，其他一切照常');
    assert.deepEqual([...new Set(project.processes('web').map((p) => p.uid))], [10001]);
    await at.press('u');
    await at.until(/会回来的|撤销/);
    await drawn('undo', '撤销：会还原什么，什么会随之回来');
    await at.press('y');
    await at.until(/已撤销/, 90);
    putBack(project, before);
    await at.press('q');
    await at.until(/ended with 0/);
  }), { timeout: 12 * 60_000 });
