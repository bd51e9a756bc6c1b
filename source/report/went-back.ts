import type { Result } from '../engine/session.ts';
import type { Since } from '../engine/since.ts';
import type { Change } from '../model/change.ts';
import type { Step } from '../model/plan.ts';
import { text, type Lang, type Text } from '../model/text.ts';
import { oneLine } from './plain.ts';
import { counted, duration } from './terms.ts';

/** Words for a sum: `4 files, 3 images, 25 files, 3 containers`; the second files are those whose owner went back. */
export function sumOf(steps: readonly Step[], since: Since | undefined): Text {
  const of = <K extends Change['kind']>(...kinds: readonly K[]): readonly Extract<Change, { kind: K }>[] => steps.flatMap(({ change }) => (kinds.includes(change.kind as K) ? [change as Extract<Change, { kind: K }>] : []));
  const [files, images] = [of('edit-file', 'create-file').length, of('build-image').length];
  const owned = of('own-mount');
  const known = owned.map(({ mount }) => since?.owners.find((one) => one.source === mount.source)).map((one) => (one?.came === undefined ? undefined : one.were + one.came));
  const entries = known.every((n) => n !== undefined) ? known.reduce((a, n) => a + n, 0) : undefined;
  const owners = (entries === undefined ? owned.length : 0) + of('set-folder', 'set-path').length;
  const containers = of('start-services').flatMap((c) => c.services).length;
  const programs = of('restart-host').flatMap((c) => c.services).length;
  const accounts = of('make-account').length;
  const parts: readonly (readonly [n: number, en: string, zh: string])[] = [
    [files, counted(files, 'file'), `${files} 个文件`], [images, counted(images, 'image'), `${images} 个镜像`],
    [owned.length > 0 ? (entries ?? 0) : 0, counted(entries ?? 0, 'file'), `${entries} 个文件的属主`], [owners, counted(owners, 'owner'), `${owners} 处属主`],
    [accounts, counted(accounts, 'account'), `${accounts} 个账号`],
    [containers, counted(containers, 'container'), `${containers} 个容器`], [programs, counted(programs, 'program'), `${programs} 个程序`],
  ];
  const told = parts.filter(([n]) => n > 0);
  return text(told.map(([, en]) => en).join(', '), told.map(([, , zh]) => zh).join('、'));
}

/** `web 3.4 s, admin 2.1 s`: how long each did not answer; nothing where nobody was away. */
export const awayText = (away: Result['away'], lang: Lang): string =>
  Object.entries(away).map(([service, ms]) => `${oneLine(service)} ${duration(ms, lang)}`).join(lang === 'en' ? ', ' : '、');
