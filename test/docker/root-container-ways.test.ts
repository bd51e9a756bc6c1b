// The other ways out of a container as root, each on an app that writes to its image, a volume and a folder of the developer's.
import assert from 'node:assert/strict';
import { chownSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { docker, engineTest, longTest } from '../helpers/engine.ts';
import { fixHolds } from '../helpers/loop.ts';
import { untilItAnswers } from '../helpers/requests.ts';
import { findingOf, read, said } from '../helpers/scan.ts';
import { withScenario, type Project } from '../helpers/scenario.ts';
import { treeOf } from '../helpers/tree.ts';

const only = (fix: string): string[] => ['--risk', 'root-container', '--fix', `root-container=${fix}`];

/** Makes one file of the copy another one, before it is built. */
function rewrite(root: string, file: string, change: (text: string) => string): void {
  const at = path.join(root, file);
  const text = readFileSync(at, 'utf8');
  const after = change(text);
  assert.notEqual(after, text, `${file} stayed as it was`);
  writeFileSync(at, after);
}

const uidsOf = (project: Project): number[] => [...new Set(project.processes('web').map((p) => p.uid))];

/** The root project's own line that makes the folders: what comes behind it is the last RUN. */
const FOLDERS = 'RUN mkdir -p data logs uploads\n';

engineTest('an account that the Dockerfile makes and never uses gets a number, and the app', (t) =>
  withScenario(t, 'root-container', { before: ({ root }) => rewrite(root, 'Dockerfile', (text) => text.replace(FOLDERS, `${FOLDERS}RUN useradd -m hut\n`)) }, async (project) => {
    await fixHolds(t, project, {
      repository: 'none',
      words: only('existing-user'),
      facts: async () => {
        assert.deepEqual(uidsOf(project), [10001]);
        assert.match(readFileSync(path.join(project.root, 'Dockerfile'), 'utf8'), /useradd -u 10001 -m hut/);
        // Asked as the app itself: the number has a name, a group and a home.
        assert.equal((await project.exec('web', ['id'])).stdout.trim(), 'uid=10001(hut) gid=10001(hut) groups=10001(hut)');
        assert.equal((await project.exec('web', ['sh', '-c', 'echo $HOME; test -w $HOME && echo mine'])).stdout.trim(), '/home/hut\nmine');
      },
    });
  }));

longTest('by the group 0, any number that a platform gives may write, and is nobody here', (t) =>
  withScenario(t, 'root-container', {}, async (project) => {
    await fixHolds(t, project, {
      repository: 'none',
      words: only('random-uid'),
      facts: async () => {
        assert.deepEqual(uidsOf(project), [10001]);
        assert.equal((await project.exec('web', ['id'])).stdout.trim(), 'uid=10001 gid=0(root) groups=0(root)');
        for (const file of ['book.py', '/etc/passwd', '/app']) assert.equal((await project.exec('web', ['test', '-w', file])).code, 1, `the app may write ${file}`);
        const any = `${project.name}-any`;
        docker('run', '-d', '--name', any, '--user', '1234567:0', '-v', `${any}:/app/data`, `${project.name}-web`);
        try {
          const answer = docker('exec', any, 'curl', '-sS', '--retry', '20', '--retry-delay', '1', '--retry-connrefused', '-o', '/dev/null', '-w', '%{http_code}', '--data', 'From any number', 'http://127.0.0.1:8000/note');
          assert.equal(answer, '201');
          assert.equal(docker('exec', any, 'find', '/app/data', '/app/logs', '-type', 'f', '-printf', '%U:%G\n').split('\n').every((owner) => owner === '1234567:0'), true);
          assert.match(docker('exec', any, 'sh', '-c', 'grep -h CapEff /proc/1/status'), /0{16}/);
        } finally {
          docker('rm', '-fv', any);
          docker('volume', 'rm', any);
        }
      },
    });
  }));

longTest("the developer's own number goes into an override file, and is gone with it", (t) =>
  withScenario(t, 'root-container', { before: ({ root }) => { mkdirSync(path.join(root, 'uploads'), { recursive: true }); chownSync(path.join(root, 'uploads'), 1000, 1000); } }, async (project) => {
    const override = path.join(project.root, 'compose.override.yaml');
    await fixHolds(t, project, {
      repository: 'none',
      words: ['--risk', 'root-container'],
      facts: async () => {
        assert.equal(readFileSync(override, 'utf8'), 'services:\n  web:\n    user: "1000:1000"\n');
        assert.doesNotMatch(readFileSync(path.join(project.root, 'compose.yaml'), 'utf8'), /user:/);
        assert.deepEqual(uidsOf(project), [1000]);
        assert.match(project.container('web')['Config'].Labels['com.docker.compose.project.config_files'], /compose\.override\.yaml$/);
        // Compose, started as everybody starts it, finds nothing to change.
        await project.compose('up', '-d', '--no-build');
        assert.deepEqual(uidsOf(project), [1000]);
      },
      back: async () => {
        assert.ok(!existsSync(override));
        assert.deepEqual(uidsOf(project), [0]);
      },
    });
  }));

longTest('where a base has no tool to make accounts with, two lines make one', async (t) => {
  const base = `ht-${process.pid}/ubi9-minimal`;
  docker('tag', 'debian:bookworm-slim', base);
  t.after(() => docker('rmi', base));
  await withScenario(t, 'root-container', { start: false, before: ({ root }) => rewrite(root, 'Dockerfile', (text) => text.replace('debian:bookworm-slim', base)) }, async (project) => {
    const told = await project.harden('fix', '--yes', '--files-only', ...only('named-user'));
    assert.equal(told.code, 0, said(told));
    assert.match(readFileSync(path.join(project.root, 'Dockerfile'), 'utf8'), /echo 'app:x:10001:10001::\/app:\/sbin\/nologin' >> \/etc\/passwd/);
    await project.compose('build');
    const answer = docker('run', '--rm', `${project.name}-web`, 'sh', '-c', 'id; echo $HOME; test -w logs && echo writes');
    assert.deepEqual(answer.split('\n'), ['uid=10001(app) gid=10001(app) groups=10001(app)', '/app', 'writes']);
  });
});

/** A static program on an image with nothing else: no accounts, no shell for RUN, no chown. */
const SCRATCH = `FROM debian:bookworm-slim AS build
RUN apt-get update && apt-get install -y --no-install-recommends busybox-static && rm -rf /var/lib/apt/lists/*

FROM scratch
COPY --from=build /bin/busybox /busybox
ENTRYPOINT ["/busybox", "sh", "-c"]
CMD ["while echo a tremor >> /records/log; do /busybox sleep 1; done"]
`;

longTest('an image without a shell gets its folder from an earlier stage', (t) =>
  withScenario(t, 'root-container', { start: false }, async (project) => {
    writeFileSync(path.join(project.root, 'Dockerfile'), `${SCRATCH}LABEL test=${project.name}\n`);
    writeFileSync(path.join(project.root, 'compose.yaml'), 'services:\n  web:\n    build: .\n    volumes:\n      - records:/records\n\nvolumes:\n  records:\n');
    await project.compose('up', '-d', '--build');
    const log = (): string => docker('run', '--rm', '-v', `${project.name}_records:/v`, 'debian:bookworm-slim', 'stat', '-c', '%u:%g', '/v', '/v/log');
    assert.deepEqual(uidsOf(project), [0]);
    const told = await project.harden('fix', '--yes', ...only('numeric-user'));
    assert.equal(told.code, 0, said(told));
    assert.deepEqual(uidsOf(project), [10001]);
    assert.equal(log(), '10001:10001\n10001:10001');
    // A volume that is new takes the owner from the image's folder.
    const fresh = `${project.name}-fresh`;
    try {
      docker('run', '-d', '--name', fresh, '-v', `${fresh}:/records`, `${project.name}-web`);
      assert.equal(docker('run', '--rm', '-v', `${fresh}:/v`, 'debian:bookworm-slim', 'stat', '-c', '%u:%g', '/v', '/v/log'), '10001:10001\n10001:10001');
    } finally {
      docker('rm', '-fv', fresh);
      docker('volume', 'rm', fresh);
    }
    const undone = await project.harden('undo', '--yes');
    assert.equal(undone.code, 0, said(undone));
    assert.deepEqual(uidsOf(project), [0]);
    assert.equal(log(), '0:0\n0:0');
  }));

engineTest('a pulled image that writes inside itself is built upon, and pulled again by undo', (t) =>
  withScenario(t, 'root-container', { start: false }, async (project) => {
    const pulled = `${project.name}/hut:5`;
    docker('build', '-q', '-t', pulled, project.root);
    for (const file of ['Dockerfile', 'book.py']) rmSync(path.join(project.root, file));
    rewrite(project.root, 'compose.yaml', (text) => text.replace('build: .', `image: ${pulled} # theirs`));
    await project.compose('up', '-d');
    await untilItAnswers(project.scenario.answers);
    for (const { service, command } of project.scenario.seed) await project.compose('exec', '-T', service, ...command);
    const before = { files: Object.keys(treeOf(project.root)).filter((f) => !f.startsWith('uploads/')), compose: readFileSync(path.join(project.root, 'compose.yaml'), 'utf8'), image: project.container('web')['Image'] as string };

    await t.test('scan sees it, and compose alone would not do', async () => {
      const found = findingOf(read(await project.harden('scan', '--format', 'json')), 'root-container', 'web');
      assert.equal(found?.confidence, 'seen');
      assert.equal(found?.fixes.find((f) => f.recommended)?.id, 'derive-image');
    });

    await t.test('fix --yes builds upon it', async () => {
      const told = await project.harden('fix', '--yes', ...only('derive-image'));
      assert.equal(told.code, 0, said(told));
      assert.deepEqual(uidsOf(project), [10001]);
      assert.equal(readFileSync(path.join(project.root, 'compose.yaml'), 'utf8'), before.compose.replace(`image: ${pulled}`, 'build: ./web'));
      assert.match(readFileSync(path.join(project.root, 'web/Dockerfile'), 'utf8'), new RegExp(`FROM ${pulled}\nRUN mkdir -p .*/app/logs.*\nUSER 10001:10001\n`));
      // The pulled image keeps its name; what was built has one of its own.
      assert.equal(docker('image', 'inspect', '-f', '{{.Id}}', pulled), before.image);
      assert.notEqual(project.container('web')['Image'], before.image);
      await project.answersAsBefore();
    });

    await t.test('undo --yes puts everything back', async () => {
      const undone = await project.harden('undo', '--yes');
      assert.equal(undone.code, 0, said(undone));
      assert.deepEqual(Object.keys(treeOf(project.root)).filter((f) => !f.startsWith('uploads/')), before.files);
      assert.equal(readFileSync(path.join(project.root, 'compose.yaml'), 'utf8'), before.compose);
      assert.equal(project.container('web')['Image'], before.image);
      assert.deepEqual(uidsOf(project), [0]);
      await project.answersAsBefore();
      assert.deepEqual(await project.keptImages(), []);
    });
  }));

engineTest('a patch that forgot the volume is seen, and the one step that is missing made', (t) =>
  withScenario(t, 'root-container', {}, async (project) => {
    const note = async (): Promise<number> => (await project.post(`${new URL(project.url).origin}/note`, 'One more line')).status;
    assert.equal(await note(), 201);
    // As somebody does by hand who has read the diff and not the plan.
    rewrite(project.root, 'Dockerfile', (text) => text.replace('EXPOSE', 'RUN chown 10001:10001 data logs\nUSER 10001:10001\nEXPOSE'));
    chownSync(path.join(project.root, 'uploads'), 10001, 10001);
    await project.compose('up', '-d', '--build');
    await untilItAnswers(project.scenario.answers.slice(0, 1));
    assert.equal((await project.get()).status, 200, 'pages look fine');
    assert.equal(await note(), 500);

    const found = findingOf(read(await project.harden('scan', '--format', 'json')), 'root-container', 'web');
    assert.match(found?.title ?? '', /may not write its volume/);
    assert.equal(found?.severity, 'medium');

    const image = project.container('web')['Image'];
    const told = await project.harden('fix', '--yes', '--risk', 'root-container');
    assert.equal(told.code, 0, said(told));
    assert.equal(await note(), 201);
    assert.equal(project.container('web')['Image'], image, 'nothing had to be built');
    const after = findingOf(read(await project.harden('scan', '--format', 'json')), 'root-container', 'web');
    assert.equal(after, undefined);

    const undone = await project.harden('undo', '--yes');
    assert.equal(undone.code, 0, said(undone));
    assert.equal(await note(), 500);
  }));
