import { addStatement, assignments, parsePython, removeAssignment, replaceValue } from '../files/python.ts';
import { isRefused } from '../files/span.ts';
import type { EditFile } from '../model/change.ts';
import type { Machine } from '../model/machine.ts';
import { isRefusal, refuse, type Refusal } from '../model/risk.ts';
import { text } from '../model/text.ts';
import { editOf, editsOf } from './edit.ts';
import { configValue, type Gunicorn } from './gunicorn.ts';
import { flagWords, told, type GunicornSetting, type Told } from './gunicorn-settings.ts';
import { addFlags, removeFlags, replaceWord } from './gunicorn-words.ts';

const LONG: Partial<Record<GunicornSetting, string>> = { user: '--user', group: '--group', bind: '--bind', umask: '--umask', forwarded_allow_ips: '--forwarded-allow-ips' };

/** A number as Python writes it, anything else between the quotes that the file uses. */
const source = (value: string, like: string): string => (/^(?:[1-9]\d*|0o[0-7]+)$/.test(value) ? value : like.includes('"') && !like.includes("'") ? `"${value}"` : `'${value}'`);

/** Settings in the config file: each in its place, what is new below the bind or at the end, in this order. */
export function setInConfig({ config }: Gunicorn, wanted: readonly (readonly [GunicornSetting, string])[]): EditFile | Refusal {
  if (!config) return refuse(text('there is no configuration file of gunicorn here', '这里没有 gunicorn 的配置文件'));
  const module = parsePython(config.text);
  const edits: EditFile['edits'][number][] = [];
  const fresh: string[] = [];
  for (const [name, value] of wanted) {
    const there = configValue(config, name);
    if (!there) {
      fresh.push(`${name} = ${source(value, config.text)}`);
      continue;
    }
    const made = replaceValue(module, there.assignment, source(value, config.text.slice(there.start, there.end).replace(/^[^"']+$/, config.text)));
    if (isRefused(made)) return editsOf(config, made);
    edits.push(...made);
  }
  const own = assignments(config.text).filter((a) => a.target === 'module' && a.within === undefined && !a.conditional);
  const anchor = own.filter((a) => wanted.some(([n]) => n === a.name)).at(-1) ?? own.filter((a) => a.name === 'bind').at(-1);
  for (const line of fresh) {
    const made = addStatement(module, line, anchor);
    if (isRefused(made)) return editsOf(config, made);
    edits.push(...made);
  }
  return editOf(config, edits);
}

/** A setting on the command line (or in GUNICORN_CMD_ARGS, where that has it): the flag's value, or a new flag behind the program. */
export function setOnCommandLine(machine: Machine, g: Gunicorn, wanted: readonly (readonly [GunicornSetting, string])[]): readonly EditFile[] | Refusal {
  const edits: EditFile[] = [];
  const fresh: string[] = [];
  for (const [name, value] of wanted) {
    const there = told(machine, g, name);
    if (there?.flag) {
      if (!there.file) return refuse(text(`${there.from.label} was only seen running: no file here starts it`, `${there.from.label} 只在运行中看到：这里没有启动它的文件`));
      const edit = replaceWord(there.file, there.flag, value);
      if (isRefusal(edit)) return edit;
      edits.push(edit);
    } else fresh.push(LONG[name] ?? `--${name}`, value);
  }
  if (fresh.length === 0) return edits.filter((e) => e.edits.length > 0);
  // Beside the flag it belongs to, where there is one; else behind the program's name.
  const beside = wanted.map(([name]) => told(machine, g, name)).find((t) => t?.flag && t.file);
  const words = beside?.flag && g.extra.includes(beside.flag.word) ? g.extra : g.words;
  const after = beside?.flag?.word ?? words[0];
  const file = after?.at && machine.files.get(after.at.file);
  if (!after || !file) return refuse(text('no file here holds its command line', '这里没有文件写着它的命令行'));
  const edit = addFlags(file, after, words[words.indexOf(after) + 1], fresh);
  return isRefusal(edit) ? edit : [...edits.filter((e) => e.edits.length > 0), edit];
}

function removed(machine: Machine, g: Gunicorn, setting: GunicornSetting, one: Told): readonly (EditFile | Refusal)[] {
  if (one.inConfig) return [editsOf(one.inConfig.file, removeAssignment(parsePython(one.inConfig.file.text), one.inConfig.assignment))];
  if (!one.flag || !one.file) return one.flag ? [refuse(text(`${one.from.label} was only seen running: no file here starts it`, `${one.from.label} 只在运行中看到：这里没有启动它的文件`))] : [];
  const words = g.words.includes(one.flag.flag) ? g.words : g.extra;
  return [removeFlags(one.file, words, flagWords(words, setting).filter((f) => f.flag === one.flag?.flag))];
}

/** Settings taken out wherever they are given. */
export function removeSettings(machine: Machine, g: Gunicorn, settings: readonly GunicornSetting[]): readonly EditFile[] | Refusal {
  const all = settings.flatMap((setting) => {
    const strongest = told(machine, g, setting);
    return strongest ? [strongest, ...strongest.hides].flatMap((one) => removed(machine, g, setting, one)) : [];
  });
  const refused = all.find(isRefusal);
  return refused ?? all.filter((e): e is EditFile => !isRefusal(e) && e.edits.length > 0);
}
