// What a run of the fake session sees of the storyboard's shop.
import type { Result } from '../../source/engine/session.ts';
import type { Choice, Plan } from '../../source/model/plan.ts';
import type { Vital } from '../../source/model/proof.ts';
import { text } from '../../source/model/text.ts';

/** Which services each fix is about. */
const TIES: Readonly<Record<string, readonly string[]>> = { F1: ['worker'], F2: ['web', 'worker'], F3: ['admin'], F4: ['admin'], F6: ['web'] };

export const tiesOf = (choices: readonly Choice[]): Pick<Plan, 'ties'> => (choices.length === 0 ? {} : { ties: choices.flatMap(({ finding }) => (TIES[finding] ? [{ finding, services: TIES[finding], needs: [] }] : [])) });

export const VITALS: readonly Vital[] = ([['web', 'GET / on 443', '200 json'], ['proxy', 'GET / on 8080', '200 html'], ['worker', 'state', 'running'], ['redis', 'state', 'running'], ['admin', 'state', 'running']] as const)
  .map(([service, what, before]) => ({ service, what, before, after: before, result: 'same' }));

/** A check that failed, explained as far as the real one would be. */
export const EXPLAINED: Partial<Result['failure']> = {
  said: { service: 'proxy', line: 'connect() to unix:/run/admin/admin.sock failed (13: Permission denied)' },
  means: text('nginx may not open the socket: its worker is uid 101 by now, not 33. The image of proxy was rebuilt after the plan was made.', 'nginx 打不开这个套接字：它的工作进程现在是 uid 101，不再是 33。方案定下之后，proxy 的镜像重新构建过。'),
  blames: ['F3', 'F4'], anew: text('with uid 101 for nginx', '按 nginx 的 uid 101'),
};

/** Milliseconds that each did not answer. */
export const AWAY = { web: 3400, admin: 2100 };

/** What taking it back would run. */
export const BACK: readonly (readonly string[])[] = [
  ['docker', 'compose', '-p', 'shop', 'stop', 'admin', 'web', 'worker'],
  ['docker', 'run', '--rm', '-u', '0:0', '-v', 'shop_media:/mnt', 'shop-web', 'find', '/mnt', '-xdev', '-uid', '10001', '-exec', 'chown', '-h', '0:0', '{}', '+'],
  ['docker', 'tag', 'sha256:5a1f', 'shop-web'], ['docker', 'rmi', '--no-prune', 'harden-tui/keep:1-web'],
  ['docker', 'compose', '-p', 'shop', 'up', '-d', '--no-deps', '--no-build', 'admin', 'web', 'worker'],
];
