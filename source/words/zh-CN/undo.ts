import { stamp } from '../../report/terms.ts';
import type { Words } from '../words.en.ts';

export const undo: Words['undo'] = {
  title: '撤销',
  asking: '正在查找留下的东西',
  none: '没有可以撤销的运行。',
  already: (run) => `第 ${run} 次运行已经撤销过了（可能是在另一个终端里），没有什么可还原的了。`,
  head: (run, at, project, cameTo) => `第 ${run} 次运行，${at}，${project}：${cameTo}。`,
  at: (date) => stamp(date.toISOString()),
  goes: '要还原的',
  labels: { files: '文件', images: '镜像', owners: '属主', accounts: '账号', containers: '容器', programs: '程序' },
  images: (names) => `${names}：旧镜像都留着`,
  counted: (name, files) => `${name}：${files}`,
  owner: (source) => `${source} 还给 root`,
  containers: (names, seconds) => `${names}；会中断${seconds === undefined ? '几秒' : `约 ${seconds} 秒`}`,
  yours: '其余还原之后，留给你做的',
  comesBack: '会跟着回来的',
  unsure: '无法判断：从未验证过已消除',
  edited: '之后被你改过的文件不会被覆盖：要么保留你的修改，要么说明卡在哪里。',
  ask: '要还原吗？按 y 还原，按 esc 返回。',
  running: '正在还原。会一直做完：停在半路，就成了新旧混杂。',
  wait: '会先做完再离开。再按 ctrl-c 则立即离开。',
  after: {
    labels: { back: '已还原', came: '又回来了', unsure: '无法判断', answers: '检查', away: '中断' },
    kept: '这次运行和它的方案仍留在运行记录里：harden-tui history',
  },
  answers: (same, all, told, some) => `${all} 处响应里有 ${same} 处照旧${some ? '，其中：' : '：'}${told}`,
};
