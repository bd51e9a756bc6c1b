import { isRefusal, refuse, type Fix } from '../../../model/risk.ts';
import { text } from '../../../model/text.ts';
import { all } from '../../../settings/broker-edits.ts';
import { intoEnvironmentFile } from '../../../settings/secret-unit.ts';
import { ROTATE, secretsOf, servicesOf } from '../subject.ts';

export const systemdCredential: Fix = {
  id: 'systemd-credential',
  safety: 'review',
  proven: true,
  propose(finding, machine) {
    const seen = secretsOf(finding, machine);
    const [first] = seen;
    if (!first || seen.some((s) => s.holder.kind !== 'unit')) return refuse(text('only for a systemd unit', '只适用于 systemd unit'));
    const { changes, path } = intoEnvironmentFile(machine, seen);
    const edits = all(changes);
    if (isRefusal(edits)) return edits;
    return {
      changes: edits,
      rebuild: [],
      replace: servicesOf(finding, machine).map((s) => s.name),
      moves: seen.map((s) => s.value),
      proofs: [{ kind: 'kept-out', file: first.file.path }, ...servicesOf(finding, machine).flatMap((s) => seen.map((x) => ({ kind: 'secret' as const, service: s.name, name: x.name, now: 'environment' as const })))],
      along: [{ label: path, text: text('mode 600: systemd reads it as root before it steps down', '权限 600：systemd 在降权之前以 root 身份读取') }, ROTATE],
    };
  },
};
