import type { Change } from '../../model/change.ts';
import type { Finding } from '../../model/finding.ts';
import type { Machine } from '../../model/machine.ts';
import { refuse, type Proposal, type Refusal } from '../../model/risk.ts';
import { text } from '../../model/text.ts';
import { gunicornNamed, type Gunicorn } from '../../settings/gunicorn.ts';
import { isOn, told } from '../../settings/gunicorn-settings.ts';
import { addresses, unixPath } from '../../settings/gunicorn-binds.ts';
import { becomes, type WorkerAccount } from '../../settings/gunicorn-account.ts';
import { mountRows } from '../../settings/handed-mounts.ts';
import { confined } from '../../settings/confined.ts';

type Some = readonly [Gunicorn, ...Gunicorn[]];

/** The gunicorns of a finding, as they are now. */
export function gunicornsOfFinding(finding: Finding, machine: Machine): Some | Refusal {
  const programs = finding.detail['programs'] as readonly { readonly service: string; readonly program: string }[];
  const [first, ...rest] = programs.flatMap((p) => gunicornNamed(machine, p.service, p.program) ?? []);
  return first ? [first, ...rest] : refuse(text('gunicorn is not started here any more', '这里已不再启动 gunicorn'));
}

/** A container without SETUID and SETGID can't give its workers another user (measured: "Operation not permitted"). */
export function cannotStepDown(machine: Machine, all: Some): Refusal | undefined {
  for (const { program: { service } } of all) {
    const { dropsAll, adds } = confined(machine, service);
    const needed = service.host || !dropsAll ? [] : ['CHOWN', 'SETUID', 'SETGID'].filter((c) => !adds.has(c));
    if (needed.length > 0) return refuse(text(`${service.name} drops all capabilities; to give its workers a user gunicorn needs ${needed.join(', ')} back`, `${service.name} 移除了全部 capability；gunicorn 要给工作进程换用户，需要 ${needed.join('、')}`));
  }
  return undefined;
}

/** "What comes along" of the ways that leave the master root. */
export function masterStays(machine: Machine, all: Some, account: WorkerAccount, changes: readonly Change[]): NonNullable<Proposal['along']> {
  const ported = all.some((g) => ((told) => told.length === 0 || told.some(({ value }) => unixPath(value) === undefined))(addresses(machine, g)));
  const preload = all.some((g) => isOn(told(machine, g, 'preload_app')));
  return [
    { label: text('workers', '工作进程'), text: text(`${account.user}, group ${account.group}${account.groupOf ? ` (${account.groupOf})` : ''}`, `${account.user}，组 ${account.group}${account.groupOf ? `（${account.groupOf}）` : ''}`) },
    { label: text('master', '主进程'), text: ported ? text('stays root: it holds the port and reads its configuration as root', '仍是 root：占着端口，并以 root 身份读取配置') : text('stays root: it makes the socket and reads its configuration as root', '仍是 root：由它创建套接字，并以 root 身份读取配置') },
    ...mountRows(machine, all.map((g) => g.program.service), changes),
    ...(preload ? [{ label: 'preload_app', text: text('the app is still loaded by the root master: take it out, or start gunicorn as the user', '应用仍由 root 主进程加载：去掉它，或者直接以该用户启动 gunicorn') }] : []),
    ...(all.some((g) => g.program.service.host) && account.fresh ? [{ label: text('files', '文件'), text: text(`what the app was seen writing goes to ${account.user}; hand over what else it has to write on`, `看到应用写过的文件会交给 ${account.user}；其他要继续写的，请自行移交`) }] : []),
  ];
}

export const namesOf = (all: Some): readonly string[] => [...new Set(all.map((g) => g.program.service.name))];

/** Each of them is seen afterwards: its workers, their user and their group. */
export const proofsOf = (all: Some, account: WorkerAccount): Proposal['proofs'] => all.map(({ program }) => ({ kind: 'gunicorn-workers', service: program.service.name, program: program.name, ...becomes(account) }));

/** What has to be built again: services whose image carries a file that changes. */
export const rebuilt = (all: Some): readonly string[] => [...new Set(all.filter((g) => g.program.service.build).map((g) => g.program.service.name))];
