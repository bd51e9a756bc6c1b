// Passwords in compose.yaml and in a build argument, moved to where git and images do not take them.
import assert from 'node:assert/strict';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe } from 'node:test';
import { docker, engineTest, longTest } from '../helpers/engine.ts';
import { inspect } from '../helpers/inspected.ts';
import { findingOf, read, said } from '../helpers/scan.ts';
import { withScenario, type Project } from '../helpers/scenario.ts';
import { treeOf } from '../helpers/tree.ts';

const VALUE = 'correct-horse-battery';
const RISK = ['--risk', 'secret-in-config'];

function edit(root: string, file: string, from: string | RegExp, to: string): void {
  const at = path.join(root, file);
  const before = readFileSync(at, 'utf8');
  const after = before.replace(from, () => to);
  assert.notEqual(after, before, `${file} has no ${String(from)}`);
  writeFileSync(at, after);
}

const text = (project: Project, file: string): string => readFileSync(path.join(project.root, file), 'utf8');
const web = (project: Project): Record<string, any> => project.container('web');
const environment = (project: Project): readonly string[] => web(project)['Config'].Env as string[];

/** What gunicorn itself has, from the kernel. */
const ofGunicorn = (project: Project): string => {
  const [first] = project.processes('web');
  return readFileSync(`/proc/${first!.pid}/environ`, 'utf8');
};

/** Nobody who reads what it prints has the value. */
async function staysUnsaid(project: Project): Promise<void> {
  for (const words of [['scan'], ['scan', '--format', 'json'], ['scan', '--format', 'sarif'], ['fix', ...RISK], ['fix', ...RISK, '--format', 'json']]) {
    const told = await project.harden(...words);
    assert.ok(!(told.stdout + told.stderr).includes(VALUE), words.join(' '));
    assert.ok([0, 1].includes(told.code), said(told));
  }
  assert.match((await project.harden('fix', ...RISK)).stderr, /withheld/);
  assert.match((await project.harden('fix', ...RISK, '--show-secrets')).stdout, new RegExp(VALUE));
}

async function found(project: Project): Promise<unknown> {
  const scan = await project.harden('scan', '--format', 'json');
  const one = findingOf(read(scan), 'secret-in-config', 'web');
  return one && [one.severity, one.confidence, one.locations[0]?.file];
}

async function fixed(project: Project, fix: string): Promise<void> {
  const told = await project.harden('fix', '--yes', ...RISK, '--fix', `secret-in-config=${fix}`);
  assert.equal(told.code, 0, said(told));
  assert.ok(!(told.stdout + told.stderr).includes(VALUE), 'it was printed');
  await project.answersAsBefore();
  assert.equal(await found(project), undefined);
}

async function undone(project: Project, before: Record<string, string>): Promise<void> {
  const told = await project.harden('undo', '--yes');
  assert.equal(told.code, 0, said(told));
  const now = treeOf(project.root);
  for (const file of Object.keys(before)) assert.equal(now[file], before[file], file);
  assert.deepEqual(Object.keys(now).filter((f) => /\.secrets|\.env\./.test(f)), [], 'something of ours is left');
  await project.answersAsBefore();
}

const files = (project: Project): Record<string, string> => {
  const tree = treeOf(project.root);
  return Object.fromEntries(Object.entries(tree).filter(([file]) => !file.startsWith('uploads')));
};

// Together: they mostly wait.
void describe('secret-in-config', { concurrency: true }, () => {
  engineTest('secret-in-config, env-file, from scan to undo', (t) =>
    withScenario(t, 'root-container', { before: ({ root }) => edit(root, 'compose.yaml', '    environment:\n', `    environment:\n      HUT_TOKEN: ${VALUE}\n`) }, async (project) => {
      const before = files(project);
      await t.test('it is found, and never said', async () => {
        assert.deepEqual(await found(project), ['high', 'declared', 'compose.yaml']);
        await staysUnsaid(project);
      });
      await t.test('the service has it as before, compose.yaml has not', async () => {
        await fixed(project, 'env-file');
        assert.ok(environment(project).includes(`HUT_TOKEN=${VALUE}`));
        assert.match(ofGunicorn(project), new RegExp(`HUT_TOKEN=${VALUE}`));
        assert.ok(!text(project, 'compose.yaml').includes(VALUE));
        assert.equal(statSync(path.join(project.root, '.env.web')).mode & 0o777, 0o600);
        assert.match(text(project, '.dockerignore'), /^\.env\.web$/m);
        assert.match(text(project, '.gitignore'), /^\/\.env\.web$/m);
      });
      await t.test('undo puts it back', async () => {
        await undone(project, before);
        assert.ok(environment(project).includes(`HUT_TOKEN=${VALUE}`));
      });
    }));

  longTest('secret-in-config, compose-secret, where a script reads the file', (t) =>
    withScenario(t, 'root-container', {
      before: ({ root }) => {
        edit(root, 'compose.yaml', '    environment:\n', `    environment:\n      HUT_TOKEN: ${VALUE}\n`);
        writeFileSync(path.join(root, 'entry.sh'), '#!/bin/sh\nif [ -n "$HUT_TOKEN_FILE" ]; then HUT_TOKEN="$(cat "$HUT_TOKEN_FILE")"; export HUT_TOKEN; fi\nexec "$@"\n');
        edit(root, 'Dockerfile', 'CMD [', 'ENTRYPOINT ["sh", "/app/entry.sh"]\nCMD [');
      },
    }, async (project) => {
      const before = files(project);
      await fixed(project, 'compose-secret');
      assert.deepEqual(environment(project).filter((e) => e.startsWith('HUT_TOKEN')), ['HUT_TOKEN_FILE=/run/secrets/web_hut_token']);
      assert.match(ofGunicorn(project), new RegExp(`HUT_TOKEN=${VALUE}`), 'the script did not read it');
      assert.equal(statSync(path.join(project.root, '.secrets/web_hut_token')).mode & 0o777, 0o600, 'root inside can read 600');
      assert.ok(!JSON.stringify(inspect(web(project)['Id'] as string)).includes(VALUE), 'inspect still shows it');
      await undone(project, before);
    }));

  engineTest('secret-in-config, build-secret, out of the history of the image', (t) =>
    withScenario(t, 'root-container', {
      before: ({ root }) => {
        edit(root, 'compose.yaml', '    build: .\n', `    build:\n      context: .\n      args:\n        FETCH_TOKEN: ${VALUE}\n`);
        edit(root, 'Dockerfile', 'EXPOSE 8000', 'ARG FETCH_TOKEN\nRUN test -n "$FETCH_TOKEN" && printf %s "$FETCH_TOKEN" | sha256sum > /fetched\nEXPOSE 8000');
      },
    }, async (project) => {
      const before = files(project);
      const history = (): string => docker('history', '--no-trunc', '--format', '{{.CreatedBy}}', web(project)['Image'] as string);
      const fetched = async (): Promise<string> => (await project.exec('web', ['cat', '/fetched'])).stdout;
      const then = await fetched();
      assert.match(history(), new RegExp(VALUE), 'it is no leak to begin with');
      await fixed(project, 'build-secret');
      assert.ok(!history().includes(VALUE), 'the history still has it');
      assert.equal(await fetched(), then, 'the build did not get it');
      assert.equal(statSync(path.join(project.root, '.secrets/fetch_token')).mode & 0o777, 0o600);
      assert.notEqual((await project.exec('web', ['ls', '/app/.secrets'])).code, 0, 'it went into the image');
      await undone(project, before);
      assert.match(history(), new RegExp(VALUE));
    }));
});
