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
