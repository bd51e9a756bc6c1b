import type { Machine } from '../model/machine.ts';
import type { Service } from '../model/service.ts';
import { programOf } from './roles.ts';
import { runningOf } from './service-files.ts';
import { started } from './started.ts';

/** Programs whose work is to become others, or to manage a machine. As somebody else some of them even stay up, and do nothing. */
const ONLY_ROOT = /^(?:cron|crond|anacron|atd|fcron|sshd|dropbear|dockerd|containerd|x?inetd|vsftpd|proftpd|pure-ftpd|smbd|keepalived|openvpn|chronyd|ntpd)$/;

const named = (word: string): readonly string[] => { const name = word.split('/').at(-1) ?? ''; return ONLY_ROOT.test(name) ? [name] : []; };

/** The words of a shell line lie one behind the other: only what stands where a command does is one. */
const inWords = (words: readonly string[]): readonly string[] =>
  words.flatMap((word, i) => { const before = words[i - 1]; return before === undefined || /^(?:exec|service|if)$|[;&|]$/.test(before) ? named(word.replace(/[;&|]+$/, '')) : []; });

const COMMAND = /(?:^|[;&|]|\bexec\s|\bservice\s)[ \t]*([\w./-]+)/gm;
const inScript = (script: string): readonly string[] => [...script.replace(/^[ \t]*#.*$/gm, '').matchAll(COMMAND)].flatMap((m) => named(m[1] ?? ''));

/** Such a program, seen running or started by the service's command or scripts. */
export function onlyRoot(machine: Machine, service: Service): string | undefined {
  const seen = runningOf(machine, service).flatMap((c) => c.processes).flatMap((p) => named(programOf(p.argv)));
  const start = started(machine, service);
  return [...seen, ...inWords((start?.words ?? []).map((w) => w.value)), ...(start?.scripts ?? []).flatMap((s) => inScript(s.text))][0];
}
