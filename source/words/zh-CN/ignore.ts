import type { Words } from '../words.en.ts';

export const ignore: Words['ignore'] = {
  title: '忽略',
  promise: '它保持原样，在这里和 scan 里都不再计入。理由写在项目里，一起做这个项目的人都看得到。写了日期的话，过了那天会重新计入。',
  labels: { reason: '理由', until: '截止' },
  hints: { reason: '为什么可以保持原样', until: '日期，例如 2027-01-31；留空表示一直有效' },
  writes: '按回车会写入：',
  dry: '会写入的内容（试运行不写入）：',
  also: '一并忽略',
  noReason: '要写理由：以后看到的人只能靠它判断。',
  dates: { form: '日期要写成 2027-01-31 这样，或者留空。', past: '那天已经过去了。' },
  changed: '.harden-tui.yaml 里的这几行后来被改过，所以保持原样。',
};
