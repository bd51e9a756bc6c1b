import type { ChainLink } from '../model/finding.ts';
import type { Machine } from '../model/machine.ts';
import type { Service } from '../model/service.ts';
import type { Place } from '../model/setting.ts';
import { written } from './compose-services.ts';
import { place } from './parsed.ts';
import { runningOf, shipped } from './service-files.ts';

/** A command as it fits in a line, cut behind a word. */
const shortened = (command: string, room = 60): string => (command.length <= room ? command : `${command.slice(0, room - 1).replace(/\s\S*$/, '')} …`);

/** From what runs to the line that decides: process → container → service → compose line → Dockerfile line. */
export function chainOf(machine: Machine, service: Service, decides?: Place): readonly ChainLink[] {
  const links: ChainLink[] = [];
  for (const c of runningOf(machine, service).slice(0, 1)) {
    const [first] = c.processes;
    if (first) links.push({ kind: 'process', label: `pid ${first.pid} ${shortened(first.argv.join(' '))}` });
    links.push({ kind: 'container', label: c.name });
  }
  if (service.compose) {
    const own = written(machine.files, service.compose).at(-1);
    links.push({ kind: 'service', label: service.name, ...(own ? { file: own.file.path, line: place(own.file, own.service.keySpan).line } : {}) });
  }
  const image = shipped(machine, service);
  if (image) links.push({ kind: 'dockerfile', label: image.stage.name ? `stage ${image.stage.name}` : 'last stage', file: image.file.path, line: place(image.file, image.stage.from.span).line });
  if (decides) links.push({ kind: 'config', label: 'decides', file: decides.file, line: decides.line });
  return links;
}
