import type { Change } from '../../../model/change.ts';
import { isRefusal, refuse, type Fix, type Proposal, type Refusal } from '../../../model/risk.ts';
import { text } from '../../../model/text.ts';
import { all } from '../../../settings/broker-edits.ts';
import { keptOut } from '../../../settings/kept-out.ts';
import { intoEnvFile, takenOutOf } from '../../../settings/secret-move.ts';
import type { SecretSeen } from '../../../settings/secrets.ts';
import type { Machine } from '../../../model/machine.ts';
import { outOfCommand } from './out-of-command.ts';
import { ROTATE, secretsOf, servicesOf } from '../subject.ts';

/** An env file that is one already: out of git, and for its owner alone. */
function keepOut(machine: Machine, [first]: readonly SecretSeen[]): Proposal | Refusal {
  if (!first) return refuse(text('it is not there any more', '已经不在那里了'));
  const { file } = first;
  if (machine.tracked?.has(file.path)) return refuse(text(`git has ${file.path} already: git rm --cached ${file.path} takes it out, then this way keeps it out`, `git 里已经有 ${file.path}：先用 git rm --cached ${file.path} 取出来，再用这个办法挡在外面`));
  const closed: readonly Change[] = (file.mode & 0o077) === 0 ? [] : [{ kind: 'edit-file', path: file.path, hash: file.hash, edits: [], mode: file.mode & 0o700 }];
  return {
    changes: [...keptOut(machine, [file.path]), ...closed],
    rebuild: [], replace: [],
    proofs: [{ kind: 'kept-out', file: file.path }],
    along: [{ label: 'git', text: text(`if it was committed before: git rm --cached ${file.path}`, `如果以前提交过：git rm --cached ${file.path}`) }, ROTATE],
  };
}

export const envFile: Fix = {
  id: 'env-file',
  safety: 'review',
  proven: true,
  propose(finding, machine) {
    const seen = secretsOf(finding, machine);
    const [first] = seen;
    if (!first || first.holder.kind === 'dotenv') return keepOut(machine, seen);
    if (first.holder.kind === 'unit') return refuse(text('systemd has a way of its own: systemd-credential', 'systemd 有自己的办法：systemd-credential'));
    if (first.holder.kind === 'build-arg' || (first.holder.kind === 'dockerfile' && first.holder.keyword === 'ARG')) return refuse(text('it is for the build: build-secret', '它用于构建：请用 build-secret'));
    const services = servicesOf(finding, machine);
    if (first.holder.kind === 'word') return outOfCommand(machine, seen, services);
    if (services.length === 0) return refuse(text('no service here was seen to read it', '没有看到哪个服务会读取它'));
    const own = services.find((s) => s.host);
    if (own?.host?.by === 'supervisord') return refuse(text('supervisord hands over no file of variables: move the section into a file of its own, mode 600, that [include] names and git does not take', 'supervisord 不会从文件里取变量：把这一节移到单独的文件，权限 600，由 [include] 引入，并且不进 git'));
    if (own) return refuse(text(`${own.name} is a program of this machine: give it the variable where it is started`, `${own.name} 是本机的程序：请在启动它的地方给出这个变量`));
    const outside = services.find((s) => !s.compose);
    if (outside) return refuse(text(`${outside.name} is not started by compose: give it --env-file where it is started`, `${outside.name} 不是由 compose 启动的：请在启动它的地方加 --env-file`));
    const { changes, path } = intoEnvFile(machine, seen, services);
    const edits = all([...takenOutOf(machine, seen, services), ...changes]);
    if (isRefusal(edits)) return edits;
    const names = services.map((s) => s.name);
    const inImage = first.holder.kind !== 'compose';
    return {
      changes: edits,
      rebuild: inImage ? services.filter((s) => s.build).map((s) => s.name) : [],
      replace: names,
      moves: seen.map((s) => s.value),
      proofs: names.flatMap((service) => seen.map((s) => ({ kind: 'secret' as const, service, name: s.name, now: 'environment' as const }))),
      along: [{ label: path, text: text('mode 600, not in git; each checkout needs its own', '权限 600，不进 git；每份检出都要有自己的一份') }, ROTATE],
    };
  },
};
