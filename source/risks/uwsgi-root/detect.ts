import type { ChainLink, Finding } from '../../model/finding.ts';
import { findingId } from '../../model/finding-id.ts';
import type { Machine } from '../../model/machine.ts';
import type { Service } from '../../model/service.ts';
import type { Place } from '../../model/setting.ts';
import { list, text, type Text } from '../../model/text.ts';
import { chainOf } from '../../settings/chain.ts';
import { wordsAt } from '../../settings/parsed.ts';
import { programOf, rolesIn } from '../../settings/roles.ts';
import { programIn } from '../../settings/said-seen.ts';
import { startsAs } from '../../settings/starts-as.ts';
import { declaredUser } from '../../settings/user.ts';
import { effective, isOn, nameOf, uwsgis, type Uwsgi } from '../../settings/uwsgi.ts';
import { isEmperor, uidIsOpen, uidOf } from '../../settings/uwsgi-user.ts';
import { subjectsOf } from '../../settings/subjects.ts';

export const ID = 'uwsgi-root';

const isRoot = (p: { readonly argv: readonly string[] }): boolean => programOf(p.argv) === 'uwsgi';

/** Whether somebody starts it as root and leaves it so: by the files, or by a variable that may be anybody. */
function declared(machine: Machine, uwsgi: Uwsgi): Finding['confidence'] | undefined {
  const { program, emperor } = uwsgi;
  // A tyrant takes each vassal for its file's owner, and none that is root's ("invalid permissions for vassal", measured).
  if (emperor && (isOn(emperor, 'emperor-tyrant') || uidOf(emperor))) return undefined;
  if (uidOf(uwsgi)) return undefined;
  const start = startsAs(machine, program);
  if (!start?.root) return undefined;
  if (program.starter === 'container' && declaredUser(machine, program.service)?.stepsDown) return undefined;
  return start.guess || uidIsOpen(uwsgi) || uwsgi.unread !== undefined ? 'guess' : 'declared';
}

/** uid 0 in a uWSGI that runs, or one that starts as root and is told no user by its files. */
function confidence(machine: Machine, uwsgi: Uwsgi): Finding['confidence'] | undefined {
  const { program } = uwsgi;
  // A container whose own command is uWSGI with flags alone is judged as a container.
  if (isEmperor(uwsgi) || (program.starter === 'container' && !uwsgi.ini)) return undefined;
  if (program.live.processes.some(isRoot)) return rolesIn(program.live).root.some(isRoot) ? 'seen' : undefined;
  return program.service.containers.length > 0 && program.live.processes.length > 0 ? undefined : declared(machine, uwsgi);
}

interface Case {
  readonly uwsgi: Uwsgi;
  readonly service: Service;
  readonly confidence: Finding['confidence'];
}

/** The option that says root; else the first line of what could say otherwise. */
function deciding(uwsgi: Uwsgi): Place | undefined {
  const uid = effective(uwsgi, 'uid');
  return (uid ?? uwsgi.options.find((o) => o.file !== undefined && o.file === uwsgi.ini?.file) ?? uwsgi.options.find((o) => o.at))?.at ?? uwsgi.words[0]?.at;
}

function said(uwsgi: Uwsgi): Text {
  const uid = effective(uwsgi, 'uid');
  if (!uid) return text('is told no user, so the app keeps the one it was started as', '没有指定用户，应用就一直用启动时的身份');
  if (uidIsOpen(uwsgi)) return text(`is told the user ${uid.value}, and nobody here says who that is`, `被指定的用户是 ${uid.value}，而这里没有说明那是谁`);
  return uidOf(uwsgi) ? text(`runs as root; the user ${uid.value} came into its configuration later`, `以 root 身份运行，用户 ${uid.value} 是后来才写进配置的`) : text('is told to be root', '被指定为 root');
}

function seenText({ uwsgi, service }: Case): readonly Text[] {
  const { name, starter } = uwsgi.program;
  const root = uwsgi.program.live.processes.filter((p) => isRoot(p) && p.uid.effective === 0).length;
  const label = programIn(service.name, starter === 'supervisord' && !service.host ? name : undefined);
  return root > 0 ? [text(`${label.en}: uwsgi, ${root} ${root === 1 ? 'process' : 'processes'}, uid 0.`, `${label['zh-CN']}：uwsgi，${root} 个进程，uid 0`)] : [];
}

/** From the process to the line; what is no container begins with the process itself. */
function chainFor(machine: Machine, { uwsgi, service }: Case, at: Place | undefined): readonly ChainLink[] {
  const [first] = service.host ? uwsgi.program.live.processes : [];
  return [...(first ? [{ kind: 'process' as const, label: `pid ${first.pid} ${first.argv.join(' ').slice(0, 60)}` }] : []), ...chainOf(machine, service, at)];
}

function finding(machine: Machine, cases: readonly [Case, ...Case[]]): Finding {
  const [{ uwsgi, service: first }] = cases;
  const services = [...new Map(cases.map((c) => [c.service.name, c.service])).values()];
  const names = list(services.map((s) => s.name));
  const uid = effective(uwsgi, 'uid');
  const place = deciding(uwsgi);
  const places = place ? [place] : [];
  const sure = (['seen', 'declared'] as const).find((each) => cases.some((c) => c.confidence === each)) ?? 'guess';
  const tells = said(uwsgi);
  const where = first.host ? text('on this machine, with no container around it', '本机的 root，外面没有容器挡着') : text('in its container', '容器里的 root');
  // Several programs of one supervisord, or vassals, are found one by one.
  const many = uwsgi.program.starter === 'supervisord' || uwsgi.emperor !== undefined;
  return {
    id: findingId(ID, uwsgi.ini?.file.path ?? place?.file ?? first.name, uwsgi.ini ? first.name : `${first.name}/${uwsgi.program.name}`),
    risk: ID,
    severity: 'high',
    confidence: sure,
    title: text('uWSGI runs as root', 'uWSGI 以 root 身份运行'),
    short: text('uWSGI as root', 'uWSGI 以 root 身份运行'),
    why: first.host
      ? text(`uWSGI in ${names.en} ${tells.en}. A hole in the app is then root ${where.en}.`, `${names['zh-CN']} 中的 uWSGI ${tells['zh-CN']}。应用一旦有漏洞，攻击者就是${where['zh-CN']}。`)
      : text(`uWSGI in ${names.en} ${tells.en}. A hole in the app is then root in its container.`, `${names['zh-CN']} 中的 uWSGI ${tells['zh-CN']}。应用一旦有漏洞，攻击者在容器里就是 root。`),
    subjects: services.flatMap((s) => subjectsOf(machine, s)),
    places,
    chain: cases.flatMap((c) => chainFor(machine, c, place)),
    seen: cases.flatMap(seenText),
    // `--uid root` in two words: the place is that of the value.
    from: places.map((at) => ({ place: at, words: uid?.word && !uid.word.value.startsWith('-') ? `--uid ${uid.value}` : wordsAt(machine, at), ...(uid ? {} : { note: text('no uid and no gid in this file', '这个文件里没有 uid 和 gid') }) })),
    detail: { services: services.map((s) => s.name), uwsgis: cases.map((c) => nameOf(c.uwsgi)) },
    ...(many ? { aspect: `${uwsgi.ini?.file.path ?? uwsgi.program.name}:${uwsgi.ini?.section ?? ''}` } : {}),
  };
}

/** One finding for each ini: services that read the same one are its subjects. */
export function detect(machine: Machine): readonly Finding[] {
  const byIni = new Map<string, [Case, ...Case[]]>();
  for (const uwsgi of uwsgis(machine)) {
    const sure = confidence(machine, uwsgi);
    if (!sure) continue;
    const { program, ini } = uwsgi;
    const one: Case = { uwsgi, service: program.service, confidence: sure };
    const key = ini ? `${ini.file.path}:${ini.section}` : `${program.service.name}/${program.name}`;
    const there = byIni.get(key);
    if (there) there.push(one);
    else byIni.set(key, [one]);
  }
  return [...byIni.values()].map((cases) => finding(machine, cases));
}
