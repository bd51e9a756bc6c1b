import { replacePort, setScalar, type ComposeFile, type Port } from '../files/compose.ts';
import type { EditFile } from '../model/change.ts';
import type { Machine, SourceFile } from '../model/machine.ts';
import { isRefusal, refuse, type Refusal } from '../model/risk.ts';
import type { Service } from '../model/service.ts';
import { text } from '../model/text.ts';
import { written } from './compose-services.ts';
import { editOf, editsOf } from './edit.ts';

const within = (range: string, port: number): boolean => {
  const [from = 0, to = from] = range.split('-').map(Number);
  return port >= from && port <= to;
};

/** One `ports:` entry that points at an inside port, moved; undefined where it points elsewhere. */
function movePort(file: SourceFile, compose: ComposeFile, port: Port, from: number, to: number): EditFile | Refusal | undefined {
  if (port.protocol !== 'tcp') return undefined;
  // The inside alone changes; a variable in front of it (`${PORT:-443}:443`) stays as it is.
  const tail = port.syntax === 'short' && port.interpolated && !port.shared ? /:(\d+)(?=(?:\/tcp)?["']?$)/.exec(port.text) : null;
  if (tail) {
    const start = port.span.start + tail.index + 1;
    return tail[1] === String(from) ? editOf(file, [{ start, end: start + String(from).length, text: String(to) }]) : undefined;
  }
  if (port.unresolved) return refuse(text(`${file.path}: the port ${port.text} comes from a variable`, `${file.path}：端口 ${port.text} 来自变量`));
  if (port.target !== String(from)) {
    return within(port.target, from) ? refuse(text(`${file.path}: ${port.text} publishes a whole range; ${from} would have to be taken out of it`, `${file.path}：${port.text} 发布的是一段端口，需要先把 ${from} 拿出来`)) : undefined;
  }
  return editsOf(file, replacePort(compose, port, { target: String(to) }));
}

/** `ports:` and `expose:` entries of a service that point at an inside port, moved to another; the outside stays as it is. */
export function movePublished(machine: Machine, service: Service, from: number, to: number): readonly EditFile[] | Refusal {
  const edits: EditFile[] = [];
  for (const { file, compose, service: s } of service.compose ? written(machine.files, service.compose) : []) {
    const moved = [
      ...s.ports.map((port) => movePort(file, compose, port, from, to)),
      ...s.expose.filter((e) => e.value === String(from) || e.value === `${from}/tcp`).map((e) => editsOf(file, setScalar(e, e.value.replace(String(from), String(to))))),
    ];
    for (const edit of moved) {
      if (edit && isRefusal(edit)) return edit;
      if (edit && edit.edits.length > 0) edits.push(edit);
    }
  }
  return edits;
}
