import type { Risk } from '../../model/risk.ts';
import { detect, ID } from './detect.ts';
import { sandboxDropIn } from './fixes/sandbox-drop-in.ts';
import en from './README.md';
import zh from './README.zh-CN.md';

export const systemdUnsandboxed: Risk = {
  id: ID,
  severity: 'low',
  technologies: ['systemd'],
  equivalents: [],
  readme: { en, 'zh-CN': zh },
  detect,
  fixes: [sandboxDropIn],
};
