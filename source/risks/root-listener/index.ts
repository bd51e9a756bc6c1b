import { refuse, type Risk } from '../../model/risk.ts';
import { text } from '../../model/text.ts';
import { detect, ID } from './detect.ts';
import en from './README.md';
import zh from './README.zh-CN.md';

export const rootListener: Risk = {
  id: ID,
  severity: 'medium',
  technologies: ['process'],
  equivalents: [],
  readme: { en, 'zh-CN': zh },
  detect,
  // What a terminal started has no file to change: the words say how to start it as somebody else, or as a unit.
  fixes: [{ id: 'start-as-user', safety: 'by-hand', proven: false, propose: () => refuse(text('by hand: it was started in a terminal', '手动处理：它是在终端里启动的')) }],
};
