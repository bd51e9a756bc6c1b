import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Step } from '../../source/model/plan.ts';
import { perhapsLine, perhapsOf } from '../../source/report/commands-text.ts';
import { commandRows } from '../../source/report/plan-text.ts';

const again = [
  { service: 'proxy', containers: [{ id: 'p', name: 'shop-proxy-1' }], of: ['web', 'admin'], when: 'moved' as const },
  { service: 'worker', containers: [{ id: 'w', name: 'shop-worker-1' }], of: ['redis'], when: 'always' as const },
];
const steps: readonly Step[] = [{ number: 8, change: { kind: 'start-services', services: [{ service: 'web' }], again }, because: ['f'] }, { number: 6, change: { kind: 'stop-services', services: [{ service: 'web' }], again }, because: ['f'] }];

describe('a command of which nobody knows yet whether it runs', () => {
  it('stands once, behind the others, with its condition as a comment; what runs for certain is among those', () => {
    assert.deepEqual(commandRows([['docker', 'compose', 'up', '-d', 'web']], 'en', steps), ['Commands that run, in this order', '  docker compose up -d web', '  docker restart shop-proxy-1  # only if the address of web and admin changes']);
    assert.deepEqual(perhapsOf(steps).map((one) => perhapsLine(one, 'zh-CN')), ['docker restart shop-proxy-1  # 仅当 web 和 admin 的地址变化时']);
  });
  it('is none where files alone change', () => assert.deepEqual(commandRows([], 'en', steps), ['No command runs: only files change.']));
});
