import type Dockerode from 'dockerode';
import { Stop } from '../../model/errors.ts';
import { text } from '../../model/text.ts';
import { bound, BY, LABEL } from '../deeds.ts';
import type { DockerQuestion, Ran } from '../system.ts';
import { demultiplex, notFound } from './docker.ts';
import { life } from './life.ts';

async function collect(stream: NodeJS.ReadableStream): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk as Buffer));
  return Buffer.concat(chunks);
}

export interface Disposable {
  readonly image: string;
  readonly argv: readonly string[];
  readonly user: string;
  readonly host: Record<string, unknown>;
}

/** An image that compose built says whose service it is, and its containers inherit that: a helper is nobody's. */
const NO_SERVICE = { 'com.docker.compose.project': '', 'com.docker.compose.service': '' };

/** An image that was removed since is the user's situation, and no stack trace. */
async function create(engine: Dockerode, image: string, spec: Dockerode.ContainerCreateOptions): Promise<Dockerode.Container> {
  try {
    return await engine.createContainer(spec);
  } catch (error) {
    if (!notFound(error)) throw error;
    throw new Stop(
      text(`The image ${image} is not on this machine any more, and it is needed to look.`, `镜像 ${image} 已不在本机，而查看时需要它。`),
      [text('Build it again, then try once more.', '请重新构建它，然后再试一次。')],
    );
  }
}

/** Runs one labelled container to its end and removes it, whatever happens. */
export async function disposable(engine: Dockerode, what: Disposable): Promise<Ran> {
  const [entry = 'true', ...args] = what.argv;
  const container = await create(engine, what.image, {
    Image: what.image, Entrypoint: [entry], Cmd: args, User: what.user, Labels: { ...NO_SERVICE, [LABEL]: 'helper', [BY]: await life.me() },
    // A base image may declare a health check or environment of its own; neither has business here.
    Healthcheck: { Test: ['NONE'] }, Tty: false, HostConfig: what.host,
  });
  try {
    await container.start();
    const { StatusCode } = (await container.wait()) as { StatusCode: number };
    const raw = (await container.logs({ stdout: true, stderr: true, follow: false })) as unknown as Buffer;
    return { code: StatusCode, ...demultiplex(raw) };
  } finally {
    await container.remove({ force: true, v: true });
  }
}

export async function ask(engine: Dockerode, question: DockerQuestion): Promise<Ran> {
  if (question.kind === 'helper') {
    const { image, argv, user, pidOf, networkOf, mounts } = question;
    return disposable(engine, {
      image, argv, user,
      host: {
        NetworkMode: networkOf ? `container:${networkOf}` : 'none', ...(pidOf ? { PidMode: `container:${pidOf}` } : {}),
        // Root without it can't list a folder of another user with mode 0700.
        CapDrop: ['ALL'], ...(user.startsWith('0') ? { CapAdd: ['DAC_READ_SEARCH'] } : {}), ReadonlyRootfs: true, Binds: (mounts ?? []).map((m) => bound({ ...m, readOnly: true })),
      },
    });
  }
  const exec = await engine.getContainer(question.container).exec({
    Cmd: [...question.argv], AttachStdout: true, AttachStderr: true, ...(question.user ? { User: question.user } : {}),
    ...(question.env ? { Env: Object.entries(question.env).map(([name, value]) => `${name}=${value}`) } : {}),
  });
  const stream = await exec.start({ hijack: true, stdin: false });
  const raw = await collect(stream);
  const { ExitCode } = await exec.inspect();
  return { code: ExitCode ?? 1, ...demultiplex(raw) };
}
