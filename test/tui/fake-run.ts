// What a run of the fake session sees of the storyboard's shop.
import type { Result } from '../../source/engine/session.ts';
import type { Choice, Plan } from '../../source/model/plan.ts';
import type { Vital } from '../../source/model/proof.ts';
import type { ByHand } from '../../source/model/change.ts';
import { same, text } from '../../source/model/text.ts';

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

/** What applying it would run. */
export const COMMANDS = [
  ['docker', 'compose', '-p', 'shop', 'build', 'web', 'worker', 'admin'],
  ['docker', 'compose', '-p', 'shop', 'stop', 'worker', 'web', 'admin'],
  ['docker', 'run', '--rm', '-u', '0:0', '-v', 'shop_media:/mnt', 'shop-web', 'find', '/mnt', '-xdev', '-uid', '0', '-exec', 'chown', '-h', '10001:10001', '{}', '+'],
  ['docker', 'compose', 'up', '-d', '--no-build', '--no-deps', 'admin', 'web', 'worker'],
];

/** What taking it back would run. */
export const BACK: readonly (readonly string[])[] = [
  ['docker', 'compose', '-p', 'shop', 'stop', 'admin', 'web', 'worker'],
  ['docker', 'run', '--rm', '-u', '0:0', '-v', 'shop_media:/mnt', 'shop-web', 'find', '/mnt', '-xdev', '-uid', '10001', '-exec', 'chown', '-h', '0:0', '{}', '+'],
  ['docker', 'tag', 'sha256:5a1f', 'shop-web'], ['docker', 'rmi', '--no-prune', 'harden-tui/keep:1-web'],
  ['docker', 'compose', '-p', 'shop', 'up', '-d', '--no-deps', '--no-build', 'admin', 'web', 'worker'],
];

export const HAND: ByHand = { kind: 'by-hand', services: ['mail'], words: text('stop mail and start it again as it was started', '停止 mail，再按原来的方式启动'), commands: [['kill', '4711'], ['cd', '/srv/mail'], ['python3', 'mail.py']] };

/** What the first undo of a run leaves behind. */
export function leftBy(what: 'compose.yaml' | 'account', plan: Plan): Pick<Result, 'rest' | 'stays' | 'remarks' | 'hand'> {
  if (what === 'account') {
    const account = text('account mail', '账号 mail');
    return { stays: [account], rest: { names: [account], files: [], findings: [], steps: [{ number: 11, change: { kind: 'make-account', name: 'mail' }, because: ['F1'] }] }, hand: [HAND], remarks: [text('The account mail stays as long as process 4711 runs as it.', '进程 4711 还在用账号 mail，所以账号留着。')] };
  }
  const steps = plan.steps.filter(({ change }) => ('path' in change && change.path === what) || change.kind === 'stop-services' || change.kind === 'start-services');
  return { stays: [same(what)], rest: { names: [same(what)], files: [what], findings: ['F2', 'F6'], steps }, remarks: [text(`${what} was edited since, on the same lines. It is left as it is; this is what undo wanted to change:\n--- ${what}\n+++ ${what}\n-      - "443:9443"\n+      - "443:443"`, `${what} 之后被改过，而且是同样的行。文件保持原样；撤销原本要改的是：\n--- ${what}\n+++ ${what}\n-      - "443:9443"\n+      - "443:443"`)] };
}
