import type { Finding, Subject } from '../../model/finding.ts';
import { findingId } from '../../model/finding-id.ts';
import type { Machine } from '../../model/machine.ts';
import type { Service } from '../../model/service.ts';
import { list, text, type Text } from '../../model/text.ts';
import { gunicornDecides } from '../../settings/gunicorn-user.ts';
import { nginxDecides } from '../../settings/nginx-main.ts';
import { programsOf } from '../../settings/program.ts';
import { mainProgram, programOf, rolesIn } from '../../settings/roles.ts';
import { imageKey, runAs } from '../../settings/run-as.ts';
import { runningOf, shipped } from '../../settings/service-files.ts';
import { declaredUser, isSeen, type DeclaredUser } from '../../settings/user.ts';
import { startsUwsgi } from '../../settings/uwsgi-user.ts';
import { chainOf } from '../../settings/chain.ts';
import { wordsAt } from '../../settings/parsed.ts';
import { ID } from './ids.ts';
import { detectVolumes } from './volume.ts';
import { subjectsOf } from '../../settings/subjects.ts';

/** Processes that a known program of supervisord is, with supervisord itself; undefined where it does not run the container, or from a file that was not found. */
function supervisedPids(machine: Machine, service: Service): ReadonlySet<number> | undefined {
  const mine = programsOf(machine).filter((p) => p.service === service && p.starter === 'supervisord');
  if (mine.length === 0) return undefined;
  const master = runningOf(machine, service).flatMap((c) => c.processes).filter((p) => programOf(p.argv) === 'supervisord');
  return new Set([...master, ...mine.flatMap((p) => p.live.processes)].map((p) => p.pid));
}

interface Case {
  readonly service: Service;
  readonly user: DeclaredUser | undefined;
  readonly confidence: Finding['confidence'];
}

function judge(machine: Machine, service: Service): Case | undefined {
  const user = declaredUser(machine, service);
  // uWSGI decides its user in its own configuration: that is another risk's (`uwsgi-root`), said once.
  if (startsUwsgi(machine, service)) return undefined;
  // So does a gunicorn that is told who its workers are (`gunicorn-root-workers`).
  // And an nginx whose file says root (`nginx-root-workers`).
  const decided = gunicornDecides(machine, service) ? 'gunicorn' : nginxDecides(machine, service) ? 'nginx' : undefined;
  // Under supervisord each program is judged where its user is named: only what none of them is, is the container's.
  const judged = supervisedPids(machine, service);
  if (isSeen(machine, service)) {
    const root = runningOf(machine, service).flatMap((c) => rolesIn(c).root).filter((p) => programOf(p.argv) !== decided && !judged?.has(p.pid));
    return root.length > 0 ? { service, user, confidence: 'seen' } : undefined;
  }
  if (!user?.root || user.stepsDown || decided || judged) return undefined;
  return { service, user, confidence: user.guess ? 'guess' : 'declared' };
}

function seenText(machine: Machine, service: Service): Text[] {
  return runningOf(machine, service).flatMap((c) => {
    const { root } = rolesIn(c);
    const outside = root.find((p) => p.outside !== undefined)?.outside;
    const n = c.processes.length;
    if (root.length === 0) return [];
    const program = mainProgram(c);
    const mapped = outside === undefined ? text('', '') : text(` (${outside} outside)`, `（容器外是 ${outside}）`);
    return [text(`${service.name}: ${program}, ${n} ${n === 1 ? 'process' : 'processes'}, uid 0${mapped.en}.`, `${service.name}：${program}，${n} 个进程，uid 0${mapped['zh-CN']}`)];
  });
}

/** Whose the places are that it writes, where that tells what number it should have. */
function ownersText(machine: Machine, services: readonly Service[]): Text[] {
  const { uid, gid, placesOf } = services.some((s) => isSeen(machine, s)) ? runAs(machine, services) : { uid: 0, gid: 0 };
  if (!placesOf) return [];
  const { at, name } = placesOf;
  return [name === undefined ? text(`${at} belongs to ${uid}:${gid}.`, `${at} 归 ${uid}:${gid} 所有。`) : text(`${at} belongs to ${uid}:${gid}, the image's own account ${name}.`, `${at} 归 ${uid}:${gid} 所有，那是镜像自带的账号 ${name}。`)];
}

/** What decides: an image for all that run it, or a service's own line in compose. */
const symbolOf = ({ service, user }: Case): string => (user?.from.kind === 'compose' ? `compose#${service.name}` : imageKey(service) + (user?.from.kind ?? ''));

function finding(machine: Machine, cases: readonly Case[]): Finding {
  const services = cases.map((c) => c.service);
  const [first] = cases;
  const user = first?.user;
  const at = user?.from.at;
  const names = list(services.map((s) => s.name));
  const outside = services.every((s) => runningOf(machine, s).some((c) => c.processes.some((p) => p.outside !== undefined)));
  const confidence = cases.some((c) => c.confidence === 'seen') ? 'seen' : cases.every((c) => c.confidence === 'guess') ? 'guess' : 'declared';
  const plural = services.length > 1;
  const subjects: Subject[] = services.flatMap((s) => subjectsOf(machine, s));
  const source = services.every((s) => s.build) ? text('Dockerfile', ' Dockerfile ') : text('image', '镜像');
  const fromWords = at ? wordsAt(machine, at) : '';
  // Of several stages another one may name its user.
  const image = services[0] && shipped(machine, services[0]);
  const stage = image && image.df.stages.length > 1 ? image.stage.name : undefined;
  const whole = plural ? text(stage ? `its stage ${stage}` : 'it', stage ? `其中的 ${stage} 阶段` : '它') : stage ? text(`The stage ${stage} of the ${source.en}`, `Dockerfile 的 ${stage} 阶段`) : text(`The ${source.en}`, source['zh-CN'].trimStart());
  return {
    id: findingId(ID, at?.file ?? services[0]?.name ?? '', first ? symbolOf(first) : ''),
    risk: ID,
    severity: outside ? 'low' : 'high',
    confidence,
    title: text(`${names.en} ${plural ? 'run' : 'runs'} as root`, `${names['zh-CN']} 以 root 身份运行`),
    short: text(`${services.map((s) => s.name).join(', ')} as root`, `${names['zh-CN']} 以 root 身份运行`),
    why: text(
      `${plural ? `${names.en} come from one ${source.en}, and ` : ''}${whole.en} names no ${fromWords.startsWith('FROM') ? '' : 'other '}user. A hole in the app is then root in its container: it can rewrite the code and /etc/passwd.`,
      `${plural ? `${names['zh-CN']} 来自同一个${source['zh-CN'].trimEnd()}，` : ''}${whole['zh-CN']}没有指定${fromWords.startsWith('FROM') ? '' : '别的'}用户。应用一旦有漏洞，攻击者在容器里就是 root：可以改写代码和 /etc/passwd。`,
    ),
    subjects,
    places: at ? [at] : [],
    chain: services.flatMap((s) => chainOf(machine, s, at)),
    seen: [...services.flatMap((s) => seenText(machine, s)), ...ownersText(machine, services)],
    from: at ? [{ place: at, words: fromWords, ...(fromWords.startsWith('FROM') ? { note: text('no USER here, none in the base', '这里没有 USER，基础镜像里也没有') } : {}) }] : [],
    detail: { services: services.map((s) => s.name) },
  };
}

/** One finding for each line that decides: services from one image are its subjects. */
export function detect(machine: Machine): readonly Finding[] {
  const groups = new Map<string, Case[]>();
  for (const service of machine.services) {
    const found = judge(machine, service);
    if (!found) continue;
    const key = symbolOf(found);
    groups.set(key, [...(groups.get(key) ?? []), found]);
  }
  return [...[...groups.values()].map((cases) => finding(machine, cases)), ...detectVolumes(machine)];
}
