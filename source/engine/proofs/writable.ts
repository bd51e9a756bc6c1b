import type { Outcome } from '../../model/proof.ts';
import { list, text, type Text } from '../../model/text.ts';
import type { Machine } from '../../model/machine.ts';
import { containersOf, type Witness } from './witness.ts';

const ANSWERS: Readonly<Record<Outcome | 'since', Text>> = { since: text('no before, yes now', '之前不可以，现在可以'), gone: text('yes', '可以'), left: text('no', '不可以'), 'cannot-tell': text('nobody could ask', '无法询问') };

/** The answer first: beside another one it may have a narrow column, and be cut. */
const said = (service: string, users: readonly string[], places: Text, answer: Text): Text => {
  const who = users.map((u) => u.replace(/:.*/, '')).join(', ');
  return text(`writes: ${answer.en} (${places.en}, ${service}${who ? ` as ${who}` : ''})`, `写入：${answer['zh-CN']}（${places['zh-CN']}，${service}${who ? ` 以 ${who.replaceAll(', ', '、')} 运行` : ''}）`);
};

/** `test -w`, asked inside the container as each user that runs there; in an image without it, by the owner that was read. */
export const writable: Witness<'writable'> = async ({ service, paths, before }, machine, system) => {
  const [container] = containersOf(machine, service);
  const users = [...new Set((container?.processes ?? []).map((p) => `${p.uid.effective}:${p.gid.effective}`))];
  const { docker } = system;
  const ask = async (user: string, path: string): Promise<Outcome> => {
    const code = container && docker ? (await docker.ask({ kind: 'exec', container: container.id, user, argv: ['test', '-w', path] })).code : -1;
    return code === 0 ? 'gone' : code === 1 ? 'left' : byOwner(machine, service, user, path);
  };
  const answers = container && docker ? await Promise.all(users.flatMap((user) => paths.map(async (path) => ({ path, outcome: await ask(user, path) })))) : [];
  const shut = [...new Set(answers.filter((a) => a.outcome === 'left').map((a) => a.path))];
  const outcome = shut.length > 0 ? 'left' : answers.length === 0 || answers.some((a) => a.outcome === 'cannot-tell') ? 'cannot-tell' : 'gone';
  return { outcome, text: said(service, users, list(shut.length > 0 ? shut : paths), ANSWERS[outcome === 'gone' && before ? 'since' : outcome]) };
};

/** Yes where it is the folder's owner and the owner may write; nothing else can be told without asking. */
function byOwner(machine: Machine, service: string, user: string, path: string): Outcome {
  const owner = containersOf(machine, service).flatMap((c) => c.mounts).find((m) => m.target === path)?.owner;
  return owner !== undefined && user.startsWith(`${owner.uid}:`) && ((owner.mode ?? 0) & 0o200) !== 0 ? 'gone' : 'cannot-tell';
}
