import type { Result } from '../engine/session.ts';
import type { Triaged } from '../engine/triage.ts';
import type { Change } from '../model/change.ts';
import type { Plan, Step } from '../model/plan.ts';
import type { Rehearsal } from '../model/rehearsal.ts';
import type { Lang, Text } from '../model/text.ts';
import { discreet } from './discreet.ts';
import { triagedJson } from './doctor-text.ts';
import { jsonText } from './json.ts';
import { rehearsalJson } from './rehearsal-text.ts';
import type { Shown } from './withhold.ts';

/** What a change is about. The edits themselves are in the diffs, where a secret is withheld. */
function about(change: Change): Readonly<Record<string, unknown>> {
  switch (change.kind) {
    case 'edit-file': return { file: change.path, hash: change.hash };
    case 'create-file': return { file: change.path, mode: change.mode.toString(8) };
    case 'build-image': return { service: change.service, image: change.image };
    case 'own-mount': return { service: change.service, mount: change.mount, uid: change.uid, gid: change.gid, ...(change.also === undefined ? {} : { also: change.also }) };
    case 'set-folder': return { service: change.service, mount: change.mount, uid: change.uid, gid: change.gid, mode: change.mode.toString(8) };
    case 'make-keys': return { service: change.service, volume: change.volume, days: change.days };
    case 'fill-volume': return { service: change.service, volume: change.volume, path: change.path };
    case 'stop-services':
    case 'start-services': return { services: change.services.map((s) => s.service), ...(change.again ? { again: change.again.map(({ service, of, when }) => ({ service, of, when })) } : {}) };
    case 'restart-host': return { services: change.services, by: change.by, name: change.name, how: change.how };
    case 'set-path':
    case 'make-folder': return { file: change.path, uid: change.uid, gid: change.gid, ...(change.mode === undefined ? {} : { mode: change.mode.toString(8) }) };
    case 'make-account': return { name: change.name };
    case 'by-hand': return { services: change.services, commands: change.commands.map((argv) => argv.map(discreet)), ...(change.files ? { files: change.files.map((f) => f.path) } : {}) };
  }
}

export interface PlanPage {
  readonly plan: Plan;
  readonly tell: (step: Step) => Text;
  readonly diffs: readonly Shown[];
  readonly commands: readonly (readonly string[])[];
  /** Findings that only words can help. */
  readonly byHand: readonly { readonly finding: string; readonly risk: string; readonly fixes: readonly string[] }[];
  /** What copies showed of it, where that was asked for. */
  readonly rehearsal?: Rehearsal;
}

/** The plan of `fix --format json` (schema/plan.schema.json). */
export function planJson({ plan, tell, diffs, commands, byHand, rehearsal }: PlanPage, lang: Lang): string {
  return jsonText({
    version: 1,
    name: plan.name,
    ...(plan.daemon === undefined ? {} : { daemon: plan.daemon }),
    choices: plan.choices,
    steps: plan.steps.map((step) => ({ number: step.number, kind: step.change.kind, title: tell(step)[lang], because: step.because, ...about(step.change) })),
    ...(plan.dropped ? { dropped: plan.dropped.map((step) => ({ number: step.number, kind: step.change.kind, title: tell(step)[lang], because: step.because, ...about(step.change) })) } : {}),
    joins: plan.joins.map((j) => ({ steps: j.steps, because: j.because[lang] })),
    refused: plan.refused.map(({ choice, reason }) => ({ ...choice, reason: reason[lang] })),
    foreseen: { ...plan.foreseen, fresh: plan.foreseen.fresh.map((f) => f.title[lang]) },
    ...(rehearsal ? { rehearsal: rehearsalJson(rehearsal, lang) } : {}),
    byHand,
    commands: commands.map((argv) => argv.map(discreet)),
    diffs: diffs.map(({ path, patch, withheld, outside }) => ({ file: path, patch, withheld, ...(outside ? { outside } : {}) })),
  });
}

/** How it ended, for `fix --yes --format json` (schema/result.schema.json). */
export function resultJson(result: Result, lang: Lang, doctor?: Triaged): string {
  const { run, ending, exitCode, verdicts, vitals, failure, away, remarks } = result;
  return jsonText({
    version: 1, run, ending, exitCode,
    verdicts: verdicts.map((v) => ({ finding: v.finding, risk: v.risk, title: v.title[lang], outcome: v.outcome, proof: discreet(v.proof[lang]) })),
    vitals: vitals.map(({ inside: _, ...fact }) => fact),
    ...(failure ? { failure: { what: failure.what[lang], log: failure.log.map(discreet), ...(failure.step === undefined ? {} : { step: failure.step }) } } : {}),
    away,
    remarks: remarks.map((r) => r[lang]),
    ...(doctor ? { doctor: triagedJson(doctor, lang) } : {}),
  });
}
