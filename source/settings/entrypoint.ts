import { quote } from '../files/shellwords.ts';
import type { Change, SpanEdit } from '../model/change.ts';
import type { Machine } from '../model/machine.ts';
import { refuse, type Refusal } from '../model/risk.ts';
import type { Service } from '../model/service.ts';
import { text } from '../model/text.ts';
import { written } from './compose-services.ts';
import { distributionOf } from './distribution.ts';
import { editOf } from './edit.ts';
import type { RunAs } from './run-as.ts';
import { copies } from '../files/dockerfile.ts';
import { under } from './own-places.ts';
import { baseImage, baseOf, runningOf, tidy, workdirOf, type Shipped } from './service-files.ts';
import { atEnd } from './user-block.ts';

const NAME = 'step-down.sh';
const IN_IMAGE = `/usr/local/bin/${NAME}`;

/** What a distribution has for it: busybox's find knows no -uid, and its setpriv no --reuid. */
interface Tools {
  readonly isOf: string;
  readonly goOn: (user: RunAs) => string;
}
/** Folders that are handed over with all that is in them, and those that code lies in. */
export interface Given {
  readonly data: readonly string[];
  readonly code: readonly string[];
}

/** Do files of the project lie in this folder, by the image's own lines? */
export function holdsCode(s: Shipped, folder: string): boolean {
  const from = workdirOf(s);
  return copies(s.stage, s.df).some(({ dest }) => under(tidy(dest.value.startsWith('/') ? dest.value : `${from}/${dest.value}`), folder));
}

const DEBIAN: Tools = { isOf: '-uid', goOn: ({ uid, gid }) => `setpriv --reuid=${uid} --regid=${gid} --clear-groups --bounding-set=-all -- "$@"` };
const ALPINE: Tools = { isOf: '-user', goOn: ({ uid, gid }) => `su-exec ${uid}:${gid} "$@"` };

const handOver = ({ uid, gid }: RunAs, folders: readonly string[], { isOf }: Tools): string => `for folder in ${quote(folders)}; do
  mkdir -p "$folder"
  find "$folder" -xdev ! ${isOf} ${uid} -exec chown -h ${uid}:${gid} {} +
done
`;

/** A folder in which code lies is given away by itself: what is in it stays root's, or the app could rewrite it. */
const openUp = ({ uid, gid }: RunAs, folders: readonly string[]): string => `# The code in it stays root's.
chown -h ${uid}:${gid} ${quote(folders)}
`;

/** Links themselves, one file system, only what is not ours yet: the order of the measured script (FACTS.md, section 1). */
const script = (user: RunAs, { data, code }: Given, tools: Tools): string => `#!/bin/sh
# Starts as root${data.length + code.length > 0 ? ', hands over what the app writes,' : ''} and goes on as ${user.uid}:${user.gid} for good.
set -e
${data.length > 0 ? handOver(user, data, tools) : ''}${code.length > 0 ? openUp(user, code) : ''}export HOME=/tmp
exec ${tools.goOn(user)}
`;

/** Why an entrypoint of ours would not be what starts, or would leave nothing to start. */
function unfit(machine: Machine, s: Shipped, services: readonly Service[]): Refusal | undefined {
  const { entrypoint, cmd } = s.command;
  const overruled = services.flatMap((x) => (x.compose ? written(machine.files, x.compose).filter((w) => w.service.entrypoint).map(() => x.name) : []))[0];
  if (overruled) return refuse(text(`compose gives ${overruled} an entrypoint of its own`, `compose 给 ${overruled} 指定了另外的 entrypoint`));
  const variable = services.some((x) => x.compose && written(machine.files, x.compose).find((w) => w.service.user)?.service.user?.interpolated);
  if (variable) return refuse(text('user: in compose comes from a variable; only root can step down', 'compose 的 user: 来自变量；只有 root 才能降权'));
  if (cmd?.form === 'shell' || entrypoint?.form === 'shell') return refuse(text('the command is written in shell form; written as a list it could step down', '命令写成了 shell 形式；改成列表形式才能降权'));
  // An ENTRYPOINT takes away a command that comes from further up.
  const own = (part: typeof cmd): boolean => part === undefined || part.instruction.stage === s.stage.index;
  if (!own(entrypoint) || !own(cmd) || (!entrypoint && !cmd)) return refuse(text('the command comes from another stage or from the base image', '命令来自别的构建阶段或基础镜像'));
  return undefined;
}

/** Official bases that start nothing in front of the command. */
const PLAIN = /^(?:docker\.io\/)?(?:library\/)?(?:debian|ubuntu|python|ruby|golang|rust|openjdk|buildpack-deps|alpine)(?:[:@]|$)/;

/** What the base image starts in front of the command; an ENTRYPOINT of ours must go on with it. Undefined where nobody can say. */
function inherited(machine: Machine, s: Shipped, services: readonly Service[]): readonly string[] | undefined {
  const live = services.flatMap((x) => runningOf(machine, x))[0];
  return live?.entrypoint ?? baseImage(machine, s)?.entrypoint ?? (PLAIN.test(baseOf(s)) ? [] : undefined);
}

/** `exec` keeps the app PID 1: without it SIGTERM is lost and every stop takes its full grace (measured). */
export function stepDown(machine: Machine, s: Shipped, services: readonly Service[], user: RunAs, folders: Given): readonly Change[] | Refusal {
  const stuck = unfit(machine, s, services);
  if (stuck) return stuck;
  const { entrypoint } = s.command;
  const path = tidy(`/${services[0]?.build?.context ?? ''}/${NAME}`).slice(1);
  if (machine.files.has(path)) return refuse(text(`${path} is there already`, `${path} 已经存在`));
  const tools = distributionOf(s) === 'alpine' ? ALPINE : DEBIAN;
  // Needs the network when it is built, like the other packages of the image.
  const installed = tools === ALPINE && !/\bsu-exec\b/.test(s.df.text) ? ['RUN apk add --no-cache su-exec'] : [];
  const edits: SpanEdit[] = [atEnd(s, [...installed, `COPY ${NAME} ${IN_IMAGE}`], 50)];
  if (entrypoint?.words[0]) edits.push({ start: entrypoint.words[0].start, end: entrypoint.words[0].start, text: `"${IN_IMAGE}", ` });
  else {
    const before = inherited(machine, s, services);
    if (!before) return refuse(text(`${baseOf(s)} may have an entrypoint of its own, which would be lost`, `${baseOf(s)} 可能有自己的 entrypoint，会因此丢失`));
    edits.push(atEnd(s, [`ENTRYPOINT ${JSON.stringify([IN_IMAGE, ...before]).replaceAll('","', '", "')}`], 60));
  }
  return [editOf(s.file, edits), { kind: 'create-file', path, text: script(user, folders, tools), mode: 0o755 }];
}
