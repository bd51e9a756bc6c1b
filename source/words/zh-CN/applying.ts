import type { Words } from '../words.en.ts';

export const applying: Words['applying'] = {
  title: '应用中',
  promise: '有一步失败，前面做过的就会自动还原。',
  stopping: '正在停下：等当前命令做完，就全部还原。再按 ctrl-c 则立即离开。',
  phases: {
    'vitals-before': '先问每个服务现在怎么响应', steps: '', watching: '盯着新进程', proving: '逐项取证', 'taking-back': '正在全部还原', ended: '',
  },
  goingBack: '正在还原',
  back: '已还原',
  away: (services, time) => `${services} 已中断 ${time}`,
  log: (lines) => `日志，共 ${lines} 行`,
  nothingSaid: '还没有任何输出。',
  takenBack: {
    title: '已还原',
    failed: (step, project) => `第 ${step} 步失败，已全部还原。${project} 照旧运行。`,
    worse: (project) => `检查没有通过，已全部还原。${project} 照旧运行。`,
    remains: (step) => `${step === undefined ? '检查没有通过' : `第 ${step} 步失败`}，已还原，但有情况要说明：见“说明”。`,
    changed: (project) => `已还原，但 ${project} 的响应和原来不一样，见下。`,
    stopped: (project) => `你中止了它，已全部还原。${project} 照旧运行。`,
    nothing: (project) => `什么都没有开始。${project} 照旧运行。`,
    said: '当时的输出',
    labels: { note: '说明', away: '中断', answers: '响应' },
    answers: (same, all) => `${all} 处响应里有 ${same} 处照旧`,
    ways: '接下来',
    again: '重新制定方案',
    againPrice: '会先重新查看一遍',
    without: (titles) => `不处理 ${titles}`,
    withoutPrice: (left) => `保留其余 ${left} 个`,
    stop: '到此为止',
    stopPrice: '什么都没有改',
  },
};
