import { removeEntry } from '../files/ini.ts';
import type { EditFile } from '../model/change.ts';
import type { Machine, SourceFile } from '../model/machine.ts';
import { isRefusal, refuse, type Refusal } from '../model/risk.ts';
import type { Place } from '../model/setting.ts';
import { text } from '../model/text.ts';
import { isOverride, written } from './compose-services.ts';
import { editOf } from './edit.ts';
import { removeSettings } from './gunicorn-edit.ts';
import { gunicornsOf, type Gunicorn } from './gunicorn.ts';
import { isOn, told } from './gunicorn-settings.ts';
import { removeFlags } from './gunicorn-words.ts';
import { programsOf, type Program } from './program.ts';
import { containersOf } from './service-files.ts';
import type { ArgWord } from './started.ts';
import { uwsgis, type Uwsgi, type UwsgiOption } from './uwsgi.ts';

/** A service that starts itself anew whenever a file changes. */
export interface Reloads {
  readonly program: Program;
  /** As it is written: `--reload`, `py-autoreload = 3`. */
  readonly said: string;
  readonly at?: Place;
  readonly file?: SourceFile;
  readonly guess: boolean;
  readonly gunicorn?: Gunicorn;
  readonly option?: { readonly uwsgi: Uwsgi; readonly option: UwsgiOption };
  readonly word?: ArgWord;
}

/** Somebody starts it again when it ends: it is meant to run by itself, not in front of its developer. */
export function isService(machine: Machine, { starter, service }: Program): boolean {
  if (starter === 'supervisord' || starter === 'systemd') return true;
  if (starter === 'shell') return false;
  const live = containersOf(machine, service).map((c) => c.restart).find((r) => r !== '' && r !== 'no');
  const said = service.compose ? written(machine.files, service.compose).map((w) => w.service.restart?.value).find((r) => r !== undefined) : undefined;
  return live !== undefined || (said !== undefined && said !== 'no');
}

const UWSGI = /^(?:py-auto-?reload|python-auto-?reload|touch-(?:chain-)?reload|fs-(?:brutal-)?reload)$/;

const ofGunicorn = (machine: Machine, gunicorn: Gunicorn): readonly Reloads[] => {
  const said = told(machine, gunicorn, 'reload');
  if (!said || !isOn(said)) return [];
  return [{ program: gunicorn.program, said: said.from.label, guess: said.guess, gunicorn, ...(said.from.at ? { at: said.from.at } : {}), ...(said.file ? { file: said.file } : {}) }];
};

const ofUwsgi = (uwsgi: Uwsgi): readonly Reloads[] =>
  uwsgi.options.filter((o) => UWSGI.test(o.name) && o.value !== '0').slice(0, 1).map((option) => ({
    program: uwsgi.program, said: option.value === '' ? option.name : `${option.name} = ${option.value}`, guess: false, option: { uwsgi, option }, ...(option.at ? { at: option.at } : {}), ...(option.file ? { file: option.file } : {}),
  }));

/** Flags of other servers; celery's own was taken out of it with 4.0, and is an error since. */
const FLAGS: readonly [RegExp, readonly string[]][] = [[/^(?:uvicorn|hypercorn|flask|granian)$/, ['--reload']], [/^celery$/, ['--autoreload']]];

function ofOthers(machine: Machine, program: Program): readonly Reloads[] {
  const names = FLAGS.find(([kind]) => kind.test(program.kind))?.[1] ?? [];
  const word = program.words.find((w) => names.includes(w.value));
  const file = word?.at && machine.files.get(word.at.file);
  return word ? [{ program, said: word.value, guess: false, word, ...(word.at ? { at: word.at } : {}), ...(file ? { file } : {}) }] : [];
}

/** What a developer's own override file says is not what the service is started with elsewhere. */
export const reloads = (machine: Machine): readonly Reloads[] =>
  [...gunicornsOf(machine).flatMap((g) => ofGunicorn(machine, g)), ...uwsgis(machine).flatMap(ofUwsgi), ...programsOf(machine).flatMap((p) => ofOthers(machine, p))]
    .filter((r) => isService(machine, r.program) && !(r.at && isOverride(r.at.file)));

/** The line or the flag taken out where it stands. */
export function withoutReload(machine: Machine, { program, gunicorn, option, word, file, said }: Reloads): readonly EditFile[] | Refusal {
  if (gunicorn) return removeSettings(machine, gunicorn, ['reload']);
  if (option) {
    const all = option.uwsgi.options.filter((o) => UWSGI.test(o.name));
    const edits = all.map((o): EditFile | Refusal => {
      if (o.entry && o.ini && o.file) return editOf(o.file, [removeEntry(o.ini.parsed, o.entry)]);
      const flag = o.word && option.uwsgi.words[option.uwsgi.words.indexOf(o.word) - (o.word.value.startsWith('-') ? 0 : 1)];
      return o.word && flag && o.file ? removeFlags(o.file, option.uwsgi.words, [{ value: o.value, flag, word: o.word, prefix: '' }]) : refuse(text(`${said} stands where it can't be taken out`, `${said} 所在的地方无法删除`));
    });
    return edits.find(isRefusal) ?? edits.filter((e): e is EditFile => !isRefusal(e));
  }
  if (!word || !file) return refuse(text(`${said} was only seen running: no file here says it`, `只在运行中看到 ${said}：这里没有文件写着它`));
  const edit = removeFlags(file, program.words, [{ value: word.value, flag: word, word, prefix: '' }]);
  return isRefusal(edit) ? edit : [edit];
}
