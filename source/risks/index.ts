import type { Risk } from '../model/risk.ts';
import { pickleSerializer } from './pickle-serializer/index.ts';
import { privilegedPort } from './privileged-port/index.ts';
import { rootContainer } from './root-container/index.ts';
import { socketMode } from './socket-mode/index.ts';
import { uwsgiRoot } from './uwsgi-root/index.ts';

/** Every risk there is, by id. `npm run new-risk -- <id>` adds a line. */
export const RISKS: readonly Risk[] = [
  pickleSerializer,
  privilegedPort,
  rootContainer,
  socketMode,
  uwsgiRoot,
];
