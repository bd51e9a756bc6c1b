import type { FileDiff } from '../../../engine/session.ts';
import type { Words } from '../../../words/index.ts';

type Gist = Words['plan']['gist'];

/** What a changed line comes to; an empty word where it goes along with another one. The rank orders them: what is open first, then whose, then who. */
type Said = readonly [rank: number, word: string];

/** Lines that a reader of the plan knows by a word. */
const ADDED: readonly (readonly [form: RegExp, said: (found: RegExpExecArray, gist: Gist) => Said])[] = [
  [/^USER\s+([^\s:]+)/i, ([, name = ''], gist) => [2, gist.user(name)]],
  [/^user:\s*["']?([^\s"':]+)/, ([, name = ''], gist) => [2, gist.user(name)]],
  [/^uid\s*=\s*(\S+)/, ([, uid = '']) => [2, `uid ${uid}`]],
  [/^gid\s*=/, () => [2, '']],
  [/^chmod-socket\s*=\s*(\d+)/, ([, mode = ''], gist) => [0, gist.mode(mode)]],
  [/^chown-socket\s*=\s*(\S+)/, ([, owner = '']) => [1, owner]],
  [/^EXPOSE\s+(\d+)/i, ([, port = ''], gist) => [3, gist.port(port)]],
  [/^-\s*["']?(?:[\d.]+:)?(\d+:\d+)["']?$/, ([, mapping = '']) => [3, mapping]],
  [/^(read_only|no_new_privileges):\s*true/, ([, name = '']) => [4, name]],
];

/** A line that only holds others, or says nothing by itself. */
const SILENT = /^(?:[;#].*|[\w.-]+:|RUN\s+(?:groupadd|useradd|addgroup|adduser)\b.*|&&\s.*|[\]})]+,?|)$/i;
const VARIABLE = /^(?:-\s*)?["']?([A-Z][A-Z0-9_]*)["']?\s*[:=]/;
/** What starts the app is known by the port that it gets, where that is all that changes. */
const STARTS = /^(?:CMD|ENTRYPOINT)\b|^"/i;
const withoutPorts = (line: string): string => line.replace(/\d+/g, '#');

/** `user 10001, port 8443`: a file's changes by their words, where every changed line has one; undefined where one has none. */
export function gistOf(diff: FileDiff | undefined, gist: Gist): readonly string[] | undefined {
  if (!diff) return undefined;
  const lines = diff.patch.split('\n').filter((line) => /^[+-](?![+-]{2} )/.test(line));
  const [added, removed] = ['+', '-'].map((sign) => lines.filter((line) => line.startsWith(sign)).map((line) => line.slice(1).trim()));
  const said: Said[] = [];
  const moved = (line: string, others: readonly string[]): boolean => STARTS.test(line) && others.some((other) => withoutPorts(other) === withoutPorts(line));
  for (const line of added ?? []) {
    const known = ADDED.map(([form, say]) => [form.exec(line), say] as const).find(([found]) => found);
    if (known?.[0]) said.push(known[1](known[0], gist));
    else if (!SILENT.test(line) && !moved(line, removed ?? [])) return undefined;
  }
  for (const line of removed ?? []) {
    const name = VARIABLE.exec(line)?.[1];
    const stays = ADDED.some(([form]) => form.test(line)) || SILENT.test(line) || moved(line, added ?? []);
    if (stays) continue;
    if (name === undefined || (added ?? []).some((one) => VARIABLE.exec(one)?.[1] === name)) return undefined;
    said.push([5, gist.goes(name)]);
  }
  const words = [...new Set(said.sort(([a], [b]) => a - b).map(([, word]) => word))].filter((word) => word !== '');
  return words.length === 0 ? undefined : words;
}
