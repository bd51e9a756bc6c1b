import { basename } from 'node:path';
import { splitWords } from '../files/shellwords.ts';

/** How an editor is told a line; unknown ones get the file alone. */
function place(program: string, file: string, line: number): readonly string[] {
  const name = basename(program);
  if (/^(code|codium|cursor|code-insiders)$/.test(name)) return ['--wait', '--goto', `${file}:${line}`];
  if (/^(subl|zed|hx|helix)$/.test(name)) return [`${file}:${line}`];
  return /^(n?vim?|view|nano|emacs|emacsclient|kak|micro|joe|mg|pico|gedit)$/.test(name) ? [`+${line}`, file] : [file];
}

/** `$VISUAL` or `$EDITOR` as argv: their words are split, never handed to a shell. */
export function editorArgv(env: NodeJS.ProcessEnv, file: string, line: number): readonly string[] {
  const { words } = splitWords(env['VISUAL'] || env['EDITOR'] || 'vi');
  const [program = 'vi', ...rest] = words.map((w) => w.value);
  return [program, ...rest, ...place(program, file, line)];
}
