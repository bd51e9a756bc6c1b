import type { Fix } from '../../../model/risk.ts';
import { signedProposal } from '../../../settings/signed-proposal.ts';

/** Only what is signed with a key of the project's own is read; what is inside is JSON. */
export const signed: Fix = { id: 'signed', safety: 'review', proven: true, propose: (finding, machine) => signedProposal(machine, String(finding.detail['file'])) };
