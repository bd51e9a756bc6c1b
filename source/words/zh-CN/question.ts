import type { Words } from '../words.en.ts';

export const question: Words['question'] = {
  title: '一个提问',
  ask: '能修改应用文件的人，可以当作本机的 root 来信任吗？',
  why: '文件里看不出答案，而问题有多严重取决于它：',
  hangs: (title, severity) => `${title}（不可信：${severity}；可信：低）`,
  no: '不可信',
  noPrice: '只信任到应用为止：应用有漏洞，也不能变成 root',
  yes: '可信',
  yesPrice: '他们本来就有 root 权限，不会因此多得到什么',
  later: '以后再说',
  laterPrice: '先按不可信处理，下次再问',
  kept: '只问一次。答案只为这个项目、这个用户保存，不写进项目的文件。',
  line: '要让一起做这个项目的人都有答案，就在 .harden-tui.yaml 里写：',
};
