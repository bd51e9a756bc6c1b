import type { Change } from '../../../model/change.ts';
import type { Machine } from '../../../model/machine.ts';
import { isRefusal, refuse, type Fix, type Refusal } from '../../../model/risk.ts';
import type { Service } from '../../../model/service.ts';
import { text } from '../../../model/text.ts';
import { editOf } from '../../../settings/edit.ts';
import { closed, isLog, withoutOthers } from '../../../settings/log-chmod.ts';
import type { OpenLog } from '../../../settings/log-modes.ts';
import { mountedAt, writerOf } from '../../../settings/log-owner.ts';
import { setUnitLines } from '../../../settings/unit-edit.ts';
import { setOptions } from '../../../settings/uwsgi-edit.ts';
import { logsOf } from '../detect.ts';

const WRITE = 0o002;
const READ_WRITE = 0o006;

/** A folder that was open for all is now its writer's: it has to be given to it, or nothing could be logged. */
function closedChmod(machine: Machine, open: Extract<OpenLog, { kind: 'chmod' }>, services: readonly Service[]): readonly Change[] | Refusal {
  const { chmod } = open;
  const mode = withoutOthers(chmod.mode.value);
  const other = chmod.paths.find((p) => !isLog(p.absolute));
  if (mode === undefined) return refuse(text(`${chmod.mode.value} can't be narrowed by itself`, `无法单独收紧 ${chmod.mode.value}`));
  if (other) return refuse(text(`the same chmod opens ${other.absolute}, which is no log`, `同一条 chmod 还放开了 ${other.absolute}，它不是日志`));
  const mounted = services.flatMap((s) => open.paths.flatMap((p) => mountedAt(machine, s, p) ?? []))[0];
  if (mounted !== undefined) return refuse(text(`it lies in ${mounted}, which hides what the image says: chmod o-rwx is done there`, `它位于 ${mounted} 中，镜像里的设置被盖住了：要在那里执行 chmod o-rwx`));
  const owner = writerOf(machine, services);
  if (isRefusal(owner)) return owner;
  return [editOf(open.file, closed(chmod, mode, chmod.asRoot && owner.user !== '' ? owner.user : undefined))];
}

function change(machine: Machine, open: OpenLog, services: readonly Service[]): readonly Change[] | Refusal {
  if (open.kind === 'chmod') return closedChmod(machine, open, services);
  const mode = withoutOthers(open.mode);
  if (mode === undefined) return refuse(text(`${open.mode} can't be narrowed by itself`, `无法单独收紧 ${open.mode}`));
  if (open.kind === 'systemd') return setUnitLines(open.unit, [{ section: 'Service', key: 'LogsDirectoryMode', value: mode }], 'logs.conf');
  return setOptions(open.uwsgi, [{ name: 'logfile-chmod', value: mode }], []);
}

/** The mode without its last digit, at the line that says it. */
export const logMode: Fix = {
  id: 'log-mode',
  safety: 'review',
  proven: true,
  propose(finding, machine) {
    const all = logsOf(machine, finding);
    const [open] = all;
    if (!open) return refuse(text('the line is not there any more', '这一行已不存在'));
    const services = [...new Map(all.map((o) => [o.service.name, o.service])).values()];
    const made = change(machine, open, services);
    if (isRefusal(made)) return made;
    const images = services.filter((s) => s.build && !s.host);
    return {
      changes: made,
      rebuild: images.map((s) => s.name),
      replace: services.map((s) => s.name),
      proofs: services.flatMap((s) => open.paths.map((path) => ({ kind: 'path-mode' as const, service: s.name, path, forbids: open.kind === 'uwsgi' ? READ_WRITE : WRITE }))),
      along: [{ label: text('readers', '读日志的'), text: text('another account that reads these logs (a shipper, a person) needs their group', '其他账号（采集程序、人）要读这些日志，需要加入日志文件的组') }],
    };
  },
};
