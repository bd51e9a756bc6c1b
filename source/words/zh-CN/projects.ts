import type { Words } from '../words.en.ts';

export const projects: Words['projects'] = {
  title: '选哪个项目？',
  ask: (n) => `这个目录里有 ${n} 个 compose 项目。要看哪一个？`,
  counts: (services, running, findings) => `${services} 个服务，${running} 个在运行，${findings} 个问题`,
  all: '全部一起看',
  allSays: (findings) => `${findings} 个问题`,
  text: '只列出你选的项目里的问题，也只对它提出改动；其他项目保持原样。在列表里按 esc 会回到这里。',
  highlight: '移到对应的项目',
};
