import type { EditFile } from '../../../model/change.ts';
import { refuse, type Fix } from '../../../model/risk.ts';
import { text } from '../../../model/text.ts';
import { insideOf, keySettings, withPath } from '../../../settings/signing-keys.ts';

/** The path as it is today, from the root on: key, certificate and store alike. */
export const absolutePath: Fix = {
  id: 'absolute-path', safety: 'review', proven: true,
  propose(finding, machine) {
    if (finding.detail['aspect'] !== 'path') return refuse(text('its path is absolute', '它的路径是绝对路径'));
    const all = keySettings(machine);
    const key = all.find((k) => k.what === 'key' && k.path === finding.detail['setting']);
    if (!key) return refuse(text('it is not there any more', '它已经不在了'));
    const places = new Set(key.services.map((s) => insideOf(machine, s, key.path)));
    const [first] = key.services;
    if (!first || places.size !== 1 || [...places][0] === `/${key.path}`) return refuse(text('where its services start is not one known folder', '看不出各服务从同一个确定的目录启动'));
    const edits = all.filter((k) => key.services.some((s) => k.services.includes(s)) && !/^[/~]/.test(k.path)).map((k): EditFile => withPath(k, insideOf(machine, first, k.path)));
    const names = key.services.map((s) => s.name);
    return {
      changes: edits, rebuild: key.services.filter((s) => s.build).map((s) => s.name), replace: names,
      proofs: names.map((service) => ({ kind: 'path-mode', service, path: [...places][0] ?? '', forbids: 0 })),
    };
  },
};
