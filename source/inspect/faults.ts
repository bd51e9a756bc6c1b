import type { Blind, Machine } from '../model/machine.ts';
import { same, text, type Text } from '../model/text.ts';
import { composeElsewhere, composeFaults, projectsInTree } from '../settings/compose-services.ts';
import { dockerfileOf } from '../settings/parsed.ts';
import { programsOf } from '../settings/program.ts';
import { isDockerfile } from './names.ts';

const said = (path: string, why: Text, line: number): Blind => ({
  what: `${path}:${line}`,
  why,
  remedy: text('mend that line; what stands there was not judged', '修好那一行；那里的内容没有参与判断'),
});

/** Where one line is wrong, the next hundred often follow from it: the first is shown, the others are counted. */
function firstOf(path: string, all: readonly { readonly message: string; readonly line: number }[]): readonly Blind[] {
  const [first, ...rest] = all;
  if (!first) return [];
  return [said(path, same(rest.length > 0 ? `${first.message} (+${rest.length})` : first.message), first.line)];
}

/** Files that count and could not be read to their end: never a pass, always named with their line. */
export function faults(files: Machine['files']): readonly Blind[] {
  const compose = composeFaults(files, projectsInTree(files).flat()).map((f) => said(f.path, text(`is no valid YAML: ${f.message}`, `不是有效的 YAML：${f.message}`), f.line));
  const docker = [...files.values()].filter((f) => isDockerfile(f.path)).flatMap((file) => firstOf(file.path, dockerfileOf(file, {}).faults));
  const elsewhere = composeElsewhere(files, projectsInTree(files).flat()).map((e): Blind => ({
    what: e.path,
    why: text(`${e.what} is not followed`, `没有跟进 ${e.what}`),
    remedy: text('look at that file by itself: harden-tui on its folder', '请对那个文件所在的目录单独运行 harden-tui'),
  }));
  return [...compose, ...docker, ...elsewhere];
}

/** Servers whose settings nobody here knows, but for a flag or two. */
const BARE = /^(?:uvicorn|hypercorn|daphne|granian)$/;

/** An app server that stands by itself, without gunicorn: what runs is judged, what it is told is not. */
export const bareServers = (machine: Machine): readonly Blind[] =>
  programsOf(machine).filter((p) => BARE.test(p.kind)).map((p): Blind => ({
    what: p.name,
    why: text(`${p.kind} by itself: of its settings only --reload and the trusted proxies are read`, `直接用 ${p.kind}：它的设置里只读 --reload 和信任的代理`),
    remedy: text(`look at its command line by hand; under gunicorn (uvicorn's worker) it is read whole`, `请手动查看它的命令行；放到 gunicorn 下面（uvicorn 的 worker）就能完整读取`),
  }));

/** Units of a user's own systemd: their processes are judged, their files lie in that user's home and are not read. */
export const usersUnits = (machine: Machine): readonly Blind[] => machine.services.flatMap(({ host }): readonly Blind[] => {
  if (host?.manager === undefined) return [];
  const { name, manager } = host;
  return [{
    what: name,
    why: text(`is a unit of uid ${manager}'s own systemd: its processes are judged, its file is not read`, `是 uid ${manager} 自己的 systemd 的 unit：会判断它的进程，不读它的文件`),
    remedy: text(`look at it as that user: systemctl --user cat ${name}`, `以该用户查看：systemctl --user cat ${name}`),
  }];
});
