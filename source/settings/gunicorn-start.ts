import type { Change } from '../model/change.ts';
import type { Machine } from '../model/machine.ts';
import { isRefusal, refuse, type Proposal, type Refusal } from '../model/risk.ts';
import { text } from '../model/text.ts';
import { confined } from './confined.ts';
import { addresses, tcp } from './gunicorn-binds.ts';
import { becomes, brings, workerAccount, type WorkerAccount } from './gunicorn-account.ts';
import { removeSettings } from './gunicorn-edit.ts';
import { imageFolders, imageLogs, placesFor, unitDirectories } from './gunicorn-places.ts';
import type { Gunicorn } from './gunicorn.ts';
import { refuseTaken } from './gunicorn-shared.ts';
import { handedFolders } from './handed-over.ts';
import { shipped } from './service-files.ts';
import { setProgramUser } from './supervisord-user.ts';
import { startsAs } from './starts-as.ts';
import { setUnitLines, type UnitLine } from './unit-edit.ts';
import { directories, privileged, serviceValue } from './unit-service.ts';
import { accountName, blockEdit } from './user-block.ts';

/** Folders of the image that the app was seen writing: they go with the account that is made, in one step. */
const written = (machine: Machine, { program }: Gunicorn): readonly string[] => handedFolders(machine, program);

type Some = readonly [Gunicorn, ...Gunicorn[]];
const TAKEN = ['user', 'group', 'initgroups'] as const;

interface One {
  readonly changes: readonly Change[];
  readonly along: NonNullable<Proposal['along']>;
}

const lowPort = (machine: Machine, g: Gunicorn): number | undefined => addresses(machine, g).flatMap((a) => tcp(a.value)?.port ?? []).find((p) => p > 0 && p < 1024);

/** Settings that a gunicorn which is somebody from the start may not have: it could not become what they say (measured). */
const taken = (machine: Machine, g: Gunicorn, all: Some): readonly Change[] | Refusal => refuseTaken(machine, all, TAKEN) ?? removeSettings(machine, g, TAKEN);

function byUnit(machine: Machine, g: Gunicorn, account: WorkerAccount): One | Refusal {
  const { unit, service } = g.program;
  if (!unit) return refuse(text('its unit could not be read', '读不到它的 unit'));
  if (privileged(unit)) return refuse(text('its command begins with + or !, which asks for every privilege: take that out first', '它的命令以 + 或 ! 开头，要求全部特权：请先去掉'));
  const more = unitDirectories(machine, g).filter((d) => serviceValue(unit, d.key) === undefined);
  const given = [...new Map([...directories(machine, g.program), ...more].map((d) => [d.key, d])).values()];
  const port = lowPort(machine, g);
  const places = placesFor(machine, g, account.user, account.group, given);
  if (isRefusal(places)) return places;
  const lines: UnitLine[] = [
    { section: 'Service', key: 'User', value: account.user },
    { section: 'Service', key: 'Group', value: account.group },
    ...given.map((d): UnitLine => ({ section: 'Service', key: d.key, value: d.name })),
    // A folder that somebody else made would go with the first stop, and be missing when this is taken back.
    ...(service.host?.running && given.some((d) => d.key === 'RuntimeDirectory') ? [{ section: 'Service' as const, key: 'RuntimeDirectoryPreserve', value: 'yes' }] : []),
    ...(port === undefined ? [] : [{ section: 'Service' as const, key: 'AmbientCapabilities', value: 'CAP_NET_BIND_SERVICE' }]),
  ];
  const edits = setUnitLines(unit, lines, '10-user.conf');
  if (isRefusal(edits)) return edits;
  return {
    changes: [...places, ...edits],
    along: [
      ...given.map((d) => ({ label: d.name, text: text(`${d.key}=: systemd gives it to ${account.user} at each start`, `${d.key}=：每次启动时 systemd 把它交给 ${account.user}`) })),
      ...(port === undefined ? [] : [{ label: text(`port ${port}`, `端口 ${port}`), text: text('needs CAP_NET_BIND_SERVICE, and gets that alone', '需要 CAP_NET_BIND_SERVICE，只给它这一项') }]),
      ...(account.fresh && !service.host?.running ? [{ label: account.user, text: text(`the account must be there where it runs: useradd --system ${account.user}`, `运行它的机器上要有这个账号：useradd --system ${account.user}`) }] : []),
    ],
  };
}

/** In an image the account has to be made: supervisord takes a number only if /etc/passwd has it (measured: "Invalid user id"). */
function inImage(machine: Machine, g: Gunicorn, account: WorkerAccount): { readonly changes: readonly Change[]; readonly name: string } | Refusal {
  const image = shipped(machine, g.program.service);
  if (!image) return refuse(text('supervisord wants an account with a name, and there is no Dockerfile here to make one in', 'supervisord 需要有名字的账号，而这里没有可以创建它的 Dockerfile'));
  if (!account.fresh) return { changes: [], name: account.user };
  const user = { uid: Number(account.user), gid: /^\d+$/.test(account.group) ? Number(account.group) : Number(account.user), ...(account.groupOf ? { groupOf: account.groupOf } : {}) };
  const all = brings(machine, g, account);
  if (isRefusal(all)) return all;
  const handed = all.filter((c) => c.kind !== 'edit-file');
  const folders = [...new Set([...imageFolders(machine, g), ...written(machine, g)])].sort();
  const logs = imageLogs(machine, g);
  return { changes: [blockEdit(image, { named: true, user, folders, ...(logs.length > 0 ? { more: { made: logs, run: false, closed: [] } } : {}), home: false, setUser: false }), ...handed], name: accountName(image, user.uid) };
}

function bySupervisor(machine: Machine, g: Gunicorn, account: WorkerAccount): One | Refusal {
  const { supervisor, service, cwd } = g.program;
  if (!supervisor) return refuse(text('its program could not be read', '读不到它的 program'));
  const port = lowPort(machine, g);
  const { hostNetwork, portStart } = confined(machine, service);
  if (port !== undefined && (service.host || hostNetwork || (portStart !== undefined && port < portStart))) {
    return refuse(text(`it opens port ${port}, which only root may here, and supervisord can hand on no capability: keep its master root, or give it a higher port first`, `它打开端口 ${port}，这里只有 root 可以，而 supervisord 不能转交 capability：让主进程保持 root，或者先换成更高的端口`));
  }
  const places = placesFor(machine, g, account.user, account.group, []);
  if (isRefusal(places)) return places;
  const made = service.host ? { changes: [], name: account.user } : inImage(machine, g, account);
  if (isRefusal(made)) return made;
  const edit = setProgramUser(supervisor, { user: account.user, home: cwd ?? '/', name: made.name });
  if (isRefusal(edit)) return edit;
  return {
    changes: [...places, ...made.changes, edit],
    along: [
      { label: 'supervisord', text: text('stays root: it must, to start its programs as others', '仍是 root：它要以别的用户启动程序，必须如此') },
      { label: 'HOME', text: text(`${cwd ?? '/'}: supervisord would leave it /root`, `${cwd ?? '/'}：否则 supervisord 会留着 /root`) },
    ],
  };
}

/** gunicorn started as its user by whoever starts it: no process of it is root, not even the master. */
export function startsNobodyRoot(machine: Machine, all: Some, by: 'systemd' | 'supervisord'): Proposal | Refusal {
  const other = all.find((g) => g.program.starter !== by);
  if (other) return by === 'systemd' ? refuse(text(`${other.program.name} is not started by a unit of systemd`, `${other.program.name} 不是由 systemd 的 unit 启动的`)) : refuse(text(`${other.program.name} is not started by supervisord`, `${other.program.name} 不是由 supervisord 启动的`));
  const changes: Change[] = [];
  const along: NonNullable<Proposal['along']>[number][] = [];
  for (const g of all) {
    if (startsAs(machine, g.program)?.root === false) return refuse(text(`${g.program.name} is started as somebody else already, only what runs is older`, `${g.program.name} 已经以别的用户启动，只是正在运行的更旧`));
    const account = workerAccount(machine, g);
    const one = by === 'systemd' ? byUnit(machine, g, account) : bySupervisor(machine, g, account);
    if (isRefusal(one)) return one;
    const gone = taken(machine, g, all);
    if (isRefusal(gone)) return gone;
    const handed = g.program.service.host ? brings(machine, g, account) : [];
    if (isRefusal(handed)) return handed;
    changes.push(...handed, ...one.changes, ...gone);
    along.push({ label: 'gunicorn', text: text(`${account.user} from the start, its master too`, `从一开始就是 ${account.user}，主进程也是`) }, ...one.along);
  }
  return {
    changes,
    rebuild: [...new Set(all.filter((g) => g.program.service.build).map((g) => g.program.service.name))],
    replace: [...new Set(all.map((g) => g.program.service.name))],
    proofs: all.map((g) => ({ kind: 'gunicorn-workers', service: g.program.service.name, program: g.program.name, master: true, ...becomes(workerAccount(machine, g)) })),
    along,
  };
}
