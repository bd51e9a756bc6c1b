// Made-up situations for the kitchen sink.
import type { Finding } from '../../../source/model/finding.ts';
import type { Machine } from '../../../source/model/machine.ts';
import { same, text } from '../../../source/model/text.ts';
import { fakeFindings, fakeMachine } from '../fake-shop.ts';

export const noDocker: Partial<Machine> = {
  docker: undefined, services: [], elsewhere: [],
  blind: [{ what: 'Docker', why: text('not running here; files can still be looked at', '这里没有运行；文件仍然可以查看'), remedy: text('Start it, or go on without.', '启动它，或者不用它继续。') }],
};

export const remote: Partial<Machine> = { docker: { ...fakeMachine.docker!, endpoint: 'ssh://me@staging', remote: true } };

const mounts = [{ type: 'volume', source: 'shop_media', target: '/app/media', readOnly: false, anonymous: false }, { type: 'volume', source: 'shop_sock', target: '/run/admin', readOnly: false, anonymous: false }];
export const volumes: Partial<Machine> = { containers: [{ ...({} as (typeof fakeMachine.containers)[number]), id: 'web-id', mounts, processes: [] }] };

const serviceOf = (project: string, directory: string, name: string, file = 'compose.yaml') => ({
  name: `${project}/${name}`, containers: [`${project}-${name}`], compose: { project, files: [`${directory}/${file}`.replace(/^\//, '')], service: name, directory, envFiles: [] },
});
const runningOf = (service: ReturnType<typeof serviceOf>) => ({ ...({} as (typeof fakeMachine.containers)[number]), id: service.containers[0]!, name: service.containers[0]!, running: true, mounts: [], processes: [] });

/** So many compose projects below one folder, and nothing of them runs. */
export const projects = (n: number): Partial<Machine> => ({ services: Array.from({ length: n }, (_, i) => serviceOf(`team-${i + 1}`, `services/team-${i + 1}/deploy`, 'web', 'docker-compose.yml')) });

const shop = ['web', 'worker', 'redis', 'admin', 'proxy'].map((name) => serviceOf('shop', 'shop', name));
const blog = ['web', 'db'].map((name) => serviceOf('blog', '博客/deploy', name, 'docker-compose.yml'));

/** Two projects under one folder, findings in both. */
export const several: { readonly machine: Partial<Machine>; readonly findings: readonly Finding[] } = {
  machine: { root: '/home/me/all', services: [...blog, ...shop], containers: shop.slice(0, 4).map(runningOf) },
  findings: fakeFindings.map((one, i) => ({ ...one, subjects: one.subjects.map((s) => ({ ...s, name: i === 4 ? 'blog/db' : `shop/${s.name}` })) })),
};

/** A capability finding, whose way out is found by trials. */
export const tried: readonly Finding[] = [{ ...fakeFindings[1]!, id: 'F9', risk: 'all-capabilities', title: text('web keeps all capabilities', 'web 保留着全部 capability'), detail: { service: 'web' } }];

/** A long list, every title another. */
export const manyFindings = (n: number): readonly Finding[] => Array.from({ length: n }, (_, i) => {
  const from = fakeFindings[i % 7]!;
  const { en, 'zh-CN': zh } = from.title;
  return { ...from, id: `M${i}`, title: text(`${en}, in copy ${i + 1}`, `${zh}，第 ${i + 1} 份`) };
});

/** Names with wide characters, emoji, combining marks, escapes and right-to-left marks: all of them people's. */
export const odd: readonly Finding[] = ['付款服务', 'web-👩‍💻-😀', 'cafe\u0301-\u{1F1E9}\u{1F1EA}', 'a\u202Eb\u001b[31mred', 'ＦＵＬＬ－ｗｉｄｔｈ', 'x'.repeat(120)].map((name, i) => ({
  ...fakeFindings[i % 7]!, id: `O${i}`, title: same(`${name} runs as root`), subjects: [{ kind: 'service', name }],
}));
