import { join } from 'node:path';
import type { Lang } from '../model/text.ts';
import type { System } from '../system/system.ts';
import { allScenarios, scenariosFolder } from './scenario.ts';

/** One line of the menu. */
export interface Story {
  readonly name: string;
  readonly title: string;
  readonly line: string;
}

/** The heading is the title, the first paragraph the one line. Chinese lines are joined without a blank. */
export function headOf(markdown: string, lang: Lang): { title: string; line: string } {
  const [heading = '', ...rest] = markdown.replaceAll('\r\n', '\n').trim().split('\n');
  const paragraph = rest.join('\n').trim().split(/\n\s*\n/)[0] ?? '';
  return { title: heading.replace(/^#\s*/, ''), line: paragraph.split('\n').join(lang === 'zh-CN' ? '' : ' ') };
}

export async function listScenarios(system: Pick<System, 'files'>, lang: Lang): Promise<readonly Story[]> {
  const { files } = system;
  const folder = await scenariosFolder(files);
  return Promise.all(
    (await allScenarios(files, folder)).map(async ({ name }) => {
      const story = await files.read(join(folder, name, lang === 'en' ? 'story.md' : `story.${lang}.md`));
      return { name, ...headOf(story.toString('utf8'), lang) };
    }),
  );
}
