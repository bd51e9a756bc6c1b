// An option that takes a container out of AppArmor. This host may have none: then the option goes, and nobody claims more.
import assert from 'node:assert/strict';
import { docker, longTest } from '../helpers/engine.ts';
import { withMade } from '../helpers/made.ts';
import { findingOf, read, said } from '../helpers/scan.ts';

const FILES = {
  'compose.yaml': 'services:\n  web:\n    build: .\n    init: true\n    security_opt:\n      - no-new-privileges:true\n      - apparmor=unconfined\n',
  'Dockerfile': 'FROM debian:bookworm-slim\nUSER 10001\nCMD ["sleep", "infinity"]\n',
};

longTest('a container without its profile, from scan to undo', (t) =>
  withMade('mac', FILES, async (made) => {
    const options = (): string[] => made.container('web')['HostConfig'].SecurityOpt as string[];
    const none = !/apparmor|selinux/.test(docker('info', '--format', '{{.SecurityOptions}}'));

    await t.test('scan names the option, and the host that has nothing', async () => {
      const { findings } = read(await made.harden('scan', '--format', 'json', '--severity', 'info'));
      const mine = findings.filter((f) => f.risk === 'no-mac-profile');
      assert.deepEqual(mine.map((f) => [f.severity, f.confidence, f.locations[0]?.line ?? 0]).sort((a, b) => Number(b[2]) - Number(a[2])), none ? [['low', 'seen', 7], ['low', 'seen', 0]] : [['low', 'seen', 7]]);
      assert.ok(mine.every((f) => f.subjects.some((s) => s.name === 'web')));
    });

    await t.test('fix takes the option away; whether a profile holds is only said where there is one', async () => {
      const told = await made.harden('fix', '--yes', '--risk', 'no-mac-profile');
      assert.equal(told.code, none ? 3 : 0, said(told));
      assert.deepEqual(options(), ['no-new-privileges:true']);
      assert.match(told.stdout, none ? /cannot tell/ : /gone/);
    });

    await t.test('undo brings it back', async () => {
      const told = await made.harden('undo', '--yes');
      assert.equal(told.code, 0, said(told));
      assert.deepEqual(options(), ['no-new-privileges:true', 'apparmor=unconfined']);
      assert.ok(findingOf(read(await made.harden('scan', '--format', 'json', '--severity', 'info')), 'no-mac-profile', 'web'));
    });
  }));
