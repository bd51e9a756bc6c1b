import { join } from 'node:path';
import type { AppEditors } from '../model/machine.ts';
import type { Files } from '../system/system.ts';

/** What was answered about a project, by its folder. Beside the journals, never in the user's own files. */
interface Answers {
  readonly version: 1;
  readonly projects: Readonly<Record<string, { readonly appEditors?: AppEditors }>>;
}

const fileOf = (state: string): string => join(state, 'answers.json');

async function read(files: Pick<Files, 'read'>, state: string): Promise<Answers> {
  const none: Answers = { version: 1, projects: {} };
  const bytes = await files.read(fileOf(state)).catch(() => undefined);
  if (!bytes) return none;
  try {
    const { projects } = JSON.parse(bytes.toString('utf8')) as Partial<Answers>;
    return typeof projects === 'object' && projects !== null ? { version: 1, projects } : none;
  } catch {
    // Cut off in the middle: the question is asked once more.
    return none;
  }
}

/** Undefined: nobody was asked yet. */
export async function answerFor(files: Pick<Files, 'read'>, state: string, root: string): Promise<AppEditors | undefined> {
  const { projects } = await read(files, state);
  const said = Object.hasOwn(projects, root) ? projects[root]?.appEditors : undefined;
  return said === 'root' || said === 'app' ? said : undefined;
}

export async function keepAnswer(files: Pick<Files, 'read' | 'makeFolder' | 'write'>, state: string, root: string, appEditors: AppEditors): Promise<void> {
  const { projects } = await read(files, state);
  const next: Answers = { version: 1, projects: { ...projects, [root]: { appEditors } } };
  await files.makeFolder(state, 0o700);
  await files.write(fileOf(state), Buffer.from(`${JSON.stringify(next, null, 2)}\n`), { mode: 0o600 });
}
