import { randomBytes } from 'node:crypto';
import { filled } from '../model/generated.ts';

/** One value for each name of a plan, made when it is first asked for, the same in every file of the run. 192 bits that need no quoting in a URL. */
export function fillOnce(): (text: string) => string {
  const values = new Map<string, string>();
  const valueOf = (name: string): string => {
    const value = values.get(name) ?? randomBytes(24).toString('base64url');
    values.set(name, value);
    return value;
  };
  return (text) => filled(text, valueOf);
}
