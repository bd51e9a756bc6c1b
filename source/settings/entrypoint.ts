import type { Change, SpanEdit } from '../model/change.ts';
import { refuse, type Refusal } from '../model/risk.ts';
import type { Service } from '../model/service.ts';
import { text } from '../model/text.ts';
import { editOf } from './edit.ts';
import type { RunAs } from './run-as.ts';
import { tidy, type Shipped } from './service-files.ts';
import { atEnd } from './user-block.ts';

const NAME = 'step-down.sh';

/** Links themselves, one file system, only what is not ours yet: the order of the measured script (FACTS.md, section 1). */
const script = ({ uid, gid }: RunAs, folders: readonly string[]): string => `#!/bin/sh
# Starts as root, hands over what the app writes, and goes on as ${uid}:${gid} for good.
set -e
for folder in ${folders.join(' ')}; do
  mkdir -p "$folder"
  find "$folder" -xdev ! -uid ${uid} -exec chown -h ${uid}:${gid} {} +
done
export HOME=/tmp
exec setpriv --reuid=${uid} --regid=${gid} --clear-groups --bounding-set=-all -- "$@"
`;

/** `exec` keeps the app PID 1: without it SIGTERM is lost and every stop takes its full grace (measured). */
export function stepDown(s: Shipped, service: Service | undefined, user: RunAs, folders: readonly string[]): readonly Change[] | Refusal {
  const { entrypoint, cmd } = s.command;
  if (cmd?.form === 'shell' || entrypoint?.form === 'shell') {
    return refuse(text('the command is written in shell form; written as a list it could step down', '命令写成了 shell 形式；改成列表形式才能降权'));
  }
  const path = tidy(`/${service?.build?.context ?? ''}/${NAME}`).slice(1);
  const edits: SpanEdit[] = [atEnd(s, [`COPY ${NAME} /usr/local/bin/${NAME}`], 50)];
  if (entrypoint?.words[0]) edits.push({ start: entrypoint.words[0].start, end: entrypoint.words[0].start, text: `"/usr/local/bin/${NAME}", ` });
  else edits.push(atEnd(s, [`ENTRYPOINT ["/usr/local/bin/${NAME}"]`], 60));
  return [editOf(s.file, edits), { kind: 'create-file', path, text: script(user, folders), mode: 0o755 }];
}
