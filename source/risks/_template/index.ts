import type { Risk } from '../../model/risk.ts';
import { detect, ID } from './detect.ts';
import { byHandWay } from './fixes/by-hand-way.ts';
import { firstWay } from './fixes/first-way.ts';
import en from './README.md';
import zh from './README.zh-CN.md';

export const templateRisk: Risk = {
  id: ID,
  // At its plainest. A finding may say more or less, where it can be reached from elsewhere or only from here.
  severity: 'medium',
  // What it is seen in, for `harden-tui risks`.
  technologies: ['dockerfile', 'compose', 'container'],
  // Ids that the same risk has elsewhere, only those whose meaning is covered: `CIS-Docker-4.1`, `DL3002`.
  equivalents: [],
  readme: { en, 'zh-CN': zh },
  detect,
  // In the order of the README. The first that applies and is not by hand is recommended; `recommend` may say otherwise, with a reason.
  fixes: [firstWay, byHandWay],
};
