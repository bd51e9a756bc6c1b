import { normalize } from 'node:path/posix';
import { copies, finalStage, lineage, parseDockerfile, type Copy, type Instruction } from '../files/dockerfile.ts';
import { applyEdits } from '../files/span.ts';
import type { ChangeOf } from '../model/change.ts';
import type { Machine } from '../model/machine.ts';

/** Something that a build of the plan gets from the network: by which program, and what for, where that can be read. */
export interface Fetch {
  readonly service: string;
  readonly by: string;
  readonly names: readonly string[];
}

/** Programs that get things, the word that makes them do it, and what stands behind it. */
const GETS: readonly (readonly [by: string, RegExp])[] = [
  ['apt', /\bapt(?:-get)?\b[^&|;]*?\binstall\b([^&|;]*)/], ['apk', /\bapk\b[^&|;]*?\badd\b([^&|;]*)/], ['dnf', /\b(?:micro)?dnf\b[^&|;]*?\binstall\b([^&|;]*)/], ['yum', /\byum\b[^&|;]*?\binstall\b([^&|;]*)/],
  ['pip', /\bpip3?\b[^&|;]*?\binstall\b([^&|;]*)/], ['uv', /\buv\b[^&|;]*?\b(?:sync|install)\b([^&|;]*)/], ['poetry', /\bpoetry\b[^&|;]*?\binstall\b()/], ['npm', /\bnpm\b[^&|;]*?\b(?:ci|install|i)\b()/], ['yarn', /\byarn\b[^&|;]*?\b(?:install)?\b()/],
  ['gem', /\bgem\b[^&|;]*?\binstall\b([^&|;]*)/], ['go', /\bgo\b\s+(?:mod download|get|install)()/], ['cargo', /\bcargo\b\s+(?:build|fetch|install)()/], ['curl', /\bcurl\b()/], ['wget', /\bwget\b()/], ['git', /\bgit\b\s+clone()/],
];

const NAME = /^[a-z][a-z0-9.+-]*$/;

function fetched({ keyword, args }: Instruction): readonly Omit<Fetch, 'service'>[] {
  if (keyword === 'ADD' && /https?:\/\//.test(args)) return [{ by: 'ADD', names: [] }];
  if (keyword !== 'RUN') return [];
  return GETS.flatMap(([by, form]) => {
    const found = form.exec(args);
    return found ? [{ by, names: (found[1] ?? '').split(/\s+/).filter((word) => NAME.test(word)) }] : [];
  });
}

/** The plan's files as they are named from the folder of a build. */
function inContext(context: string, paths: readonly string[]): readonly string[] {
  const folder = normalize(context).replace(/^\.?\/?|\/$/g, '');
  return folder === '' ? paths : paths.filter((path) => path.startsWith(`${folder}/`)).map((path) => path.slice(folder.length + 1));
}

const takes = ({ sources, from }: Copy, files: readonly string[]): boolean => from === undefined && files.length > 0 && sources.some(({ value }) => {
  const source = normalize(value).replace(/^\/|\/$/g, '');
  return source === '.' || source === '' || /[*?[]/.test(source) || files.some((file) => file === source || file.startsWith(`${source}/`));
});

/** From its first layer that the plan makes another one, a build runs anew: what of that needs the network. Undefined where that can't be read. */
export function fetchesOfBuild({ build, service }: ChangeOf<'build-image'>, edits: readonly ChangeOf<'edit-file'>[], machine: Machine): readonly Fetch[] | undefined {
  const file = machine.files.get(build.dockerfile);
  const own = edits.find((one) => one.path === build.dockerfile);
  if (!file) return undefined;
  const [before, after] = [file.text, own ? applyEdits(file.text, [...own.edits].sort((a, b) => (a.rank ?? 30) - (b.rank ?? 30))) : file.text].map((content) => parseDockerfile(content, build.args));
  const [was, is] = [before && finalStage(before, build.target), after && finalStage(after, build.target)];
  if (!before || !after || !was || !is) return undefined;
  const [old, now] = [lineage(was, before), lineage(is, after)].map((stages) => stages.flatMap((one) => one.instructions));
  const copied = copies(is, after);
  const base = lineage(is, after)[0]?.baseResolved;
  // What is drawn from another stage is another one where that stage is: not followed here.
  if (base === undefined || !old || !now || copied.some((copy) => copy.from !== undefined)) return undefined;
  const tag = base.includes(':') || base.includes('@') ? base : `${base}:latest`;
  const pulled: readonly Fetch[] = base === 'scratch' || machine.images.some((image) => image.tags.includes(tag)) ? [] : [{ service, by: 'docker', names: [base] }];
  const paths = inContext(build.context, edits.map((one) => one.path));
  const first = now.findIndex((one, i) => {
    const copy = copied.find((each) => each.instruction === one);
    return old[i]?.keyword !== one.keyword || old[i]?.args !== one.args || (copy !== undefined && takes(copy, paths));
  });
  return [...pulled, ...(first < 0 ? [] : now.slice(first).flatMap(fetched).map((one) => ({ service, ...one })))];
}
