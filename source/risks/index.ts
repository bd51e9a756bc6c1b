import type { Risk } from '../model/risk.ts';
import { privilegedPort } from './privileged-port/index.ts';
import { rootContainer } from './root-container/index.ts';

/** Every risk there is, by id. `npm run new-risk -- <id>` adds a line. */
export const RISKS: readonly Risk[] = [
  privilegedPort,
  rootContainer,
];
