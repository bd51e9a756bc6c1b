import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { TestContext } from 'node:test';
import { openSession, type OpenOptions } from '../../source/engine/open.ts';
import type { Choice, Plan } from '../../source/model/plan.ts';
import type { Session } from '../../source/engine/session.ts';

export interface Project {
  readonly root: string;
  readonly state: string;
  read(path: string): string;
  /** Every file below the root, to its text: two of these are compared. */
  all(): Record<string, string>;
  open(more?: Partial<OpenOptions>): Promise<Session>;
}

/** A project on the real disk, in a temporary folder of its own; without Docker and processes unless asked for. */
export function project(t: TestContext, files: Record<string, string>, at?: string): Project {
  const base = mkdtempSync(join(tmpdir(), 'harden-tui-test-'));
  const root = at ?? join(base, 'project');
  const state = join(base, 'state');
  t.after(() => rmSync(base, { recursive: true, force: true }));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  const walk = (folder: string): Record<string, string> =>
    Object.assign({}, ...readdirSync(join(root, folder)).map((name) => {
      const path = folder ? `${folder}/${name}` : name;
      return statSync(join(root, path)).isDirectory() ? walk(path) : { [path]: readFileSync(join(root, path), 'latin1') };
    }));
  return {
    root, state,
    read: (path) => readFileSync(join(root, path), 'utf8'),
    all: () => walk(''),
    open: (more) => openSession({ root, noDocker: true, noProcesses: true, checks: [], env: { XDG_STATE_HOME: state }, home: base, ...more }),
  };
}

/** The plan of the named ways, for every finding of their risks; files only, as `--files-only` has it. */
export async function filesPlan(session: Session, wanted: Record<string, string>): Promise<Plan> {
  const machine = await session.inspect();
  const choices: Choice[] = session.diagnose(machine).flatMap((f) => (wanted[f.risk] ? [{ finding: f.id, risk: f.risk, fix: wanted[f.risk] ?? '' }] : []));
  return session.plan(machine, choices);
}
