import { effectiveUser, isRootUser } from '../files/dockerfile.ts';
import type { Machine } from '../model/machine.ts';
import type { Service } from '../model/service.ts';
import type { Origin, Setting } from '../model/setting.ts';
import { written } from './compose-services.ts';
import { place, wordsAt } from './parsed.ts';
import { baseImage, runningOf, shipped } from './service-files.ts';
import { started } from './started.ts';

/** Bases that are known to end as root; of another base we know nothing unless the image is on this machine. */
const ROOT_BASES = /^(?:docker\.io\/)?(?:library\/)?(?:debian|ubuntu|python|alpine|node|ruby|golang|rust|centos|fedora|rockylinux|almalinux|amazonlinux|openjdk|eclipse-temurin|php|buildpack-deps|busybox|nginx|scratch)(?:[:@]|$)/;

/** Programs that go on as somebody else: what stands behind them is no longer root's. */
const STEPS_DOWN = /(?:^|[\s/;&|("'])(?:gosu|su-exec|setpriv|runuser|chpst|s6-setuidgid|setuidgid)\s+\S|(?:^|[\s;&|])su\s+-?\S*\s*\S+\s+-[a-z]*c\b/m;

export interface DeclaredUser extends Setting<string> {
  readonly root: boolean;
  /** An entrypoint that steps down as its last deed. */
  readonly stepsDown: boolean;
}

function composeUser(machine: Machine, service: Service): { value: string; from: Origin; guess: boolean; shared: boolean } | undefined {
  for (const { file, service: s } of service.compose ? written(machine.files, service.compose) : []) {
    if (!s.user) continue;
    const at = place(file, s.user);
    return { value: s.user.value, from: { kind: 'compose', label: `user: ${s.user.value}`, at }, guess: s.user.unresolved, shared: s.user.shared };
  }
  return undefined;
}

/** The user of the image that ships: its last USER, else that of its base, else unknown. */
function imageUser(machine: Machine, service: Service): { value: string; from: Origin; guess: boolean } | undefined {
  const image = shipped(machine, service);
  if (!image) return undefined;
  const own = effectiveUser(image.stage, image.df);
  if (own) {
    const at = place(image.file, own.span);
    return { value: own.value, from: { kind: 'dockerfile', label: wordsAt(machine, at), at }, guess: own.unresolved };
  }
  const at = place(image.file, image.stage.from.span);
  const base = baseImage(machine, image);
  const name = image.stage.baseResolved ?? image.stage.base;
  return { value: base?.user ?? '', from: { kind: 'dockerfile', label: `FROM ${name}`, at }, guess: !base && !ROOT_BASES.test(name) };
}

function stepsDown(machine: Machine, service: Service): boolean {
  const start = started(machine, service);
  if (!start) return false;
  return STEPS_DOWN.test(start.words.map((w) => w.value).join(' ')) || STEPS_DOWN.test(start.script?.text.replace(/^\s*#.*$/gm, '') ?? '');
}

/**
 * Who a service's first process starts as, by its files: compose `user:` over USER over the base image's user. Empty or
 * uid 0 is root. What an entrypoint or the program itself does later is told apart (`stepsDown`).
 */
export function declaredUser(machine: Machine, service: Service): DeclaredUser | undefined {
  const compose = composeUser(machine, service);
  const image = imageUser(machine, service);
  const winner = compose ?? image;
  if (!winner) return undefined;
  const hides = compose && image ? [{ value: image.value, from: image.from }] : [];
  const root = winner.value === '' || isRootUser(winner.value);
  return { value: winner.value, from: winner.from, hides, root, stepsDown: root && stepsDown(machine, service), ...(winner.guess ? { guess: true } : {}) };
}

/** True when something of the service is seen running. */
export const isSeen = (machine: Machine, service: Service): boolean => runningOf(machine, service).some((c) => c.processes.length > 0);
