import { counted } from './count.ts';

/** Several compose projects under one folder. */
export const projects = {
  title: 'Which project?',
  ask: (n: number) => `${n} compose projects lie in this folder. Which one is it about?`,
  counts: (services: number, running: number, findings: number) => `${counted(services, 'service')}, ${running} running, ${counted(findings, 'finding')}`,
  all: 'all of them',
  allSays: (findings: number) => counted(findings, 'finding'),
  text: 'Only what belongs to the one you choose is listed and offered for change; the others stay as they are. esc in the list comes back here.',
  highlight: 'highlight that project',
};
