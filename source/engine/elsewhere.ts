import { relative, sep } from 'node:path';
import type { Plan } from '../model/plan.ts';
import { text, type Text } from '../model/text.ts';
import { startsContainers } from '../settings/run-lines.ts';

/** What no file of the project carries along: data that changed hands here and lies on other machines, too, and how a container is started by hand. */
export interface Elsewhere {
  readonly kind: 'volume' | 'folder' | 'run' | 'run-without' | 'secret';
  /** As it is called in a copy of the project: the volume without the project's name, the folder as seen from its root; or the container. */
  readonly name: string;
  /** The command, or the flags; none where only a person can do it. */
  readonly argv: readonly string[];
  /** Flags that these take the place of. */
  readonly instead?: readonly string[];
}

/** A name that Docker made up is nobody's elsewhere. */
const MADE_UP = /^[0-9a-f]{64}$/;

/** `a server with its own volume media hands it over once, first:`: the command, or the flags, stand behind it. */
export function elsewhereWords({ kind, name, instead = [] }: Elsewhere): Text {
  const old = instead.join(' ');
  switch (kind) {
    case 'volume': return text(`a server with its own volume ${name} hands it over once, first:`, `服务器上若有自己的卷 ${name}，要先移交一次：`);
    case 'folder': return text(`a clone, or a server, hands its own ${name} over once, first:`, `别处的检出或服务器要先把自己的 ${name} 移交一次：`);
    case 'secret': return text(`${name} is made here and stays out of git: a clone, or a server, needs it, too, or nobody gets in`, `${name} 是在本机生成的，不进 git：别处的检出或服务器也需要它，否则谁也登录不了`);
    case 'run': return text(`no file says how ${name} is started: your own docker run needs this${old ? `, in place of ${old}` : ''}:`, `没有文件写着 ${name} 怎么启动：你自己的 docker run 要加上${old ? `（代替 ${old}）` : ''}：`);
    case 'run-without': return text(`no file says how ${name} is started: your own docker run goes without this:`, `没有文件写着 ${name} 怎么启动：你自己的 docker run 要去掉：`);
  }
}

/**
 * Named volumes, and folders of the project, that went to the new user: a server, or a clone, that gets this change has its own, and
 * they still belong to somebody else. One that is mended at every start needs nobody.
 */
export function elsewhereOf(plan: Plan): readonly Elsewhere[] {
  return plan.steps.flatMap(({ change, because }): readonly Elsewhere[] => {
    if (change.kind === 'start-services') {
      const moved = plan.steps.some((s) => s.change.kind === 'edit-file' && startsContainers(s.change.path) && s.because.some((id) => because.includes(id)));
      return change.services.flatMap(({ container }): readonly Elsewhere[] => {
        if (!container?.run) return [];
        const { flags, without } = container.run;
        // A script that starts it with these ports was changed with it.
        if (moved && flags.every((f, i) => f === '-p' || flags[i - 1] === '-p')) return [];
        return [flags.length > 0 ? { kind: 'run', name: container.name, argv: flags, instead: without } : { kind: 'run-without', name: container.name, argv: without }];
      });
    }
    // A password that was drawn here: its hash goes along with the project, the file does not.
    if ((change.kind === 'create-file' && change.text.includes('<generated:') && !change.text.includes(':sha256>') && change.mode === 0o600) || (change.kind === 'edit-file' && change.edits.some((e) => e.text.includes('<generated:') && !e.text.includes(':sha256>')))) {
      return [{ kind: 'secret', name: change.path, argv: [] }];
    }
    if (because.length > 0 && because.every((id) => plan.owed.some((o) => o.finding === id && o.mends))) return [];
    if ((change.kind !== 'own-mount' && change.kind !== 'set-folder') || MADE_UP.test(change.mount.source)) return [];
    const { source } = change.mount;
    if (change.mount.type === 'bind' && change.kind === 'own-mount') {
      const below = relative(plan.root, source).split(sep).join('/');
      // What lies outside of the project is this machine's alone.
      return below === '' || below.startsWith('..') ? [] : [{ kind: 'folder', name: `./${below}`, argv: ['sudo', 'chown', '-R', `${change.uid}:${change.gid}`, below] }];
    }
    const built = plan.steps.flatMap((s) => (s.change.kind === 'build-image' && s.change.service === change.service ? [s.change.image] : []))[0];
    const name = source.startsWith(`${plan.name}_`) ? source.slice(plan.name.length + 1) : source;
    if (change.mount.type === 'bind') return [];
    if (change.kind === 'set-folder') return [{ kind: 'volume', name, argv: ['docker', 'run', '--rm', '-u', '0', '--entrypoint', 'install', '-v', `${source}:/v`, built ?? change.image, '-d', '-o', `${change.uid}`, '-g', `${change.gid}`, '-m', change.mode.toString(8), '/v'] }];
    return [{ kind: 'volume', name, argv: ['docker', 'run', '--rm', '-u', '0', '--entrypoint', 'chown', '-v', `${source}:/v`, built ?? change.image, '-R', `${change.uid}:${change.gid}`, '/v'] }];
  });
}
