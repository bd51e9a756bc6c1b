import type { Risk } from '../model/risk.ts';
import { allCapabilities } from './all-capabilities/index.ts';
import { appServerExposed } from './app-server-exposed/index.ts';
import { brokerNoAuth } from './broker-no-auth/index.ts';
import { brokerNoTls } from './broker-no-tls/index.ts';
import { celeryRootWorker } from './celery-root-worker/index.ts';
import { daemonizedUnderSupervisor } from './daemonized-under-supervisor/index.ts';
import { exposedPort } from './exposed-port/index.ts';
import { filesInTmp } from './files-in-tmp/index.ts';
import { gunicornRootWorkers } from './gunicorn-root-workers/index.ts';
import { logFilesOpen } from './log-files-open/index.ts';
import { nginxRootWorkers } from './nginx-root-workers/index.ts';
import { noMacProfile } from './no-mac-profile/index.ts';
import { noNewPrivileges } from './no-new-privileges/index.ts';
import { overridableUser } from './overridable-user/index.ts';
import { pickleSerializer } from './pickle-serializer/index.ts';
import { privilegedPort } from './privileged-port/index.ts';
import { reloadInService } from './reload-in-service/index.ts';
import { rootContainer } from './root-container/index.ts';
import { rootListener } from './root-listener/index.ts';
import { rootReadsWritableConfig } from './root-reads-writable-config/index.ts';
import { secretInConfig } from './secret-in-config/index.ts';
import { sharedUser } from './shared-user/index.ts';
import { signingKeyReadable } from './signing-key-readable/index.ts';
import { socketMode } from './socket-mode/index.ts';
import { statsExposed } from './stats-exposed/index.ts';
import { sudoersWildcard } from './sudoers-wildcard/index.ts';
import { supervisorOpenControl } from './supervisor-open-control/index.ts';
import { supervisorRootProgram } from './supervisor-root-program/index.ts';
import { systemdRootService } from './systemd-root-service/index.ts';
import { systemdUnsandboxed } from './systemd-unsandboxed/index.ts';
import { trustAllProxies } from './trust-all-proxies/index.ts';
import { uncleanStop } from './unclean-stop/index.ts';
import { unsignedMessages } from './unsigned-messages/index.ts';
import { unsupervisedProcess } from './unsupervised-process/index.ts';
import { userUnresolvable } from './user-unresolvable/index.ts';
import { uwsgiRoot } from './uwsgi-root/index.ts';
import { workerEgress } from './worker-egress/index.ts';
import { writableCode } from './writable-code/index.ts';
import { writableRootfs } from './writable-rootfs/index.ts';

/** Every risk there is, by id. `npm run new-risk -- <id>` adds a line. */
export const RISKS: readonly Risk[] = [
  allCapabilities,
  appServerExposed,
  brokerNoAuth,
  brokerNoTls,
  celeryRootWorker,
  daemonizedUnderSupervisor,
  exposedPort,
  filesInTmp,
  gunicornRootWorkers,
  logFilesOpen,
  nginxRootWorkers,
  noMacProfile,
  noNewPrivileges,
  overridableUser,
  pickleSerializer,
  privilegedPort,
  reloadInService,
  rootContainer,
  rootListener,
  rootReadsWritableConfig,
  secretInConfig,
  sharedUser,
  signingKeyReadable,
  socketMode,
  statsExposed,
  sudoersWildcard,
  supervisorOpenControl,
  supervisorRootProgram,
  systemdRootService,
  systemdUnsandboxed,
  trustAllProxies,
  uncleanStop,
  unsignedMessages,
  unsupervisedProcess,
  userUnresolvable,
  uwsgiRoot,
  workerEgress,
  writableCode,
  writableRootfs,
];
