import { refuse, type Fix } from '../../../model/risk.ts';
import { text } from '../../../model/text.ts';
import { keyReaders } from '../../../settings/sign.ts';
import { keptOutOfGit } from '../../../settings/kept-out.ts';
import { signingKeys } from '../../../settings/signing-keys.ts';

/** For its owner alone, or for its owner and the group of those who sign. */
export const keyMode: Fix = {
  id: 'key-mode', safety: 'review', proven: true,
  propose(finding, machine) {
    const key = signingKeys(machine).find((k) => k.file.path === finding.detail['key']);
    if (finding.detail['aspect'] !== 'mode' || !key) return refuse(text('its mode is not what is wrong here', '这里的问题不在权限'));
    const { file, services } = key;
    // A root service reads everything as long as it keeps root's capabilities.
    const readers = services.flatMap((s) => keyReaders(machine, s)).filter((r) => r.uid !== 0);
    const alone = readers.every((r) => r.uid === file.uid);
    const grouped = readers.every((r) => r.uid === file.uid || r.gid === file.gid);
    if (!grouped) {
      const [r] = readers;
      return refuse(text(`${services[0]?.name ?? 'the worker'} runs as ${r?.uid}:${r?.gid} and could not read it any more; first: chown ${r?.uid}:${r?.gid} ${file.path}`, `${services[0]?.name ?? 'worker'} 以 ${r?.uid}:${r?.gid} 运行，会读不到它；请先执行 chown ${r?.uid}:${r?.gid} ${file.path}`));
    }
    const mode = alone ? 0o600 : 0o640;
    return {
      changes: [{ kind: 'edit-file', path: file.path, hash: file.hash, edits: [], mode }, ...keptOutOfGit(machine, file.path)],
      // An image takes the mode along that the file had when it was built.
      rebuild: key.inImage.filter((s) => s.build).map((s) => s.name), replace: services.map((s) => s.name),
      proofs: services.map((s) => ({ kind: 'path-mode', service: s.name, path: key.inside, forbids: 0o027 })),
      along: [{ label: file.path, text: text(`mode ${mode.toString(8)}; who signs still reads it`, `权限 ${mode.toString(8)}；签名的一方仍能读`) }],
    };
  },
};
