import assert from 'node:assert/strict';
import { it } from 'node:test';
import { image as imageOf } from '../../source/inspect/docker.ts';
import { dockerfilesByHistory } from '../../source/inspect/history.ts';
import { machineOf } from '../helpers/case.ts';

/** As `docker history --no-trunc` prints it, oldest first; of BuildKit, but for the last test. */
const image = (...steps: readonly string[]) => imageOf({ Id: 'sha256:1', RepoTags: [], Config: {}, RootFS: { Layers: [] } } as never, [...steps].reverse().map((CreatedBy) => ({ CreatedBy })) as never);
const found = async (dockerfile: string, ...steps: readonly string[]): Promise<string | undefined> => {
  const { files } = await machineOf({ Dockerfile: `FROM debian:bookworm-slim\n${dockerfile}`, 'other/Dockerfile': 'FROM debian:bookworm-slim\nRUN true\n' });
  return dockerfilesByHistory(image('/bin/sh -c #(nop) ADD file:1 in / ', ...steps), files)?.dockerfile;
};

it('a command in shell form is the one that the history has with its shell', async () => {
  assert.equal(await found('WORKDIR /app\nCOPY front.py .\nEXPOSE 80\nCMD gunicorn --bind "0.0.0.0:80" front:app\n',
    'WORKDIR /app', 'COPY front.py . # buildkit', 'EXPOSE map[80/tcp:{}]', 'CMD ["/bin/sh" "-c" "gunicorn --bind \\"0.0.0.0:80\\" front:app"]'), 'Dockerfile');
});

it('another shell, a mount of the build and a check are no other file', async () => {
  assert.equal(await found('SHELL ["/bin/bash", "-o", "pipefail", "-c"]\nRUN --mount=type=cache,target=/root/.cache pip install flask\nHEALTHCHECK --interval=5s CMD curl -f http://localhost/\n',
    'SHELL [/bin/bash -o pipefail -c]', 'RUN /bin/bash -o pipefail -c pip install flask # buildkit', 'HEALTHCHECK &{["CMD-SHELL" "curl -f http://localhost/"] "5s" "0s" "0s" \'\\x00\'}'), 'Dockerfile');
});

it('what another command was built from is not tied', async () => {
  assert.equal(await found('WORKDIR /app\nCMD gunicorn front:app\n', 'WORKDIR /app', 'CMD ["/bin/sh" "-c" "gunicorn back:app"]'), undefined);
});

it('the legacy builder', async () => {
  assert.equal(await found('WORKDIR /app\nRUN pip install flask\nCMD gunicorn front:app\n',
    '/bin/sh -c #(nop) WORKDIR /app', '/bin/sh -c pip install flask', '/bin/sh -c #(nop)  CMD ["/bin/sh" "-c" "gunicorn front:app"]'), 'Dockerfile');
});

it('a file that the user names is that of the one container which was started by itself', async () => {
  const tied = async (...names: readonly string[]): Promise<readonly unknown[]> =>
    (await machineOf({ 'web.Dockerfile': 'FROM debian:bookworm-slim\nCMD ["a"]\n' }, { dockerfile: 'web.Dockerfile', containers: names.map((name) => ({ name })) })).services.filter((s) => s.containers.length > 0).map((s) => [s.name, s.build?.dockerfile]);
  assert.deepEqual(await tied('front'), [['front', 'web.Dockerfile']]);
  assert.deepEqual(await tied('front', 'of-somebody-else'), []);
});
