import type { Machine } from '../../../model/machine.ts';
import { isRefusal, refuse, type Proposal, type Refusal } from '../../../model/risk.ts';
import type { Service } from '../../../model/service.ts';
import { text } from '../../../model/text.ts';
import { all } from '../../../settings/broker-edits.ts';
import { intoDotenv } from '../../../settings/secret-command-move.ts';
import type { SecretSeen } from '../../../settings/secrets.ts';
import { ROTATE } from '../subject.ts';

/** Compose alone fills in a command; everybody else who starts something is told here what does the same there. */
function elsewhere({ holder, at: { file, line } }: SecretSeen): Refusal | undefined {
  if (holder.kind !== 'word') return undefined;
  const at = `${file}:${line}`;
  switch (holder.decides) {
    case 'image': return refuse(text(`${at} is in the image for good: leave it out there and give the service a \`command:\` in compose with \${VARIABLE}, which compose fills in from .env`, `${at} 会一直留在镜像里：从那里去掉，改在 compose 的 \`command:\` 里写 \${NAME}，由 compose 从 .env 填入`));
    case 'build': return refuse(text(`${at} needs it while the image is built: give it as \`RUN --mount=type=secret\``, `${at} 在构建镜像时要用到它：请用 \`RUN --mount=type=secret\` 交给它`));
    case 'script': return refuse(text(`${at} is a script: let it read "$VARIABLE", and give the service that variable from an env file`, `${at} 是脚本：让它读取 $VARIABLE，再用 env 文件把这个变量交给服务`));
    case 'supervisord': return refuse(text(`${at}: supervisord fills in %(ENV_NAME)s: write that, and give supervisord the variable from an env file`, `${at}：supervisord 能填入 %(ENV_NAME)s：改成这样，再用 env 文件把变量交给 supervisord`));
    case 'unit': return refuse(text(`${at}: systemd fills in \${NAME} from an EnvironmentFile= of mode 600: write that`, `${at}：systemd 能从权限 600 的 EnvironmentFile= 填入 \${NAME}：改成这样`));
    case 'redis': return refuse(text(`redis fills in no variables in ${file}: keep the password out of git in a file that \`include\` names, or store its hash (user default on #…)`, `redis 不会在 ${file} 里填入变量：把密码放进不进 git 的文件，用 \`include\` 引入，或只存它的散列（user default on #…）`));
    case 'anchor': return refuse(text(`${at}: several services share the command through a YAML anchor`, `${at}：多个服务通过 YAML 锚点共用这条命令`));
    default: return undefined;
  }
}

/** A password on the command line of a service: compose fills it in from `.env`, which git does not take. */
export function outOfCommand(machine: Machine, seen: readonly SecretSeen[], services: readonly Service[]): Proposal | Refusal {
  const other = seen.flatMap((s) => elsewhere(s) ?? [])[0];
  if (other) return other;
  const [service] = services;
  if (!service?.compose) return refuse(text('no service here was seen to read it', '没有看到哪个服务会读取它'));
  const moved = intoDotenv(machine, service, seen);
  if (isRefusal(moved)) return moved;
  const edits = all(moved.changes);
  if (isRefusal(edits)) return edits;
  const started = seen.filter(({ holder }) => holder.kind === 'word' && holder.decides === 'compose').map((s) => s.name.replace(/(:\/\/).*$/, '$1'));
  return {
    changes: edits,
    rebuild: [],
    replace: services.map((s) => s.name),
    moves: seen.map((s) => s.value),
    proofs: [{ kind: 'kept-out', file: moved.path }, ...services.flatMap(({ name: of }) => [...new Set(started)].map((name) => ({ kind: 'secret' as const, service: of, name, now: 'command' as const, path: moved.path })))],
    along: [
      { label: moved.path, text: text('mode 600, not in git; each checkout needs its own', '权限 600，不进 git；每份检出都要有自己的一份') },
      { label: text('still seen', '仍看得到'), text: text('ps and docker inspect show a command line: the files no longer do', 'ps 和 docker inspect 仍会显示命令行；文件里不再有') },
      ROTATE,
    ],
  };
}
