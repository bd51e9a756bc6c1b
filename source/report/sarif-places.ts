import type { ArtifactLocation, Location, LogicalLocation, Region } from 'sarif';
import type { Finding, Subject } from '../model/finding.ts';
import type { Place } from '../model/setting.ts';
import { discreet } from './discreet.ts';

/** Where the scanned folder lies is nobody's business: paths are relative to it. What lies outside has no other place than its own. */
export const ROOT = '%SRCROOT%';

export function artifact(file: string): ArtifactLocation {
  const uri = file.split('/').map(encodeURIComponent).join('/');
  return file.startsWith('/') ? { uri: `file://${uri}` } : { uri, uriBaseId: ROOT };
}

export const region = ({ line, column, endLine, endColumn }: Place): Region => ({ startLine: line, startColumn: column, endLine, endColumn });

const KINDS: Readonly<Record<Exclude<Subject['kind'], 'file'>, string>> = {
  service: 'service', container: 'container', image: 'image', process: 'process', socket: 'socket',
};

/** What runs has no line: it is named by kind, name and, where there is one, id. */
function logical(subjects: readonly Subject[]): LogicalLocation[] {
  return subjects.flatMap(({ kind, name, id }) => (kind === 'file' ? [] : [{ name, kind: KINDS[kind], fullyQualifiedName: `${kind}/${name}${id === undefined ? '' : `@${id}`}` }]));
}

/** Every place where something has to change; the live subjects stand with the first. */
export function locations(finding: Finding): Location[] {
  const live = logical(finding.subjects);
  const withLive = live.length > 0 ? { logicalLocations: live } : {};
  if (finding.places.length === 0) return live.length > 0 ? [withLive] : [];
  return finding.places.map((place, i) => ({ physicalLocation: { artifactLocation: artifact(place.file), region: region(place) }, ...(i === 0 ? withLive : {}) }));
}

/** The chain from what runs to the line that decides, as far as it stands in files. */
export function related(finding: Finding): Location[] {
  const links = finding.chain.filter((link) => link.file !== undefined);
  return links.map(({ label, file = '', line }, i) => ({
    id: i + 1,
    message: { text: discreet(label) },
    physicalLocation: { artifactLocation: artifact(file), ...(line === undefined ? {} : { region: { startLine: line } }) },
  }));
}
