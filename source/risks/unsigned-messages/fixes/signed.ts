import type { Fix } from '../../../model/risk.ts';
import { signedProposal } from '../../../settings/signed-proposal.ts';

/** The same way out as pickle-serializer's: only what is signed with a key of the project's own is read. */
export const signed: Fix = { id: 'signed', safety: 'review', proven: true, propose: (finding, machine) => signedProposal(machine, String(finding.detail['file'])) };
