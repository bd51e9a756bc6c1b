import { removeEntry, replaceValue } from '../files/ini.ts';
import { isRefused } from '../files/span.ts';
import type { Change } from '../model/change.ts';
import type { Machine } from '../model/machine.ts';
import { isRefusal, refuse, type Proposal, type Refusal } from '../model/risk.ts';
import { text } from '../model/text.ts';
import { editOf } from './edit.ts';
import { removeForceRoot } from './force-root.ts';
import { mountRows } from './handed-mounts.ts';
import { handedFolders, handedTo } from './handed-over.ts';
import { appAccount, makeAccount } from './host-account.ts';
import { handedHere, handedWords } from './host-state.ts';
import type { Program } from './program.ts';
import { runAs } from './run-as.ts';
import { shipped } from './service-files.ts';
import { setProgramUser } from './supervisord-user.ts';
import { setUnitLines, type UnitLine } from './unit-edit.ts';
import { directories, privileged } from './unit-service.ts';
import { unitEntries } from './unit.ts';
import { accountName, blockEdit } from './user-block.ts';

export interface AtOwner {
  readonly changes: readonly Change[];
  readonly along: NonNullable<Proposal['along']>;
}

const NAME = 'C_FORCE_ROOT';

/** The guard that was switched off for root; whoever is not root has no use for the switch. */
function withoutForce(machine: Machine, { unit, service }: Program): readonly Change[] | Refusal {
  const changes: Change[] = [];
  for (const { entry, file, ini } of unit ? unitEntries(unit, 'Service', 'Environment') : []) {
    if (!entry.value.includes(NAME)) continue;
    const left = entry.value.replace(new RegExp(`(^|\\s)["']?${NAME}=[^\\s"']*["']?`), '').trim();
    const edits = left === '' ? [removeEntry(ini, entry)] : replaceValue(ini, entry, left);
    if (isRefused(edits)) return refuse(text(`${file.path}: ${edits.refused}`, `${file.path}：${edits.refused}`));
    changes.push(editOf(file, edits));
  }
  if (service.host) return changes;
  for (const edit of removeForceRoot(machine, service)) {
    if (isRefusal(edit)) return edit;
    changes.push(edit);
  }
  return changes;
}

/** `C_FORCE_ROOT` in a program's own environment goes with the line that gets its user. */
function supervisorForce({ supervisor }: Program): readonly Change[] | Refusal {
  const entry = supervisor?.ini.entries.filter((e) => e.section === supervisor.section && e.key === 'environment').at(-1);
  if (!supervisor || !entry?.value.includes(NAME)) return [];
  return refuse(text(`its environment= sets ${NAME}: take that out first, it is not needed without root`, `它的 environment= 里设置了 ${NAME}：请先去掉，不用 root 就不需要它`));
}

function inContainer(machine: Machine, program: Program): AtOwner | Refusal {
  const { service, supervisor, cwd } = program;
  const image = shipped(machine, service);
  if (!supervisor || !image) return refuse(text('supervisord wants an account with a name, and there is no Dockerfile here to make one in', 'supervisord 需要有名字的账号，而这里没有可以创建它的 Dockerfile'));
  const user = runAs(machine, [service]);
  const folders = handedFolders(machine, program);
  const edit = setProgramUser(supervisor, { user: String(user.uid), home: cwd ?? '/', name: accountName(image, user.uid) });
  if (isRefusal(edit)) return edit;
  const handed = handedTo(machine, program, user);
  if (isRefusal(handed)) return handed;
  return {
    changes: [blockEdit(image, { named: true, user, folders, home: false, setUser: false }), ...handed.filter((c) => c.kind !== 'edit-file'), edit],
    along: [...mountRows(machine, [service], handed), { label: text('group', '组'), text: text('has a name in /etc/group: Celery takes one without for root\'s', '在 /etc/group 里有名字：没有名字的组，Celery 会当成 root 的') }],
  };
}

function onHost(machine: Machine, program: Program): AtOwner | Refusal {
  const { unit, supervisor, service, cwd } = program;
  const account = appAccount(machine, program, (unit?.name ?? program.name).replace(/@?\.service$/, ''));
  const along = [{ label: account.name, text: service.host?.running ? text('a system account of its own, made where it is missing', '它自己的系统账号，没有就建一个') : text(`the account must be there where it runs: useradd --system ${account.name}`, `运行它的机器上要有这个账号：useradd --system ${account.name}`) }];
  const handed = handedHere(machine, program, { uid: account.name, gid: account.name });
  if (isRefusal(handed)) return handed;
  const told = [...along, ...handedWords(handed, account.name, [program])];
  if (unit) {
    if (privileged(unit)) return refuse(text('its command begins with + or !, which asks for every privilege: take that out first', '它的命令以 + 或 ! 开头，要求全部特权：请先去掉'));
    const lines: UnitLine[] = [{ section: 'Service', key: 'User', value: account.name }, { section: 'Service', key: 'Group', value: account.name }, ...directories(machine, program).map((d): UnitLine => ({ section: 'Service', key: d.key, value: d.name }))];
    const edits = setUnitLines(unit, lines, '10-user.conf');
    return isRefusal(edits) ? edits : { changes: [...makeAccount(service, account), ...handed, ...edits], along: told };
  }
  if (!supervisor) return refuse(text('it was started in a terminal: start it again with --uid and --gid, or as a unit', '它是在终端里启动的：请加上 --uid 和 --gid 重新启动，或写成 unit'));
  const edit = setProgramUser(supervisor, { user: account.name, home: cwd ?? '/', name: account.name });
  return isRefusal(edit) ? edit : { changes: [...makeAccount(service, account), ...handed, edit], along: told };
}

/** A user for a worker where it is started: supervisord's program, or the unit; and the switch for root taken out. */
export function userAtOwner(machine: Machine, program: Program): AtOwner | Refusal {
  const own = program.service.host ? onHost(machine, program) : inContainer(machine, program);
  if (isRefusal(own)) return own;
  const [force, inSection] = [withoutForce(machine, program), supervisorForce(program)];
  if (isRefusal(force)) return force;
  return isRefusal(inSection) ? inSection : { ...own, changes: [...own.changes, ...force] };
}
