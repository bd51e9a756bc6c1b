import { posix } from 'node:path';
import type { Change } from '../model/change.ts';
import type { Machine } from '../model/machine.ts';
import { isRefusal, refuse, type Proposal, type Refusal } from '../model/risk.ts';
import { text } from '../model/text.ts';
import { accounts } from './accounts.ts';
import { heldBy } from './code-folder.ts';
import { confined } from './confined.ts';
import { distributionOf } from './distribution.ts';
import { mountRows } from './handed-mounts.ts';
import { handedFolders, handedTo } from './handed-over.ts';
import { appAccount, makeAccount } from './host-account.ts';
import { handedHere, handedWords } from './host-state.ts';
import { stateFolder } from './named-paths.ts';
import { programsOf, type Program } from './program.ts';
import { hostPath } from './program-files.ts';
import { rolesIn, STORES } from './roles.ts';
import { runAs, type RunAs } from './run-as.ts';
import { shipped } from './service-files.ts';
import { startsAs } from './starts-as.ts';
import { setProgramUser } from './supervisord-user.ts';
import { lowPorts } from './unit-service.ts';
import { accountName, blockEdit } from './user-block.ts';

/** Numbers for them, apart from those that apps get. */
const FIRST_STORE = 10101;

/** They take a number, and get the service's. */
const NUMBERED = /^(?:gunicorn3?|uwsgi(?:-core)?|celery)$/;
const stillRoot = (machine: Machine, program: Program): boolean => (program.live.processes.length > 0 ? rolesIn(program.live).root.length > 0 : startsAs(machine, program)?.root !== false);

interface ImageAccount {
  readonly user: RunAs;
  /** Undefined: the app's own, which every program of the app gets. */
  readonly name?: string;
  /** The image has it already. */
  readonly there?: string;
}

/** The app's user for what is the app's; a user of its own for a server that stands beside it. */
function inImage(machine: Machine, program: Program): ImageAccount {
  const image = shipped(machine, program.service);
  const made = image ? accounts(image) : [];
  if (STORES.test(program.kind)) {
    const all = programsOf(machine).filter((p) => p.service.name === program.service.name && p.starter === 'supervisord');
    const uid = FIRST_STORE + Math.max(0, all.findIndex((p) => p.name === program.name));
    return { user: { uid, gid: uid }, name: appAccount(machine, program, program.name).name };
  }
  const own = made.find((a) => a.from === 'dockerfile' && a.uid !== undefined);
  // A gunicorn, a uWSGI or a Celery beside it that is root gets the service's number: with two of them, what both write would be one's.
  const beside = programsOf(machine).some((p) => p.service.name === program.service.name && p.starter === 'supervisord' && NUMBERED.test(p.kind) && stillRoot(machine, p));
  const number = beside ? runAs(machine, [program.service]) : undefined;
  if (number && number.uid !== own?.uid) return { user: number };
  if (own?.uid !== undefined) return { user: { uid: own.uid, gid: own.gid ?? own.uid }, there: own.name };
  return { user: runAs(machine, [program.service]) };
}

export interface Supervised {
  readonly changes: readonly Change[];
  readonly along: NonNullable<Proposal['along']>;
}

/** supervisord itself steps down for its programs: without these back it ends in "can't setuid" or "can't setgid". */
const NEEDED = ['SETUID', 'SETGID'];

/** In an image the account has to be made: supervisord takes a number only if /etc/passwd has it ("Invalid user id", measured). */
function containerUser(machine: Machine, program: Program): Supervised | Refusal {
  const { service, supervisor } = program;
  const image = shipped(machine, service);
  if (!image || !supervisor) return refuse(text('supervisord wants an account that the image has, and there is no Dockerfile here to make one in', 'supervisord 要用镜像里有的账号，而这里没有可以创建它的 Dockerfile'));
  if (distributionOf(image) === 'bare') return refuse(text('this base has no tools to make an account with', '这个基础镜像没有创建账号的工具'));
  const { dropsAll, adds } = confined(machine, service);
  const needed = NEEDED.filter((c) => dropsAll && !adds.has(c));
  if (needed.length > 0) return refuse(text(`${service.name} drops all capabilities; supervisord needs ${needed.join(', ')} back to start anything as another user`, `${service.name} 移除了全部 capability；supervisord 要有 ${needed.join('、')} 才能以别的用户启动程序`));
  const { user, name, there } = inImage(machine, program);
  const folders = handedFolders(machine, program);
  const account = there ?? name ?? accountName(image, user.uid);
  const home = stateFolder(machine, program) ?? program.cwd ?? '/';
  const edit = setProgramUser(supervisor, { user: account, home, name: account });
  if (isRefusal(edit)) return edit;
  const block = blockEdit(image, { named: there === undefined, ...(name ? { name } : {}), user, folders, home: false, setUser: false });
  const all = handedTo(machine, program, user);
  if (isRefusal(all)) return all;
  const handed = all.filter((c) => c.kind !== 'edit-file');
  return {
    changes: [...(block.edits.length > 0 ? [block] : []), ...handed, edit],
    along: [
      { label: account, text: text(`${user.uid}: supervisord wants an account that /etc/passwd has`, `${user.uid}：supervisord 要求 /etc/passwd 里有这个账号`) },
      ...mountRows(machine, [service], handed),
      ...folders.map((f) => ({ label: f, text: text(`${account}'s in the image`, `在镜像里归 ${account}`) })),
      { label: 'HOME', text: text(`${home}: supervisord would leave it /root`, `${home}：否则 supervisord 会留着 /root`) },
    ],
  };
}

/** What it keeps on this machine: its own folders below /var and /run, and those in the project that its configuration names. */
function stateOf(machine: Machine, program: Program, name: string): readonly Change[] | Refusal {
  const folder = stateFolder(machine, program);
  const path = folder === undefined ? undefined : hostPath(machine, program, folder)?.replace(/(?<=.)\/$/, '');
  const mine = path !== undefined && (`${path}/`.startsWith(`${machine.root}/`) || /^\/var\/(?:lib|log|cache|spool)\/[^/]+/.test(path));
  if (!mine || !program.service.host?.running) return [];
  if (heldBy(machine, program, path)) return refuse(text(`it keeps its data in ${path}, beside code, configuration or what supervisord opens as root: give it a folder of its own first, ${posix.join(path, program.name)}`, `它的数据在 ${path}，和代码、配置或 supervisord 以 root 身份打开的文件放在一起：请先给它单独的目录，比如 ${posix.join(path, program.name)}`));
  return [{ kind: 'set-path', path, uid: name, gid: name, below: true, optional: true }];
}

function hostUser(machine: Machine, program: Program): Supervised | Refusal {
  const { supervisor, service, cwd } = program;
  if (!supervisor) return refuse(text('its program could not be read', '读不到它的 program'));
  const [port] = lowPorts(program);
  if (port !== undefined) return refuse(text(`it opens port ${port}, which only root may here, and supervisord can hand on no capability: give it a higher port first, or make it a unit`, `它打开端口 ${port}，这里只有 root 可以，而 supervisord 不能转交 capability：请先换成更高的端口，或改成 unit`));
  const { name } = appAccount(machine, program, program.name);
  const edit = setProgramUser(supervisor, { user: name, home: stateFolder(machine, program) ?? cwd ?? '/', name });
  if (isRefusal(edit)) return edit;
  const state = stateOf(machine, program, name);
  if (isRefusal(state)) return state;
  const handed = handedHere(machine, program, { uid: name, gid: name });
  if (isRefusal(handed)) return handed;
  const seen = handed.filter((h) => !state.some((s) => 'path' in s && 'path' in h && s.path === h.path));
  return {
    changes: [...makeAccount(service, { name }), ...state, ...seen, edit],
    along: [
      ...handedWords(seen, name, [program]),
      { label: name, text: service.host?.running ? text('a system account of its own, made where it is missing', '它自己的系统账号，没有就建一个') : text(`the account must be there where it runs: useradd --system ${name}`, `运行它的机器上要有这个账号：useradd --system ${name}`) },
      { label: 'HOME', text: text('supervisord would leave it /root', '否则 supervisord 会留着 /root') },
    ],
  };
}

/** `user=` of a program, and what has to be there for it. */
export const userOfProgram = (machine: Machine, program: Program): Supervised | Refusal => (program.service.host ? hostUser(machine, program) : containerUser(machine, program));
