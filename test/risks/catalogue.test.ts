// The rows of the catalogue that the five sources give, and those of every container scanner that are built, with the ways out that each names.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { RISKS } from '../../source/risks/index.ts';

const ROWS: Readonly<Record<string, string>> = {
  'root-container': 'numeric-user named-user existing-user step-down compose-user derive-image random-uid userns-remap',
  'privileged-port': 'high-port keep-port setcap ambient-capability socket-activation reverse-proxy redirect',
  'exposed-port': 'loopback internal-only proxy-only',
  'pickle-serializer': 'json-only drain-first signed',
  'socket-mode': 'group-socket app-socket private-directory',
  'gunicorn-root-workers': 'user-group cli-flags systemd-user supervisor-user',
  'root-reads-writable-config': 'split-owner non-root-start',
  'uwsgi-root': 'uid-gid supervisor-flags',
  'celery-root-worker': 'user',
  'supervisor-root-program': 'program-user',
  'systemd-root-service': 'user dynamic-user',
  'systemd-unsandboxed': 'sandbox-drop-in',
  'nginx-root-workers': 'worker-user',
  'root-listener': 'start-as-user',
  'shared-user': 'dedicated-user',
  'overridable-user': 'flags-win',
  'app-server-exposed': 'unix-socket loopback',
  'trust-all-proxies': 'proxy-list',
  'files-in-tmp': 'run-directory',
  'stats-exposed': 'private-stats',
  'writable-code': 'split-owner',
  'unclean-stop': 'warm-stop',
  'unsupervised-process': 'supervise unit',
  'daemonized-under-supervisor': 'foreground',
  'reload-in-service': 'explicit-restart',
  'log-files-open': 'log-mode',
  'sudoers-wildcard': 'exact-commands',
  'supervisor-open-control': 'unix-socket password',
  'broker-no-auth': 'own-user password firewall',
  'broker-no-tls': 'tls',
  'unsigned-messages': 'signed',
  'signing-key-readable': 'key-mode out-of-image absolute-path',
  'worker-egress': 'internal-network address-deny',
  'secret-in-config': 'env-file systemd-credential compose-secret build-secret',
  'no-mac-profile': 'default-profile',
  'user-unresolvable': 'create-user',
  'no-new-privileges': 'forbid-new-privileges',
  'all-capabilities': 'minimal-capabilities',
  'writable-rootfs': 'read-only',
};

/** Rows, and single ways of rows, that are not built. Each one that is has to leave this list. */
const NOT_YET: readonly string[] = [];

describe('the catalogue', () => {
  for (const [id, row] of Object.entries(ROWS)) {
    const fixes = RISKS.find((r) => r.id === id)?.fixes.map((f) => f.id);
    it(`has ${id} with the ways out of its row`, () => {
      if (NOT_YET.includes(id)) assert.equal(fixes, undefined, `${id} is there: take it off the list`);
      else assert.deepEqual(row.split(' ').filter((f) => !NOT_YET.includes(`${id} ${f}`) && !fixes?.includes(f)), []);
    });
  }
});
