import { isRefusal, refuse, type Fix } from '../../../model/risk.ts';
import { text } from '../../../model/text.ts';
import { mountedInstead } from '../../../settings/mounted-instead.ts';
import { signingKeys } from '../../../settings/signing-keys.ts';

/** Left out of the build, and mounted at the very place where the image had it. */
export const outOfImage: Fix = {
  id: 'out-of-image', safety: 'review', proven: true,
  propose(finding, machine) {
    const key = signingKeys(machine).find((k) => k.file.path === finding.detail['key']);
    if (finding.detail['aspect'] !== 'image' || !key) return refuse(text('it is in no image', '它不在任何镜像里'));
    const changes = mountedInstead(machine, key.file.path, key.inside, key.inImage);
    if (isRefusal(changes)) return changes;
    const names = key.inImage.map((s) => s.name);
    return {
      changes, rebuild: names, replace: names,
      proofs: names.map((service) => ({ kind: 'not-in-image', service, path: key.inside })),
      along: [{ label: text('older images', '旧镜像'), text: text('hold the key still: make a new one where they have left this machine', '里面还有这把密钥：如果它们离开过本机，请换一把新的') }],
    };
  },
};
