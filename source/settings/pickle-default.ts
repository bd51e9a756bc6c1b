import { addStatement, celeryApps, parsePython, stringLike } from '../files/python.ts';
import type { EditFile } from '../model/change.ts';
import type { Machine, SourceFile } from '../model/machine.ts';
import { refuse, type Refusal } from '../model/risk.ts';
import { text } from '../model/text.ts';
import { several } from './broker-edits.ts';
import { applicationFiles, settingsNamed } from './celery.ts';
import { celeryBefore, celeryExact } from './celery-version.ts';
import { together, type Reads } from './serializer-edit.ts';
import { applicationSpan, lastWord } from './signing.ts';

export interface ByDefault {
  readonly file: SourceFile;
  readonly span: { readonly start: number; readonly end: number };
  /** The project's list leaves a newer Celery open. */
  readonly guess: boolean;
}

/** Before 3.0.18 Celery read whatever came, and no setting changed that. */
export const readsEverything = (machine: Machine): boolean => celeryBefore(machine, 3, 0, 18);

/** Applications of a Celery before 4 that say nothing: pickle is then both read and written. */
export function pickleByDefault(machine: Machine): readonly ByDefault[] {
  if (!celeryBefore(machine, 4, 0)) return [];
  return applicationFiles(machine).flatMap((file) => {
    const near = together(machine, file.path);
    const said = settingsNamed(machine, 'accept_content').some((s) => near(s.file.path));
    return said && !readsEverything(machine) ? [] : [{ file, span: applicationSpan(file), guess: !celeryExact(machine) }];
  });
}

/** The settings that a newer Celery has by itself, by the names that this one knows; what is set already is brought along elsewhere. */
export function jsonByOldNames(machine: Machine, file: SourceFile, reads: Reads): EditFile | Refusal {
  const apps = celeryApps(file.text);
  const [app] = apps;
  if (app === undefined || apps.length > 1) return refuse(text(`${file.path} makes ${apps.length} applications`, `${file.path} 创建了 ${apps.length} 个应用`));
  const near = together(machine, file.path);
  const module = parsePython(file.text);
  const like = module.calls.find((c) => c.callee === 'Celery' || c.method === 'Celery')?.args.find((a) => a.value.kind === 'string')?.value;
  const json = stringLike(module, 'json', like);
  const wanted = [['task_serializer', 'CELERY_TASK_SERIALIZER', json], ['result_serializer', 'CELERY_RESULT_SERIALIZER', json], ...(reads === 'json' ? [['accept_content', 'CELERY_ACCEPT_CONTENT', `[${json}]`]] : [])] as const;
  const missing = wanted.filter(([name]) => !settingsNamed(machine, name as 'accept_content').some((s) => near(s.file.path)));
  if (missing.length === 0) return refuse(text('it says so already', '已经这样写了'));
  const newline = file.text.includes('\r\n') ? '\r\n' : '\n';
  return several(file, [addStatement(module, [`${app}.conf.update(`, ...missing.map(([, old, value]) => `    ${old}=${value},`), ')'].join(newline), lastWord(file, app))]);
}
