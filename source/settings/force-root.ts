import { removeEnvironment } from '../files/compose.ts';
import { removeVariable, variablesOf, type Instruction } from '../files/dockerfile.ts';
import { parseDotenv, removeVariable as removeLine, type EnvEntry } from '../files/dotenv.ts';
import type { EditFile } from '../model/change.ts';
import type { Machine, SourceFile } from '../model/machine.ts';
import type { Refusal } from '../model/risk.ts';
import type { Service } from '../model/service.ts';
import type { Place } from '../model/setting.ts';
import { written } from './compose-services.ts';
import { editOf, editsOf } from './edit.ts';
import { place } from './parsed.ts';
import { shipped, type Shipped } from './service-files.ts';
import { envFiles } from './service-variables.ts';

const NAME = 'C_FORCE_ROOT';

const inImage = (image: Shipped | undefined): readonly Instruction[] =>
  image?.stage.instructions.filter((i) => i.keyword === 'ENV' && variablesOf(image.df, i).some((v) => v.name === NAME)) ?? [];

const inEnvFiles = (machine: Machine, service: Service): readonly { readonly file: SourceFile; readonly entries: readonly EnvEntry[] }[] =>
  envFiles(machine, service).map((file) => ({ file, entries: parseDotenv(file.text).entries.filter((e) => e.name === NAME) })).filter(({ entries }) => entries.length > 0);

/** Where Celery's own guard against root with pickle is switched off for a service. */
export function forceRootPlaces(machine: Machine, service: Service): readonly Place[] {
  const inCompose = service.compose ? written(machine.files, service.compose).flatMap(({ file, service: s }) => s.environment.filter((e) => e.name === NAME).map((e) => place(file, e.span))) : [];
  const image = shipped(machine, service);
  const inFiles = inEnvFiles(machine, service).flatMap(({ file, entries }) => entries.map((e) => place(file, { start: e.nameSpan.start, end: e.valueSpan.end })));
  return [...inCompose, ...inFiles, ...(image ? inImage(image).map((i) => place(image.file, i.span)) : [])];
}

/** Takes the switch out wherever it stands; a worker that is not root has no use for it. */
export function removeForceRoot(machine: Machine, service: Service): readonly (EditFile | Refusal)[] {
  const inCompose = service.compose ? written(machine.files, service.compose) : [];
  const image = shipped(machine, service);
  return [
    ...inCompose.filter(({ service: s }) => s.environment.some((e) => e.name === NAME)).map(({ file, compose, service: s }) => editsOf(file, removeEnvironment(compose, s, NAME))),
    ...inEnvFiles(machine, service).map(({ file, entries }) => editOf(file, entries.map((e) => removeLine(parseDotenv(file.text), e)))),
    ...(image ? inImage(image).map((i) => editsOf(image.file, removeVariable(image.df, i, NAME))) : []),
  ];
}
