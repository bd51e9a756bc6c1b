export { copyScenario, type Copy, type CopyOptions } from './copy.ts';
export { prepareDemo, type Demo, type DemoOptions } from './prepare.ts';
export { listScenarios, type Story } from './stories.ts';
export type { Answer, Scenario } from './scenario.ts';
