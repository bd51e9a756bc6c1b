import type { Finding } from '../../model/finding.ts';
import { findingId } from '../../model/finding-id.ts';
import type { Machine } from '../../model/machine.ts';
import type { Service } from '../../model/service.ts';
import { list, text } from '../../model/text.ts';
import { chainOf } from '../../settings/chain.ts';
import { codeOwner, type CodeOwner } from '../../settings/code-owner.ts';
import { hostCode, type HostCode } from '../../settings/host-code.ts';
import { place, wordsAt } from '../../settings/parsed.ts';
import { imageKey } from '../../settings/run-as.ts';
import { startsAs } from '../../settings/starts-as.ts';
import { subjectsOf } from '../../settings/subjects.ts';

export const ID = 'writable-code';

function finding(machine: Machine, services: readonly Service[], { image, user, gifts, code, roots }: CodeOwner): Finding {
  const names = list(services.map((s) => s.name));
  const places = gifts.map((g) => place(image.file, g.instruction.span));
  const [at] = places;
  // The folder may have gone back to root, and what lies in it not.
  const where = list(code.map((c) => (roots.includes(c) ? `${c}/*` : c)));
  return {
    id: findingId(ID, image.file.path, services[0] ? imageKey(services[0]) : ''),
    risk: ID,
    severity: 'medium',
    confidence: 'declared',
    // A service and its user often have one name: said once.
    title: names.en === user ? text(`${user} may rewrite its own code`, `${user} 可以改写自己的代码`) : text(`${names.en} may rewrite its own code (${user})`, `${names['zh-CN']} 可以改写自己的代码（${user}）`),
    short: text(`${names.en} may rewrite its own code`, `${names['zh-CN']} 可以改写自己的代码`),
    why: text(
      `${where.en} belongs to ${user}, and ${user} is who runs it. A hole that only writes a file becomes code that runs, and stays until the next build.`,
      `${where['zh-CN']} 归 ${user}，运行它的也是 ${user}。只能写文件的漏洞，就会变成能执行的代码，并一直留到下次构建。`,
    ),
    subjects: services.flatMap((s) => subjectsOf(machine, s)),
    places: at ? [at, ...places.slice(1)] : [],
    chain: services.flatMap((s) => chainOf(machine, s, at)),
    seen: [],
    from: places.map((p) => ({ place: p, words: wordsAt(machine, p) })),
    detail: { services: services.map((s) => s.name) },
  };
}

/** A program of the machine itself: nothing but the files' owners decides. */
function onHost(machine: Machine, { program, who, folder, files }: HostCode): Finding {
  const { service, name } = program;
  const at = startsAs(machine, program)?.from?.at;
  const [first] = files;
  return {
    id: findingId(ID, at?.file ?? service.name, `${service.name}/${name}`),
    risk: ID,
    severity: 'medium',
    confidence: 'seen',
    title: text(`${name} may rewrite its own code (uid ${who.uid})`, `${name} 可以改写自己的代码（uid ${who.uid}）`),
    short: text(`${name} may rewrite its own code`, `${name} 可以改写自己的代码`),
    why: text(
      `${first}${files.length > 1 ? ` and ${files.length - 1} more` : ''} may be written by uid ${who.uid}, and that is who runs it. A hole that only writes a file becomes code that runs, and stays.`,
      `uid ${who.uid} 可以写 ${first}${files.length > 1 ? ` 等 ${files.length} 个文件` : ''}，运行它的也是这个用户。只能写文件的漏洞，就会变成能执行的代码，并一直留着。`,
    ),
    subjects: [{ kind: 'service', name: service.name }, { kind: 'file', name: folder }],
    places: at ? [at] : [],
    chain: chainOf(machine, service, at),
    seen: [text(`${first}: uid ${who.uid} may write it.`, `${first}：uid ${who.uid} 可写`)],
    from: at ? [{ place: at, words: wordsAt(machine, at), note: text('and the code is its, too', '而代码也归它') }] : [],
    detail: { services: [service.name], host: true, program: name },
    aspect: name,
  };
}

/** One finding for each image; services that share it are its subjects. */
export function detect(machine: Machine): readonly Finding[] {
  const byImage = new Map<string, { owner: CodeOwner; services: Service[] }>();
  for (const service of machine.services) {
    const owner = codeOwner(machine, service);
    if (!owner) continue;
    const there = byImage.get(imageKey(service));
    if (there) there.services.push(service);
    else byImage.set(imageKey(service), { owner, services: [service] });
  }
  return [...[...byImage.values()].map(({ owner, services }) => finding(machine, services, owner)), ...hostCode(machine).map((one) => onHost(machine, one))];
}
