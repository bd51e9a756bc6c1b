import type { SourceFile } from '../model/machine.ts';
import { dockerfileOf } from '../settings/parsed.ts';

/** Stages that only help on the way to what ships, or never leave the desk. */
const HELPS = /^(?:tests?|testing|lint|dev|devel|development|debug|debugger|build|builder|ci|check|docs?|tools?)(?:[-_.]|$)|[-_.](?:tests?|lint|dev|debug|build|builder)$/i;

/**
 * The targets that a Dockerfile ships: its last stage, and every other one with a name and a command that no stage after it
 * continues or copies from. (A well-known project ships ten from one file; exactly one, not the last, ends as root.)
 */
export function shippedTargets(file: SourceFile): readonly (string | undefined)[] {
  const { stages } = dockerfileOf(file, {});
  const sources = stages.flatMap((s) => s.instructions).flatMap((i) => i.flags).map((f) => (f.name === 'from' ? f.value : f.name === 'mount' ? /(?:^|,)from=([^,]+)/.exec(f.value ?? '')?.[1] : undefined));
  const used = new Set(sources.map((n) => n?.toLowerCase()));
  const others = stages.slice(0, -1).filter((s) => {
    const starts = s.instructions.some((i) => i.keyword === 'CMD' || i.keyword === 'ENTRYPOINT');
    return s.name !== undefined && starts && !HELPS.test(s.name) && !used.has(s.name.toLowerCase()) && !used.has(String(s.index)) && !stages.some((o) => o.parent === s.index);
  });
  return [...others.map((s) => s.name), undefined];
}
