import { renderToString } from 'ink';
import type { Lang } from '../../../source/model/text.ts';
import { Picture } from '../../../source/tui/app.tsx';
import { ClockContext } from '../../../source/tui/parts/clock.ts';
import type { Given, Wizard } from '../../../source/tui/wizard.ts';
import { drive, type Driven } from '../drive.ts';
import { type FakeOptions } from '../fake-session.ts';
import type { Recipe } from './recipes.ts';

/** Lets so many through; whoever comes later waits for good. */
export function gated(gates: number | undefined): Pick<FakeOptions, 'gate'> {
  if (gates === undefined) return {};
  let left = gates;
  return { gate: () => (left-- > 0 ? Promise.resolve() : new Promise(() => undefined)) };
}

export async function cooked({ keys, fake, given, gates }: Recipe, lang: Lang, size: Wizard['size'], more: Partial<Given> = {}): Promise<Driven> {
  const driven = await drive({ ...fake, ...gated(gates) }, { lang, ...given, ...more, can: { edit: true, calls: true, report: true } }, size);
  await driven.keys(...keys);
  return driven;
}

/** A frame at a time that stands still. */
export const pictured = (wizard: Wizard): readonly string[] =>
  renderToString(<ClockContext value={() => 900}><Picture wizard={wizard} /></ClockContext>, { columns: wizard.size.columns }).split('\n');
