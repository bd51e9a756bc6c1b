import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { describe, it } from 'node:test';

const ROOT = join(import.meta.dirname, '..');
const SOURCE = join(ROOT, 'source');

function filesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true }).filter((e) => e.isFile() && /\.tsx?$/.test(e.name)).map((e) => relative(SOURCE, join(e.parentPath, e.name)));
}

interface Import {
  readonly file: string;
  /** Path relative to source/, or the package's name. */
  readonly to: string;
  readonly typeOnly: boolean;
}

function importsOf(file: string): Import[] {
  const text = readFileSync(join(SOURCE, file), 'utf8');
  const found = [...text.matchAll(/^\s*(?:import|export)\s+(type\s+)?(?:[^'";]*?\sfrom\s+)?['"]([^'"]+)['"]/gm), ...text.matchAll(/import\((\s*)['"]([^'"]+)['"]\)/g)];
  return found.map((m) => {
    const to = m[2] ?? '';
    return { file, to: to.startsWith('.') ? normalize(join(dirname(file), to)) : to, typeOnly: (m[1] ?? '').startsWith('type') };
  });
}

const FILES = filesIn(SOURCE).filter((f) => !f.startsWith('risks/_template'));
const IMPORTS = FILES.flatMap(importsOf);
const under = (folder: string) => (i: Import): boolean => i.file.startsWith(`${folder}/`);
const said = (list: readonly Import[]): string[] => list.map((i) => `${i.file} imports ${i.to}`);

describe('the shape of the house', () => {
  it('keeps effects in system/real', () => {
    const effects = /^(?:node:)?(?:fs|fs\/promises|child_process|net|http|https)$|^dockerode$|^execa$/;
    // `import type` brings no effect along.
    assert.deepEqual(said(IMPORTS.filter((i) => effects.test(i.to) && !i.typeOnly && !i.file.startsWith('system/real/'))), []);
  });
  it('lets risks import only the model, settings and their own', () => {
    const allowed = (i: Import): boolean => i.to === 'node:path' || /^(?:model|settings)\//.test(i.to) || i.to.startsWith(`${i.file.split('/').slice(0, 2).join('/')}/`);
    const inRisk = (i: Import): boolean => /^risks\/[^/]+\//.test(i.file);
    assert.deepEqual(said(IMPORTS.filter((i) => inRisk(i) && !allowed(i))), []);
  });
  it('lets only settings know the formats', () => {
    // span.ts is the arithmetic of edits, not a format; inspect/history compares Dockerfiles with what a builder recorded.
    const formats = IMPORTS.filter((i) => i.to.startsWith('files/') && i.to !== 'files/span.ts' && i.to !== 'files/shellwords.ts');
    assert.deepEqual(said(formats.filter((i) => !/^(?:settings|files)\//.test(i.file) && i.file !== 'inspect/history.ts')), []);
  });
  it('has no format that knows another axis', () => {
    assert.deepEqual(said(IMPORTS.filter(under('files')).filter((i) => /^(?:model|settings|risks|changes|engine|system|inspect|tui|report)\//.test(i.to))), []);
  });
  it('keeps the model free of everything else', () => {
    assert.deepEqual(said(IMPORTS.filter(under('model')).filter((i) => !i.to.startsWith('model/') && i.to !== 'node:crypto')), []);
  });
  it('has nothing that imports the screens but the command line', () => {
    assert.deepEqual(said(IMPORTS.filter((i) => i.to.startsWith('tui/') && !/^(?:tui|cli)[/.]/.test(i.file))), []);
  });
  it('lets the screens and reports see only the engine, the model and words', () => {
    const edges = IMPORTS.filter((i) => (under('tui')(i) || under('report')(i)) && /^(?:system|changes|inspect|settings|files)\//.test(i.to) && !/^files\/(?:span|shellwords).ts$/.test(i.to));
    assert.deepEqual(said(edges), []);
  });
  it('has small rooms: no file above 300 lines, half of them below 100', () => {
    const sizes = FILES.map((f) => ({ f, n: readFileSync(join(SOURCE, f), 'utf8').split('\n').length })).sort((a, b) => a.n - b.n);
    assert.deepEqual(sizes.filter((s) => s.n > 300).map((s) => `${s.f}: ${s.n}`), []);
    assert.ok((sizes[Math.floor(sizes.length / 2)]?.n ?? 0) < 100);
  });
  it('knows no dry-run branch: a preview is apply on another system', () => {
    assert.deepEqual(FILES.filter((f) => /if \(.*dry_?run/i.test(readFileSync(join(SOURCE, f), 'utf8')) && !/^(tui|cli)/.test(f)), []);
  });
});
