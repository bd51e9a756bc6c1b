import { quote } from '../files/shellwords.ts';
import type { Held, HeldProof, Trace, Verified } from '../model/held.ts';
import { text, type Lang, type Text } from '../model/text.ts';
import { discreet, hiddenIn } from './discreet.ts';
import { jsonText } from './json.ts';
import { oneLine } from './plain.ts';
import type { Looks } from './pretty-finding.ts';
import { askedRows } from './proven-rows.ts';
import { HELD, stamp } from './terms.ts';
import { ending, labelled, pad, width, wrap } from './wrap.ts';

const ROLES = { holds: 'good', drifted: 'bad', 'cannot-tell': 'unsure' } as const;

const moment = ({ is, at }: NonNullable<Trace['when']>): Text =>
  is === 'written' ? text(`last written ${stamp(at)}`, `最后写入于 ${stamp(at)}`) : text(`started ${stamp(at)}`, `启动于 ${stamp(at)}`);

/** After the moment it last held; a process that has shown it from its start on says by when. */
function since({ latest }: HeldProof, { provenAt }: Verified): Text {
  const after = text(`after ${stamp(provenAt)}`, `在 ${stamp(provenAt)} 之后`);
  if (!latest) return after;
  const name = oneLine(latest.container);
  // Within one minute there is nothing between the two.
  if (stamp(latest.at) === stamp(provenAt)) return text(`${stamp(latest.at)}, when ${name} was started`, `${stamp(latest.at)}（${name} 启动时）`);
  return text(`${after.en}, and by ${stamp(latest.at)}, when ${name} was started`, `${after['zh-CN']}，不晚于 ${stamp(latest.at)}（${name} 启动时）`);
}

const COUNTS: Readonly<Record<Held, (n: number) => Text>> = {
  holds: (n) => text(`${n} still gone`, `${n} 个修复有效`),
  drifted: (n) => text(`${n} drifted`, `${n} 个失效`),
  'cannot-tell': (n) => text(`of ${n} we cannot tell`, `${n} 个无法判断`),
};

function head(verified: Verified, lang: Lang): string {
  const { run, name, provenAt, proofs, traces, filesOnly } = verified;
  const project = oneLine(name);
  if (filesOnly) {
    const [en, zh] = traces.some((t) => t.held !== 'holds') ? ['not all of it stands as it was written', '并非全部保持写入时的样子'] : ['all of it stands as it was written', '全部保持写入时的样子'];
    return text(`harden-tui: ${project}, run ${run} of ${stamp(provenAt)}: files alone, ${en}; whether it holds where it runs was never proven.`, `harden-tui：${project}，${stamp(provenAt)} 的第 ${run} 次运行：只写了文件，${zh}；运行时是否有效，从未验证过。`)[lang];
  }
  const kinds = (['holds', 'drifted', 'cannot-tell'] as const).filter((held) => held === 'holds' || proofs.some((p) => p.held === held));
  const counts = kinds.map((held) => COUNTS[held](proofs.filter((p) => p.held === held).length)[lang]).join(lang === 'en' ? ', ' : '，');
  return text(`harden-tui: ${project}, run ${run}, proven ${stamp(provenAt)}: ${counts}.`, `harden-tui：${project}，第 ${run} 次运行，验证于 ${stamp(provenAt)}：${counts}。`)[lang];
}

function changes(traces: readonly Trace[], { lang, paint, columns }: Looks, first: number): readonly string[] {
  if (traces.length === 0) return [];
  const rows = traces.flatMap((t) => {
    const words = discreet(oneLine(t.what[lang])) + (t.when ? (lang === 'en' ? ` (${moment(t.when).en})` : `（${moment(t.when)['zh-CN']}）`) : '');
    // What does no harm by itself needs no verdict.
    return labelled(`  ${t.held === 'holds' ? pad('', first - 2) : paint(ROLES[t.held], pad(HELD[t.held][lang], first - 2))}`, words, first, columns);
  });
  return ['', text('Changed since', '此后的变化')[lang], ...rows];
}

/** An old run proven again: each proof as it stands now, what changed since and when, and what to do about it. */
export function verifiedText(verified: Verified, looks: Looks): string {
  const { lang, paint, columns, suggest = (sentence) => sentence } = looks;
  const { proofs, traces, root, run, exitCode, undone = [] } = verified;
  const first = Math.max(...Object.values(HELD).map((h) => width(h[lang]))) + 4;
  const lines = askedRows(proofs.map((p) => ({
    word: paint(ROLES[p.held], HELD[p.held][lang]), title: oneLine(p.title[lang]), proof: oneLine(discreet(p.proof[lang])),
    ...(p.held === 'drifted' ? { more: [[text('since', '时间')[lang], since(p, verified)[lang]]] } : {}),
  } as const)), first, Math.max(columns, 60));
  const drifted = [...proofs, ...traces].some((p) => p.held === 'drifted');
  return hiddenIn(`${[
    ...lines, ...changes(traces, looks, first), ...(lines.length + traces.length > 0 ? [''] : []),
    ...wrap(head(verified, lang), columns),
    ...(undone.length > 0 ? wrap(text(`Taken back since, and not asked: ${undone.map((c) => `${c.risk} (${c.fix})`).join(', ')}.`, `之后已撤销，因此不再询问：${undone.map((c) => `${c.risk}（${c.fix}）`).join('、')}。`)[lang], columns) : []),
    ...(drifted ? ending(suggest(text(`What to do about it now: harden-tui fix ${quote([root])}`, `现在该怎么修：harden-tui fix ${quote([root])}`)[lang]), columns) : []),
    ...(exitCode === 0 ? [] : [
      ...ending(suggest(text('What the run was: harden-tui history', '这次运行的内容：harden-tui history')[lang]), columns),
      ...ending(suggest(text(`To take it back: harden-tui undo ${run}`, `撤销它：harden-tui undo ${run}`)[lang]), columns),
    ]),
  ].join('\n')}\n`, lang);
}

/** For scripts (schema/verify.schema.json). */
export function verifiedJson({ run, name, provenAt, proofs, traces, filesOnly, exitCode, undone }: Verified, lang: Lang): string {
  return jsonText({
    version: 1, run, name, provenAt, exitCode, filesOnly, ...(undone ? { undone } : {}),
    proofs: proofs.map(({ finding, risk, title, held, proof, latest }) => ({ finding, risk, title: title[lang], held, proof: discreet(proof[lang]), ...(held === 'drifted' ? { after: provenAt } : {}), ...(latest ? { latest } : {}) })),
    changes: traces.map(({ held, what, step, file, when }) => ({ held, what: discreet(what[lang]), ...(step === undefined ? {} : { step }), ...(file === undefined ? {} : { file }), ...(when ? { when } : {}) })),
  });
}
