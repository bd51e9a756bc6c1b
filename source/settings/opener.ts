import type { Machine } from '../model/machine.ts';
import type { Service } from '../model/service.ts';
import { rolesIn } from './roles.ts';
import { runningOf } from './service-files.ts';
import { started } from './started.ts';

/** Scripts by their names: the file that the kernel runs is their interpreter. */
const SCRIPTS: readonly [RegExp, string][] = [
  [/^(?:python[\d.]*|gunicorn3?|celery|uvicorn|hypercorn|daphne|waitress-serve|flask|django-admin|fastapi)$/, 'python3'],
  [/^(?:node|npm|npx|yarn|pnpm)$/, 'node'], [/^(?:ruby|bundle|puma|rails|unicorn)$/, 'ruby'], [/^php-fpm/, 'php-fpm'],
];
const SHELLS = /^(?:ba|da|a)?sh$|\.sh$/;

/**
 * The program file that opens a service's ports, as its image would find it: what runs as root and holds them, else what
 * is started. Undefined where a script of unknown make stands in the way.
 */
export function opener(machine: Machine, service: Service): string | undefined {
  const live = runningOf(machine, service).flatMap((c) => rolesIn(c).root).map((p) => p.argv);
  const words = (started(machine, service)?.words ?? []).map((w) => w.value);
  for (const argv of [...live, words]) {
    // "gunicorn: master [shop]" is a title; the name in front of the colon is the script's.
    const first = (argv[0] ?? '').replace(/:.*$/, '');
    const name = first.split('/').at(-1) ?? '';
    if (name === '' || SHELLS.test(name) || /^(?:tini|dumb-init|docker-init|env)$/.test(name)) continue;
    const known = SCRIPTS.find(([pattern]) => pattern.test(name))?.[1];
    if (known) return known;
    if (/^[\w.+/-]+$/.test(first)) return first.startsWith('/') ? first : name;
  }
  return undefined;
}
