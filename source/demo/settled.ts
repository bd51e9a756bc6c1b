import type { Engine, Project } from './project.ts';

/** So often nothing has changed, a second apart; and how long that is waited for at most. */
const QUIET = 3;
const MOST = 25;

/** A Celery worker that has not made its children yet. Some pools have none. */
const isBeginning = (programs: readonly string[]): boolean => {
  const workers = programs.filter((words) => /\bcelery\b.*\bworker\b/.test(words) && !/^\S*sh -\w*c /.test(words));
  return workers.length === 1 && !/(?:-P|--pool)[= ]?(?:solo|threads|gevent|eventlet)\b/.test(workers[0]!);
};

/** What runs in each container of the demo, by its command. */
async function programsOf({ docker }: Engine, { name }: Project): Promise<readonly (readonly string[])[]> {
  const own = (await docker.look.containers()).filter((one) => one.State.Running && one.Config.Labels?.['com.docker.compose.project'] === name);
  return Promise.all(own.map(async ({ Id }) => (await docker.look.top(Id).catch(() => ({ Processes: [] }))).Processes.map((row) => row.slice(5).join(' '))));
}

/**
 * Until its programs have all started: what answers already may still be making its workers, and what is counted then is
 * another number a minute later. One that never comes to rest is looked at all the same.
 */
export async function settled(engine: Engine, project: Project): Promise<void> {
  let before = '';
  for (let second = 0, quiet = 0; second < MOST && quiet < QUIET; second++) {
    const programs = await programsOf(engine, project);
    const counts = programs.map((some) => some.length).join(' ');
    quiet = counts === before && !programs.some(isBeginning) ? quiet + 1 : 0;
    before = counts;
    if (quiet < QUIET) await engine.pause(1_000);
  }
}
