import type { EditFile } from '../model/change.ts';
import type { Machine, SourceFile } from '../model/machine.ts';
import { refuse, type Refusal } from '../model/risk.ts';
import type { Service } from '../model/service.ts';
import { text } from '../model/text.ts';
import { editOf } from './edit.ts';
import { copiedFrom, shipped } from './service-files.ts';

const HAS = /\b(?:python3-cryptography|py3-cryptography|cryptography|pyOpenSSL)\b|\bcelery\[[\w,\s]*\bauth\b/i;

/** Lists of packages that the image installs, by the names that RUN lines give them. */
function lists(machine: Machine, service: Service): readonly SourceFile[] {
  const image = shipped(machine, service);
  if (!image) return [];
  const named = [...image.df.text.matchAll(/(?:-r|--requirement)[ =]?\s*([\w./-]+\.txt)/g)].flatMap((m) => copiedFrom(machine, service, image, m[1] ?? '') ?? []);
  const projects = [...machine.files.values()].filter((f) => f.path === `${service.build?.context ? `${service.build.context}/` : ''}pyproject.toml`);
  return [...new Set([...named, ...projects])];
}

/** Celery signs with `cryptography`, which nobody has who did not ask for it: an edit that brings it, or nothing where it is there. */
export function withCryptography(machine: Machine, service: Service): EditFile | Refusal | undefined {
  const image = shipped(machine, service);
  if (!image) return refuse(text(`${service.name}: no Dockerfile here says how its packages get in`, `${service.name}：这里没有 Dockerfile，看不出依赖是怎么装的`));
  const all = lists(machine, service);
  if ([image.file, ...all].some((f) => HAS.test(f.text.replace(/^\s*#.*$/gm, '')))) return undefined;
  const own = /(?<=[\s'"])celery(?:\[([\w,\s-]*)\])?(?=\s*[=<>~!;\s\\'"]|$)/;
  for (const file of all.filter((f) => f.path.endsWith('.txt'))) {
    const found = /^celery(?:\[([\w,\s-]*)\])?(?=\s*(?:[=<>~!;#\s]|$))/im.exec(file.text);
    if (found) return editOf(file, [{ start: found.index, end: found.index + found[0].length, text: `celery[${found[1] ? `auth,${found[1]}` : 'auth'}]` }]);
  }
  for (const run of image.stage.instructions.filter((i) => i.keyword === 'RUN')) {
    const words = image.file.text.slice(run.span.start, run.span.end);
    const found = own.exec(words);
    if (!found) continue;
    const at = run.span.start + found.index;
    const end = at + found[0].length;
    if (/\bapt(?:-get)?\s+install\b/.test(words)) return editOf(image.file, [{ start: end, end, text: ' python3-cryptography' }]);
    if (/\bpip3?\s+install\b/.test(words)) return editOf(image.file, [{ start: at, end, text: `celery[${found[1] ? `auth,${found[1]}` : 'auth'}]` }]);
  }
  return refuse(text(`${service.name}: Celery signs with the package cryptography, and how to add it there can't be told`, `${service.name}：Celery 要用 cryptography 这个包来签名，但看不出该怎么加进去`));
}
