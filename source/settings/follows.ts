import { exposes, healthcheck } from '../files/dockerfile.ts';
import type { EditFile, SpanEdit } from '../model/change.ts';
import type { Machine } from '../model/machine.ts';
import type { Service } from '../model/service.ts';
import { written } from './compose-services.ts';
import { isNote } from './run-lines.ts';
import { editOf } from './edit.ts';
import { shipped } from './service-files.ts';

const SELF = String.raw`(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1?\])`;
const SCHEMES: Readonly<Record<number, string>> = { 80: 'http', 443: 'https' };

/** Where a health check names the port of its own container: behind a colon, or behind the host (`nc -z localhost 443`, `("127.0.0.1", 443)`). */
function named(check: string, port: number): readonly SpanEdit[] {
  const places = new RegExp(String.raw`${port}(?<=(?::|(?<![\w.])${SELF}["']?[\s,/]{1,9})${port})(?![\w.])`, 'g');
  return [...check.matchAll(places)].map((m) => ({ start: m.index, end: m.index + String(port).length, text: '' }));
}

/** Scheme defaults written without a number: `https://localhost/` means 443, and `curl localhost/` means 80. */
function implied(check: string, port: number): readonly SpanEdit[] {
  const scheme = SCHEMES[port];
  if (!scheme) return [];
  const bare = port === 80 ? String.raw`|(?<=\s)${SELF}(?=/)` : '';
  return [...check.matchAll(new RegExp(String.raw`\b${scheme}://${SELF}(?![\w.:])${bare}`, 'g'))].map((m) => ({ start: m.index + m[0].length, end: m.index + m[0].length, text: ':' }));
}

const moves = (check: string, offset: number, from: number, to: number): readonly SpanEdit[] =>
  [...named(check, from), ...implied(check, from)].map((e) => ({ start: offset + e.start, end: offset + e.end, text: e.text + String(to) }));

/** EXPOSE and HEALTHCHECK of the image that ships, moved along. */
export function moveInImage(machine: Machine, service: Service, from: number, to: number): EditFile | undefined {
  const image = shipped(machine, service);
  if (!image) return undefined;
  const edits: SpanEdit[] = [];
  for (const e of exposes(image.stage, image.df)) {
    if (e.port === from && e.endPort === from && e.protocol === 'tcp' && !e.raw.includes('$')) edits.push({ start: e.span.start, end: e.span.start + String(from).length, text: String(to) });
  }
  const check = healthcheck(image.stage, image.df);
  if (check) edits.push(...moves(image.file.text.slice(check.instruction.span.start, check.instruction.span.end), check.instruction.span.start, from, to));
  return edits.length > 0 ? editOf(image.file, edits) : undefined;
}

/** compose `healthcheck:` of the service, moved along. */
export function moveInHealthcheck(machine: Machine, service: Service, from: number, to: number): readonly EditFile[] {
  return (service.compose ? written(machine.files, service.compose) : []).flatMap(({ file, service: s }) => {
    if (!s.healthcheck) return [];
    const edits = moves(file.text.slice(s.healthcheck.span.start, s.healthcheck.span.end), s.healthcheck.span.start, from, to);
    return edits.length > 0 ? [editOf(file, edits)] : [];
  });
}

const escaped = (name: string): string => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Names under which others of the project reach a service. */
function namesOf(machine: Machine, service: Service): readonly string[] {
  const all = service.compose ? written(machine.files, service.compose) : [];
  const aliases = all.flatMap(({ service: s }) => [...s.networks.flatMap((n) => n.aliases), ...(s.containerName ? [s.containerName.value] : [])]);
  return [...new Set([service.compose?.service ?? service.name, ...aliases])];
}

/** Another file that speaks to `service:port` by name (`https://service/` means 443): moving the port would cut it off. */
export function speakingTo(machine: Machine, service: Service, port: number): string | undefined {
  const names = namesOf(machine, service).map(escaped).join('|');
  const scheme = SCHEMES[port];
  const pattern = new RegExp(String.raw`(?<![\w.-])(?:${names}):${port}(?!\d)${scheme ? String.raw`|\b${scheme}://(?:[^\s/@]*@)?(?:${names})(?![\w.:-])` : ''}`);
  for (const file of machine.files.values()) {
    // What people read cuts nobody off.
    if (isNote(file.path)) continue;
    const found = pattern.exec(file.text);
    if (found) return `${file.path}:${file.text.slice(0, found.index).split('\n').length}`;
  }
  return undefined;
}
