// Places that are neither root's nor a new number's: a package made an account, and a folder for it that is closed to everybody else.
import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { docker, longTest, unique } from '../helpers/engine.ts';
import { withMade, type Made } from '../helpers/made.ts';
import { until } from '../helpers/requests.ts';
import { said } from '../helpers/scan.ts';

const REDIS = 'FROM debian:bookworm-slim\nRUN apt-get update && apt-get install -y --no-install-recommends redis-server && rm -rf /var/lib/apt/lists/*\n';
const COMMAND = ['redis-server', '--dir', '/var/lib/redis', '--appendonly', 'yes', '--appendfsync', 'always', '--save', '3600 1'];
const VOLUME = 'services:\n  store:\n    SOURCE\n    volumes:\n      - kept:/var/lib/redis\nvolumes:\n  kept:\n';

const asked = async (made: Made, ...words: string[]): Promise<string> => (await made.exec('store', ['redis-cli', ...words])).stdout.trim();
const answers = (made: Made): Promise<unknown> => until('redis answers', async () => (await asked(made, 'ping')) === 'PONG');
const uids = (made: Made): readonly number[] => [...new Set(made.processes('store').map((p) => p.uid))];
/** Everything in a volume by its owner and mode, as the engine has it. */
const lies = (volume: string): string => docker('run', '--rm', '-v', `${volume}:/v`, 'debian:bookworm-slim', 'sh', '-c', 'cd /v && find . -printf "%P %U:%G %m\\n" | sort');

/** Applied, it is 100:101 with the data of before; undone, everything is whose it was. */
async function becomesRedis(made: Made, words: readonly string[]): Promise<void> {
  await answers(made);
  assert.equal(await asked(made, 'set', 'before', 'kept'), 'OK');
  assert.equal(await asked(made, 'save'), 'OK');
  assert.deepEqual(uids(made), [0]);
  const volume = `${made.name}_kept`;
  const before = lies(volume);
  assert.match(before, /^100:101 750\n/);
  assert.match(before, /dump\.rdb 0:0 /);

  const fixed = await made.harden('fix', '--yes', '--rehearse', '--risk', 'root-container', ...words);
  assert.equal(fixed.code, 0, said(fixed));
  assert.deepEqual(uids(made), [100]);
  assert.match((await made.exec('store', ['cat', '/proc/1/status'])).stdout, /^Gid:\s+101\b/m);
  await answers(made);
  assert.equal(await asked(made, 'get', 'before'), 'kept');
  assert.equal(await asked(made, 'set', 'after', 'too'), 'OK');
  // A new file takes the old one's place: what the journal names is not the same file any more, and one is gone.
  assert.equal(await asked(made, 'save'), 'OK');
  assert.doesNotMatch(lies(volume), / 0:0 /);
  docker('run', '--rm', '-v', `${volume}:/v`, 'debian:bookworm-slim', 'rm', '/v/dump.rdb');

  const back = await made.harden('undo', '--yes');
  assert.equal(back.code, 0, said(back));
  await answers(made);
  assert.deepEqual(uids(made), [0]);
  assert.equal(await asked(made, 'get', 'before'), 'kept');
  assert.equal(await asked(made, 'get', 'after'), 'too');
  const now = lies(volume);
  const left = before.split('\n').filter((row) => !/dump\.rdb/.test(row) && now.includes(row.split(' ')[0]!));
  for (const row of left) assert.ok(now.split('\n').includes(row), `${row} is not as it was:\n${now}`);
}

longTest("redis of Debian's package becomes the account that the package made, and its data stays", (t) =>
  withMade('ht-redis', { Dockerfile: `${REDIS}CMD ${JSON.stringify(COMMAND)}\n`, 'compose.yaml': VOLUME.replace('SOURCE', 'build: .') }, async (made) => {
    await t.test('the finding says whose the folder is', async () => {
      await answers(made);
      const told = await made.harden('scan', '--format', 'json');
      const finding = JSON.parse(told.stdout).findings.find((f: { risk: string }) => f.risk === 'root-container');
      assert.ok(finding.evidence.some((line: string) => line === "/var/lib/redis belongs to 100:101, the image's own account redis."), JSON.stringify(finding.evidence));
      assert.equal(finding.fixes.find((f: { recommended: boolean }) => f.recommended).id, 'existing-user');
    });
    await t.test('in the image', () => becomesRedis(made, []));
  }), { timeout: 10 * 60_000 });

longTest('so does a pulled image, by user: in compose alone', async () => {
  const image = unique('ht-store');
  try {
    await withMade('ht-pulled', { Dockerfile: `${REDIS}CMD ${JSON.stringify(COMMAND)}\n`, 'compose.yaml': VOLUME.replace('SOURCE', `image: ${image}`) }, async (made) => {
      docker('build', '-q', '-t', image, made.root);
      rmSync(path.join(made.root, 'Dockerfile'));
      await made.compose('up', '-d');
      await becomesRedis(made, []);
    }, { start: false });
  } finally {
    docker('rmi', '-f', image);
  }
}, { timeout: 10 * 60_000 });

longTest("volumes of two accounts change hands whole, and go back to each", () =>
  withMade('ht-two', {
    Dockerfile: `FROM debian:bookworm-slim\nRUN useradd -r -u 100 -M keeper && install -d -o 100 -g 100 -m 750 /srv/kept && install -d -o www-data -g www-data -m 750 /srv/letters && echo x > /srv/kept/theirs && chown 100:100 /srv/kept/theirs\nCOPY desk.sh /desk.sh\nCMD ["sh", "/desk.sh"]\n`,
    'desk.sh': 'set -e\nwhile :; do date > /srv/kept/now; date > /srv/letters/now; sleep 1; done\n',
    'compose.yaml': 'services:\n  store:\n    build: .\n    init: true\n    volumes:\n      - kept:/srv/kept\n      - letters:/srv/letters\nvolumes:\n  kept:\n  letters:\n',
  }, async (made) => {
    const volumes = ['kept', 'letters'].map((name) => `${made.name}_${name}`);
    await until('it has written', async () => volumes.every((v) => /now 0:0/.test(lies(v))));
    const before = volumes.map(lies);
    const fixed = await made.harden('fix', '--yes', '--risk', 'root-container');
    assert.equal(fixed.code, 0, said(fixed));
    assert.deepEqual(uids(made), [10001]);
    for (const v of volumes) assert.doesNotMatch(lies(v), / (?:0:0|100:100|33:33) /);
    const back = await made.harden('undo', '--yes');
    assert.equal(back.code, 0, said(back));
    await until('it writes as root again', async () => uids(made).includes(0));
    assert.deepEqual(volumes.map(lies), before);
  }), { timeout: 10 * 60_000 });
