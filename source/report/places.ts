import type { RunSummary } from '../engine/session.ts';
import type { Change } from '../model/change.ts';
import type { Plan } from '../model/plan.ts';
import { text, type Text } from '../model/text.ts';
import { oneLine } from './plain.ts';

type Project = Pick<Plan, 'name' | 'root'>;

/** Compose puts the project's name before each of its volumes; here it only fills the row, as the root does before a folder below it. */
export function shortName(name: string, { name: project, root }: Project): string {
  if (name.startsWith(`${root}/`)) return `./${name.slice(root.length + 1)}`;
  return name.startsWith(`${project}_`) ? name.slice(project.length + 1) : name;
}

interface Mounted {
  readonly mount: { readonly type: 'volume' | 'bind'; readonly source: string };
}

/** A place that is handed over, by its kind and its name: the same on every screen and page. */
export function placeOf({ mount }: Mounted, project: Project): Text {
  const short = oneLine(shortName(mount.source, project));
  return mount.type === 'volume' ? text(`volume ${short}`, `卷 ${short}`) : text(`folder ${short}`, `目录 ${short}`);
}

/** The engine's own name of what a step is about. */
const engineName = (change: Change): string | undefined => ('mount' in change ? change.mount?.source : 'volume' in change ? change.volume : undefined);

/** What a step tells of itself, with the name that the plan has for its place. */
export function toldShort(told: Text, change: Change, project: Project): Text {
  const name = engineName(change);
  if (name === undefined) return told;
  const short = shortName(name, project);
  return text(told.en.replace(name, () => short), told['zh-CN'].replace(name, () => short));
}

/** `files Dockerfile, compose.yaml; image shop-web; volume media`: each with what it is, for a bare name may be any of these. */
export function changedText({ plan, name, root }: Pick<RunSummary, 'plan' | 'name' | 'root'>): Text {
  const of = <T>(pick: (change: Change) => readonly T[]): readonly T[] => [...new Set(plan.steps.flatMap(({ change }) => pick(change)))];
  const mounts = (type: 'volume' | 'bind'): readonly string[] => of((change) => ((change.kind === 'own-mount' || change.kind === 'set-folder') && change.mount.type === type ? [shortName(change.mount.source, { name, root })] : []));
  const kinds: readonly (readonly [names: readonly string[], one: string, more: string, zh: string])[] = [
    [of((change) => (change.kind === 'edit-file' || change.kind === 'create-file' ? [change.path] : [])), 'file', 'files', '文件'],
    [of((change) => (change.kind === 'build-image' ? [change.image] : [])), 'image', 'images', '镜像'],
    [[...mounts('volume'), ...of((change) => (change.kind === 'make-keys' || change.kind === 'fill-volume' ? [shortName(change.volume, { name, root })] : []))], 'volume', 'volumes', '卷'],
    [[...mounts('bind'), ...of((change) => (change.kind === 'make-folder' ? [change.path] : []))], 'folder', 'folders', '目录'],
    [of((change) => (change.kind === 'set-path' ? [change.path] : [])), 'owner of', 'owners of', '属主'],
    [of((change) => (change.kind === 'make-account' ? [change.name] : [])), 'account', 'accounts', '账号'],
  ];
  const said = kinds.filter(([names]) => names.length > 0);
  return text(
    said.map(([names, one, more]) => `${names.length === 1 ? one : more} ${names.map(oneLine).join(', ')}`).join('; '),
    said.map(([names, , , zh]) => `${zh} ${names.map(oneLine).join('、')}`).join('；'),
  );
}
