import type { Compared } from '../model/rehearsal.ts';
import type { Text } from '../model/text.ts';

const PAGE: readonly RegExp[] = [/^(GET \/) on \d+(?:, then \d+)?$/, /^\d+(?:（之后 \d+）)? 上的 (GET \/)$/];

/** A row's fact as a table has it: the port is said where a service has several pages. */
export function factOf(row: Compared, rows: readonly Compared[], say: (text: Text) => string): string {
  const page = (one: Compared): string | undefined => PAGE.map((form) => form.exec(say(one.what))?.[1]).find((found) => found !== undefined);
  const own = page(row);
  return own !== undefined && rows.filter((one) => one.service === row.service && page(one) !== undefined).length === 1 ? own : say(row.what);
}
