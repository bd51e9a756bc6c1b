import { removeEntry, replaceValue, setEntry, type IniEntry, type IniFile, type IniSection } from '../files/ini.ts';
import { eol, isRefused, lacksFinalEol, type Edits } from '../files/span.ts';
import type { Change, SpanEdit } from '../model/change.ts';
import { generated } from '../model/generated.ts';
import type { Machine, SourceFile } from '../model/machine.ts';
import { isRefusal, refuse, type Refusal } from '../model/risk.ts';
import { same, text } from '../model/text.ts';
import { editOf } from './edit.ts';
import { keptOut } from './kept-out.ts';
import { posix } from 'node:path';
import { supervisordFiles } from './supervisord.ts';
import { doors, groupMay, othersMay, type Door } from './supervisord-doors.ts';
import { iniOf } from './parsed.ts';

const entry = (section: IniSection, key: string): IniEntry | undefined => section.entries.filter((e) => e.key === key).at(-1);
const spread = (edits: Edits): readonly SpanEdit[] | Refusal => (isRefused(edits) ? refuse(same(edits.refused)) : edits);

/** Where a supervisord that has no socket of its own gets one. */
const SOCKET = '/run/supervisor.sock';

/** A section of the file that takes no entries yet, at its end. */
function appended(file: SourceFile, lines: readonly string[]): SpanEdit {
  const newline = eol(file.text);
  const gap = file.text.trim() === '' ? '' : newline + (lacksFinalEol(file.text) ? newline : '');
  return { start: file.text.length, end: file.text.length, text: gap + lines.map((l) => l + newline).join('') };
}

/** `[supervisorctl]` asks where the socket is; what is not said means http://localhost:9001. */
function pointControl(file: SourceFile, ini: IniFile, url: string, away: readonly Door[]): readonly SpanEdit[] | Refusal {
  const control = ini.sections.find((s) => s.name === 'supervisorctl');
  if (!control) return [appended(file, ['[supervisorctl]', `serverurl=${url}`])];
  const said = entry(control, 'serverurl');
  if (said?.value.startsWith('unix:')) return [];
  const edits = spread(setEntry(ini, 'supervisorctl', 'serverurl', url));
  if (isRefusal(edits)) return edits;
  const gone = away.length > 0 ? ['username', 'password'].flatMap((key) => { const e = entry(control, key); return e ? [removeEntry(ini, e)] : []; }) : [];
  return [...edits, ...gone];
}

/** The port's section gives its place to a socket, or goes where there is one already. */
function withoutPort(door: Door, socket: string, there: boolean): SpanEdit {
  const { section, file } = door;
  const newline = eol(file.text);
  const end = section.entries.at(-1)?.lines.end ?? section.lines.end;
  if (!there) return { start: section.lines.start, end, text: ['[unix_http_server]', `file=${socket}`, 'chmod=0700'].map((l) => l + newline).join('') };
  // The empty line that parted it from the next section goes with it.
  const blank = /^[ \t]*\r?\n/.exec(file.text.slice(end))?.[0].length ?? 0;
  return { start: section.lines.start, end: end + blank, text: '' };
}

/** What stands behind an old mode on its line says why it was that one: it goes with it. */
function reasonBehind({ text: all }: IniFile, mode: IniEntry | undefined): readonly SpanEdit[] {
  const said = mode && /^[ \t]+;[^\r\n]*/.exec(all.slice(mode.valueSpan.end))?.[0];
  return mode && said ? [{ start: mode.valueSpan.end, end: mode.valueSpan.end + said.length, text: '' }] : [];
}

/** `chmod=0700`, and root's: the entries that say otherwise get these values. */
function closedSocket({ ini, section }: Door): readonly SpanEdit[] | Refusal {
  const at = entry(section, 'file');
  const made: (readonly SpanEdit[] | Refusal)[] = [spread(setEntry(ini, section.name, 'chmod', '0700', at)), reasonBehind(ini, entry(section, 'chmod'))];
  const chown = entry(section, 'chown');
  if (chown && !/^root(?::root)?$/.test(chown.value)) made.push(spread(replaceValue(ini, chown, 'root:root')));
  return made.find(isRefusal) ?? made.flatMap((m) => (isRefusal(m) ? [] : m));
}

/** All ways into the supervisord of one file closed but a socket that only root may use. */
export function onlySocket(machine: Machine, found: Door): { readonly changes: readonly Change[]; readonly path: string } | Refusal {
  const { file, ini } = found;
  const mine = doors(machine).filter((d) => d.file === file);
  const [unix] = mine.filter((d) => d.kind === 'unix');
  const inet = mine.filter((d) => d.kind === 'inet');
  const path = unix?.path ?? SOCKET;
  const edits: SpanEdit[] = [];
  if (unix) {
    const closed = closedSocket(unix);
    if (isRefusal(closed)) return closed;
    edits.push(...closed);
  }
  inet.forEach((door, i) => edits.push(withoutPort(door, path, unix !== undefined || i > 0)));
  const control = inet.length > 0 ? pointControl(file, ini, `unix://${path}`, inet) : [];
  if (isRefusal(control)) return control;
  edits.push(...control);
  if (!supervisordFiles(machine).some((f) => iniOf(f, 'supervisord').sections.some((s) => s.name.startsWith('rpcinterface:')))) {
    edits.push(appended(file, ['[rpcinterface:supervisor]', 'supervisor.rpcinterface_factory = supervisor.rpcinterface:make_main_rpcinterface']));
  }
  return { changes: [editOf(file, edits)], path };
}

const NAME = 'supervisor';
const USER = 'admin';

/** Where a person finds the password: a file of its own, that git and images do not take along. */
const passwordFile = ({ file }: Door): string => posix.join(posix.dirname(file.path), 'supervisor.password');

/** A login on every door of the file: the hash stands there, the password in a file that only its owner may read. */
export function withPassword(machine: Machine, found: Door): { readonly changes: readonly Change[]; readonly file: string } | Refusal {
  const { file, ini } = found;
  const open = doors(machine).filter((d) => d.file === file && !d.password && (d.kind === 'inet' || othersMay(d) || groupMay(d)));
  const path = passwordFile(found);
  if (machine.files.has(path)) return refuse(text(`${path} is there already`, `${path} 已经存在`));
  if (ini.text.includes('%(ENV_') && open.some((d) => entry(d.section, 'password'))) return refuse(text('its password comes from the environment: set it there', '密码来自环境变量：请在那里设置'));
  const edits: SpanEdit[] = [];
  for (const { section } of open) {
    const anchor = entry(section, 'chown') ?? entry(section, 'chmod') ?? entry(section, 'port') ?? entry(section, 'file');
    for (const [key, value] of [['password', `{SHA}${generated(NAME, 'sha1')}`], ['username', USER]] as const) {
      const made = spread(setEntry(ini, section.name, key, value, anchor));
      if (isRefusal(made)) return made;
      edits.push(...made.map((e) => (e.start === e.end ? { ...e, rank: key === 'username' ? 20 : 30 } : e)));
    }
  }
  const secret: Change = { kind: 'create-file', path, text: `${generated(NAME)}\n`, mode: 0o600 };
  return { changes: [editOf(file, edits), secret, ...(path.startsWith('/') ? [] : keptOut(machine, [path]))], file: path };
}
