import { removeEnvironment } from '../files/compose.ts';
import { removeInstruction } from '../files/dockerfile.ts';
import { isRefused } from '../files/span.ts';
import type { EditFile } from '../model/change.ts';
import type { Machine } from '../model/machine.ts';
import { isRefusal, type Refusal } from '../model/risk.ts';
import type { Service } from '../model/service.ts';
import type { Place } from '../model/setting.ts';
import { written } from './compose-services.ts';
import { editOf, editsOf } from './edit.ts';
import { place } from './parsed.ts';
import { shipped } from './service-files.ts';

const NAME = 'C_FORCE_ROOT';

/** Where Celery's own guard against root with pickle is switched off for a service. */
export function forceRootPlaces(machine: Machine, service: Service): readonly Place[] {
  const inCompose = service.compose ? written(machine.files, service.compose).flatMap(({ file, service: s }) => s.environment.filter((e) => e.name === NAME).map((e) => place(file, e.span))) : [];
  const image = shipped(machine, service);
  const inImage = image?.stage.instructions.filter((i) => i.keyword === 'ENV' && i.args.includes(NAME)).map((i) => place(image.file, i.span)) ?? [];
  return [...inCompose, ...inImage];
}

/** Takes the switch out wherever it stands; a worker that is not root has no use for it. */
export function removeForceRoot(machine: Machine, service: Service): readonly (EditFile | Refusal)[] {
  const edits: (EditFile | Refusal)[] = [];
  for (const { file, compose, service: s } of service.compose ? written(machine.files, service.compose) : []) {
    if (s.environment.some((e) => e.name === NAME)) edits.push(editsOf(file, removeEnvironment(compose, s, NAME)));
  }
  const image = shipped(machine, service);
  for (const i of image?.stage.instructions ?? []) {
    if (!image || i.keyword !== 'ENV' || !i.args.includes(NAME)) continue;
    const pairs = i.words.length;
    if (pairs === 1 || /^\s*\S+\s+\S+\s*$/.test(i.args)) {
      const edit = removeInstruction(image.df, i);
      if (!isRefused([edit])) edits.push(editOf(image.file, [edit]));
      continue;
    }
    const word = i.words.find((w) => w.value.startsWith(`${NAME}=`));
    if (word) edits.push(editOf(image.file, [{ start: word.start, end: word.end, text: '' }]));
  }
  return edits;
}

export const edited = (all: readonly (EditFile | Refusal)[]): readonly EditFile[] => all.filter((e): e is EditFile => !isRefusal(e));
