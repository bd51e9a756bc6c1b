import { effectiveUser, isRootUser } from '../files/dockerfile.ts';
import type { Machine } from '../model/machine.ts';
import type { Service } from '../model/service.ts';
import type { Origin, Setting } from '../model/setting.ts';
import { written } from './compose-services.ts';
import { place, wordsAt } from './parsed.ts';
import { baseImage, baseOf, runningOf, shipped, type Shipped } from './service-files.ts';
import { goesOnAsOther } from './steps-down.ts';
import { perService } from './once.ts';

/** Bases that are known to end as root; of another base we know nothing unless the image is on this machine. */
const ROOT_BASES = /^(?:docker\.io\/)?(?:library\/)?(?:debian|ubuntu|python|alpine|node|ruby|golang|rust|centos|fedora|rockylinux|almalinux|amazonlinux|openjdk|eclipse-temurin|php|buildpack-deps|busybox|nginx|httpd|scratch)(?:[:@]|$)/;

export interface DeclaredUser extends Setting<string> {
  readonly root: boolean;
  /** What starts as root goes on as somebody else by itself: an entrypoint as its last deed, a master for its workers. */
  readonly stepsDown: boolean;
}

/** A variable that nobody here gives a value: it may be anybody, root too (an empty USER is the base image's). */
const open = (value: string, unresolved: boolean): boolean => unresolved && (value.trim().split(':')[0] ?? '').includes('$');

/** The user an image's Dockerfile names for itself, `$` included where a build argument decides; undefined when it names none. */
export function ownUser(image: Shipped): { readonly value: string; readonly raw: string; readonly root: boolean; readonly open: boolean } | undefined {
  const own = effectiveUser(image.stage, image.df);
  return own && { value: own.value, raw: own.raw, root: isRootUser(own.value), open: open(own.value, own.unresolved) };
}

/** Red Hat's own bases; those with a language in them (`ubi9/python-312`) have a user already. */
const ROOT_UBI = /^registry\.(?:access\.)?redhat\.(?:com|io)\/ubi\d+(?:\/ubi(?:-(?:minimal|micro|init))?|-(?:minimal|micro|init))?(?:[:@]|$)/;

/** By its name, a base that ends as root. */
export const isRootBase = (image: Shipped): boolean => ROOT_BASES.test(baseOf(image)) || ROOT_UBI.test(baseOf(image));

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
  return { value: base?.user ?? '', from: { kind: 'dockerfile', label: `FROM ${image.stage.baseResolved ?? image.stage.base}`, at }, guess: !base && !isRootBase(image) };
}

/**
 * Who a service's first process starts as, by its files: compose `user:` over USER over the base image's user. Empty or
 * uid 0 is root, and a variable may be. What an entrypoint or the program itself does later is told apart (`stepsDown`).
 */
export const declaredUser = perService((machine: Machine, service: Service): DeclaredUser | undefined => {
  const compose = composeUser(machine, service);
  const image = imageUser(machine, service);
  const winner = compose ?? image;
  if (!winner) return undefined;
  const hides = compose && image ? [{ value: image.value, from: image.from }] : [];
  const root = winner.value === '' || isRootUser(winner.value) || open(winner.value, winner.guess);
  return { value: winner.value, from: winner.from, hides, root, stepsDown: root && goesOnAsOther(machine, service), ...(winner.guess ? { guess: true } : {}) };
});

/** True when something of the service is seen running. */
export const isSeen = (machine: Machine, service: Service): boolean => runningOf(machine, service).some((c) => c.processes.length > 0);
