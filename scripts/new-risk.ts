// npm run new-risk -- <id>: a new folder from source/risks/_template and its two lines in source/risks/index.ts.
import { cpSync, existsSync, readFileSync, readdirSync, realpathSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const ID = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const USAGE = 'usage: npm run new-risk -- <id>     lower case words with hyphens, such as exposed-port';

/** What keeps a risk from being made: said in a sentence, nothing written. */
export class Refused extends Error {}

/** `exposed-port` is `exposedPort` in code. */
export const variable = (id: string): string => id.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

/** Puts `line` before the first of `lines` from..to that `key` sorts after it, or behind the last. */
function insert(lines: readonly string[], from: number, to: number, line: string, key: (line: string) => string | undefined): readonly string[] {
  const mine = key(line)!;
  const found = lines.slice(from, to).findIndex((other) => (key(other) ?? '') > mine);
  const at = found < 0 ? to : from + found;
  return [...lines.slice(0, at), line, ...lines.slice(at)];
}

const imported = (line: string): string | undefined => /^import \{ \w+ \} from '\.\/([a-z0-9-]+)\/index\.ts';$/.exec(line)?.[1];
/** An entry's id, as both lists sort by id: `logFilesOpen` is `log-files-open`. */
const listed = (line: string): string | undefined =>
  /^ {2}(\w+),$/.exec(line)?.[1]?.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** The list with one import and one entry more, each where it sorts. */
export function register(index: string, id: string): string {
  const lines = index.split('\n');
  const imports = lines.map(imported);
  if (imports.includes(id)) throw new Refused(`source/risks/index.ts has ${id} already`);
  const first = imports.findIndex((name) => name !== undefined);
  const last = imports.findLastIndex((name) => name !== undefined);
  const line = `import { ${variable(id)} } from './${id}/index.ts';`;
  const withImport = insert(lines, first, last + 1, line, imported);
  const open = withImport.findIndex((text) => /^export const RISKS\b.*\[$/.test(text));
  const close = withImport.indexOf('];', open);
  if (first < 0 || open < 0 || close < 0) throw new Refused('source/risks/index.ts is not a list with one risk on a line any more; add the two lines by hand');
  return insert(withImport, open + 1, close, `  ${variable(id)},`, listed).join('\n');
}

function* files(folder: string): Generator<string> {
  for (const name of readdirSync(folder)) {
    const file = path.join(folder, name);
    if (statSync(file).isDirectory()) yield* files(file);
    else yield file;
  }
}

/** Makes the folder and registers it; gives the files made, relative to `root`. Refuses before anything is written. */
export function newRisk(root: string, id: string): readonly string[] {
  if (!ID.test(id)) throw new Refused(`"${id}" is no id of a risk.\n${USAGE}`);
  const risks = path.join(root, 'source/risks');
  const folder = path.join(risks, id);
  if (existsSync(folder)) throw new Refused(`source/risks/${id} is there already`);
  const list = path.join(risks, 'index.ts');
  const registered = register(readFileSync(list, 'utf8'), id);
  cpSync(path.join(risks, '_template'), folder, { recursive: true });
  const made = [...files(folder)];
  for (const file of made) {
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.replaceAll('template-risk', id).replaceAll('templateRisk', variable(id)));
  }
  writeFileSync(list, registered);
  return made.map((file) => path.relative(root, file)).sort();
}

function main(words: readonly string[]): number {
  const [id, ...rest] = words;
  try {
    if (id === undefined || rest.length > 0) throw new Refused(USAGE);
    const made = newRisk(path.join(import.meta.dirname, '..'), id);
    process.stdout.write(`${made.join('\n')}\nsource/risks/index.ts: ${id} registered\n
Next:
  1. The words: README.md and README.zh-CN.md. Titles and prices on the screens come from there.
  2. The cases: what is seen (before/), what each way makes of it (after.<fix>/), what must stay quiet.
  3. detect.ts and fixes/, until this is green:
       npx tsc --noEmit && npm test -- unit
CONTRIBUTING.md has the rules, and how a case is laid out.
`);
    return 0;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 2;
  }
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) process.exitCode = main(process.argv.slice(2));
