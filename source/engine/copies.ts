import { isFileChange } from './edits.ts';
import type { EditFile, SpanEdit } from '../model/change.ts';
import type { Finding } from '../model/finding.ts';
import type { Machine, SourceFile } from '../model/machine.ts';
import { isRefusal, refuse, type Fix, type Proposal, type Refusal } from '../model/risk.ts';
import { text } from '../model/text.ts';
import { farChange } from '../settings/far.ts';

interface Copy {
  readonly installed: SourceFile;
  readonly source: SourceFile;
}

/** Files of this machine that lie in the project too: what is installed decides, and the project is where it comes from. */
export const copiesOf = (machine: Machine): readonly Copy[] => {
  const pairs = machine.services.flatMap(({ host }) => {
    const installed = host?.file === undefined ? undefined : machine.files.get(host.file);
    const source = host?.copy === undefined ? undefined : machine.files.get(host.copy);
    return installed && source ? [{ installed, source }] : [];
  });
  return [...new Map(pairs.map((p) => [p.installed.path, p])).values()];
};

/** From the line that an offset stands on, some lines further up. */
function lineStart(whole: string, at: number, up: number): number {
  let start = whole.lastIndexOf('\n', at - 1) + 1;
  for (let i = 0; i < up && start > 0; i++) start = whole.lastIndexOf('\n', start - 2) + 1;
  return start;
}

const HIGHEST = 8;

/** The same edit in the other text, where the lines around it stand there once, just as they stand here. */
function moved(from: string, to: string, edit: SpanEdit): SpanEdit | undefined {
  for (let up = 0; up <= HIGHEST; up++) {
    const start = lineStart(from, edit.start, up);
    const next = from.indexOf('\n', edit.end);
    const lines = from.slice(start, next < 0 ? from.length : next);
    const there = to.indexOf(lines);
    if (lines === '' || there < 0 || to.includes(lines, there + 1) || from.includes(lines, from.indexOf(lines) + 1)) continue;
    return { ...edit, start: there + edit.start - start, end: there + edit.end - start };
  }
  return undefined;
}

function mirrored({ installed, source }: Copy, edit: EditFile): EditFile | undefined {
  const same = installed.text === source.text;
  const edits = edit.edits.map((e) => (same ? e : moved(installed.text, source.text, e)));
  return edits.includes(undefined) ? undefined : { kind: 'edit-file', path: source.path, hash: source.hash, edits: edits.filter((e) => e !== undefined) };
}

/** What a fix proposes here: an edit of an installed file is made in the project's own copy of it as well, or the next `install` takes it back. */
export function proposed(fix: Fix, finding: Finding, machine: Machine): Proposal | Refusal {
  const proposal = fix.propose(finding, machine);
  if (isRefusal(proposal)) return proposal;
  const far = farChange(machine, proposal.changes);
  if (far) return refuse(far);
  const copies = copiesOf(machine);
  const touched = copies.filter((c) => proposal.changes.some((change) => change.kind === 'edit-file' && change.path === c.installed.path) && !proposal.changes.some((change) => isFileChange(change) && change.path === c.source.path));
  if (touched.length === 0) return proposal;
  const made = touched.map((copy) => ({ copy, edits: proposal.changes.flatMap((change) => (change.kind === 'edit-file' && change.path === copy.installed.path ? [mirrored(copy, change)] : [])) }));
  return {
    ...proposal,
    changes: [...proposal.changes, ...made.flatMap(({ edits }) => (edits.includes(undefined) ? [] : edits.filter((e) => e !== undefined)))],
    along: [...(proposal.along ?? []), ...made.map(({ copy: { installed, source }, edits }) => ({
      label: source.path,
      text: edits.includes(undefined)
        ? text(`is where ${installed.path} comes from, and reads differently there: make the same change in it`, `${installed.path} 来自它，而两者内容不同：请在里面做同样的修改`)
        : text(`is where ${installed.path} comes from: changed along, or the next install would take it back`, `${installed.path} 来自它：一起修改，否则下次安装会改回去`),
    }))],
  };
}
