import type { Text } from '../../../model/text.ts';
import { blank, line, paragraph, type Line } from '../../lines.ts';
import type { View } from '../../view.ts';

/** The user's situation: what happened, and what to try next. */
export interface TroubleScreen {
  readonly name: 'trouble';
  readonly what: Text;
  readonly next: readonly Text[];
}

export function troubleContent(screen: TroubleScreen, { words, columns, say }: View): readonly Line[] {
  return [
    blank,
    ...paragraph(say(screen.what), columns - 1, 'strong'),
    ...(screen.next.length === 0 ? [] : [blank, line(` ${words.trouble.next}`), ...screen.next.flatMap((one) => paragraph(say(one), columns - 1, undefined, 3))]),
  ];
}
