import { replacePort } from '../files/compose.ts';
import { exposes, healthcheck } from '../files/dockerfile.ts';
import type { EditFile, SpanEdit } from '../model/change.ts';
import type { Machine } from '../model/machine.ts';
import { isRefusal, type Refusal } from '../model/risk.ts';
import type { Service } from '../model/service.ts';
import { written } from './compose-services.ts';
import { editOf, editsOf } from './edit.ts';
import { shipped } from './service-files.ts';

/** `ports:` entries of a service that point at an inside port, moved to another; the outside stays as it is. */
export function movePublished(machine: Machine, service: Service, from: number, to: number): readonly EditFile[] | Refusal {
  const edits: EditFile[] = [];
  for (const { file, service: s } of service.compose ? written(machine.files, service.compose) : []) {
    for (const port of s.ports.filter((p) => p.target === String(from) && p.protocol === 'tcp')) {
      // `- "443"` publishes a random port outside; it has nothing to keep.
      const edit = editsOf(file, replacePort(composeFileOf(file.path, service, machine), port, { target: String(to) }));
      if (isRefusal(edit)) return edit;
      if (edit.edits.length > 0) edits.push(edit);
    }
  }
  return edits;
}

function composeFileOf(path: string, service: Service, machine: Machine): Parameters<typeof replacePort>[0] {
  const found = service.compose && written(machine.files, service.compose).find(({ file }) => file.path === path);
  if (!found) throw new Error(`${path} is no compose file of ${service.name}`);
  return found.compose;
}

const all = (text: string, port: number): readonly { start: number; end: number }[] =>
  [...text.matchAll(new RegExp(`(?<=:)${port}(?![\\d.])`, 'g'))].map((m) => ({ start: m.index, end: m.index + String(port).length }));

/** Scheme defaults written without a number: `https://localhost/` means 443. */
function implied(text: string, from: number, to: number): readonly SpanEdit[] {
  const scheme = from === 443 ? 'https' : from === 80 ? 'http' : undefined;
  if (!scheme) return [];
  return [...text.matchAll(new RegExp(`${scheme}://(?:localhost|127\\.0\\.0\\.1|\\[::1\\])(?![\\w.:])`, 'g'))].map((m) => ({ start: m.index + m[0].length, end: m.index + m[0].length, text: `:${to}` }));
}

/** EXPOSE and HEALTHCHECK of the image that ships, moved along. */
export function moveInImage(machine: Machine, service: Service, from: number, to: number): EditFile | undefined {
  const image = shipped(machine, service);
  if (!image) return undefined;
  const edits: SpanEdit[] = [];
  for (const e of exposes(image.stage, image.df)) {
    if (e.port === from && e.endPort === from && !e.unresolved) edits.push({ start: e.span.start, end: e.span.start + String(from).length, text: String(to) });
  }
  const check = healthcheck(image.stage, image.df);
  if (check) {
    const { start, end } = check.instruction.span;
    const text = image.file.text.slice(start, end);
    for (const d of all(text, from)) edits.push({ start: start + d.start, end: start + d.end, text: String(to) });
    for (const i of implied(text, from, to)) edits.push({ ...i, start: start + i.start, end: start + i.end });
  }
  return edits.length > 0 ? editOf(image.file, edits) : undefined;
}

/** compose `healthcheck:` of the service, moved along. */
export function moveInHealthcheck(machine: Machine, service: Service, from: number, to: number): readonly EditFile[] {
  return (service.compose ? written(machine.files, service.compose) : []).flatMap(({ file, service: s }) => {
    if (!s.healthcheck) return [];
    const { start, end } = s.healthcheck.span;
    const text = file.text.slice(start, end);
    const edits = [...all(text, from).map((d) => ({ start: start + d.start, end: start + d.end, text: String(to) })), ...implied(text, from, to).map((i) => ({ ...i, start: start + i.start, end: start + i.end }))];
    return edits.length > 0 ? [editOf(file, edits)] : [];
  });
}

/** Another file that speaks to `service:port` by name: moving the port would cut it off. */
export function speakingTo(machine: Machine, service: Service, port: number): string | undefined {
  const names = [service.compose?.service ?? service.name].map((n) => n.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const pattern = new RegExp(`(?<![\\w.-])(?:${names.join('|')}):${port}(?!\\d)`);
  for (const file of machine.files.values()) {
    const found = pattern.exec(file.text);
    if (found) return `${file.path}:${file.text.slice(0, found.index).split('\n').length}`;
  }
  return undefined;
}
