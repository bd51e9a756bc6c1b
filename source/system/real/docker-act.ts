import type Dockerode from 'dockerode';
import { bound, CLOSED, type DockerDeed } from '../deeds.ts';
import type { Ran } from '../system.ts';
import { disposable } from './docker-ask.ts';

const DONE: Ran = { code: 0, stdout: '', stderr: '' };

/** "repository:tag", where the repository may hold a port. */
function splitTag(reference: string): { repo: string; tag: string } {
  const at = reference.lastIndexOf(':');
  return at > reference.lastIndexOf('/') ? { repo: reference.slice(0, at), tag: reference.slice(at + 1) } : { repo: reference, tag: 'latest' };
}

/** 304: it already is so. */
async function unlessAlready(work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if ((error as { statusCode?: number }).statusCode !== 304) throw error;
  }
}

export async function act(engine: Dockerode, deed: DockerDeed): Promise<Ran> {
  switch (deed.deed) {
    case 'tag': await engine.getImage(deed.image).tag(splitTag(deed.tag)); return DONE;
    case 'untag': await engine.getImage(deed.tag).remove({ noprune: true }); return DONE;
    case 'stop': await unlessAlready(engine.getContainer(deed.container).stop(deed.seconds === undefined ? {} : { t: deed.seconds })); return DONE;
    case 'start': await unlessAlready(engine.getContainer(deed.container).start()); return DONE;
    case 'rename': await engine.getContainer(deed.container).rename({ name: deed.name }); return DONE;
    case 'remove': await engine.getContainer(deed.container).remove({ force: true, v: deed.withVolumes ?? false }); return DONE;
    case 'create': {
      const made = await engine.createContainer({ name: deed.name, ...deed.spec });
      return { ...DONE, stdout: made.id };
    }
    case 'connect':
      await engine.getNetwork(deed.network).connect({ Container: deed.container, EndpointConfig: deed.endpoint });
      return DONE;
    case 'commit': await engine.getContainer(deed.container).commit({ ...splitTag(deed.tag), pause: false }); return DONE;
    case 'make-network':
      await engine.createNetwork({ Name: deed.name, Driver: 'bridge', Internal: true, CheckDuplicate: true, Options: { ...CLOSED.options }, Labels: { ...deed.labels } });
      return DONE;
    case 'make-volume':
      await engine.createVolume({ Name: deed.name, Labels: { ...deed.labels }, ...(deed.options ? { Driver: 'local', DriverOpts: { ...deed.options } } : {}) });
      return DONE;
    case 'remove-volume': await engine.getVolume(deed.name).remove(); return DONE;
    case 'remove-network': await engine.getNetwork(deed.network).remove(); return DONE;
    case 'helper':
      return disposable(engine, {
        image: deed.image, argv: deed.argv, user: deed.user,
        host: { NetworkMode: 'none', Binds: deed.mounts.map(bound) },
      });
  }
}
