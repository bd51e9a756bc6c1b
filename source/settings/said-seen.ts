// What was seen is said in one form, whichever risk or proof tells it.
import { same, text, type Text } from '../model/text.ts';

/** A program by its name and, where several run there, the service it is in. */
export const programIn = (service: string, program: string | undefined): Text =>
  program === undefined || program === '' || program === service ? same(service) : text(`${program} in ${service}`, `${service} 的 ${program}`);

/** `srw-rw-rw-`, as `ls` writes it. */
function letters(mode: number): string {
  const three = (bits: number): string => `${bits & 4 ? 'r' : '-'}${bits & 2 ? 'w' : '-'}${bits & 1 ? 'x' : '-'}`;
  return `s${three(mode >> 6)}${three((mode >> 3) & 7)}${three(mode & 7)}`;
}

/** 0 has the same name everywhere; any other number may be somebody else's in the next image. */
const who = (id: number | undefined): string => (id === 0 ? 'root' : String(id ?? '?'));

/** A socket with its mode and owner; three blanks behind the path, which is a column of its own. */
export const socketSeen = (path: string, { mode = 0, uid, gid }: { readonly mode?: number | undefined; readonly uid?: number | undefined; readonly gid?: number | undefined }): Text =>
  text(`${path}   ${letters(mode)} ${who(uid)} ${who(gid)}`, `${path}   权限 ${mode.toString(8).padStart(3, '0')}，属主 ${who(uid)}，组 ${who(gid)}`);
