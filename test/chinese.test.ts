import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import ts from 'typescript';

const ROOT = join(import.meta.dirname, '..');
const HAN = '[\\u4e00-\\u9fff]';
/** What is only known when it runs: a name, a number, or more words. */
const HOLE = '\u25a1';

const RULES: readonly (readonly [what: string, form: RegExp])[] = [
  ['half-width punctuation beside Han', new RegExp(`${HAN}[,;:?!](?!\\w)|${HAN}\\.(?:\\s|$)|[,;] ?${HAN}`)],
  ['half-width brackets around or beside Han', new RegExp(`${HAN} ?\\(|\\([^()]*${HAN}|\\) ?${HAN}`)],
  ['half-width quotes in Chinese', new RegExp(`"[^"]*${HAN}|${HAN} ?"|" ?${HAN}`)],
  ['no space between Han and Latin', new RegExp(`${HAN}[A-Za-z0-9\`]|[A-Za-z0-9\`]${HAN}`)],
  ['a space between two Han', new RegExp(`${HAN} ${HAN}`)],
  // Two blanks set a column apart, a new line is a row of its own.
  ['a space beside full-width punctuation', /\S [，。；：、？！）”]|[，。；、？！（“] [^ \n]|\S： [^ \n]/],
];

/** A step begins with its deed, which lists set in a column of its own. */
const DEED = /^移交 /;

const faultsOf = (said: string): readonly string[] => RULES.flatMap(([what, form]) => (form.test(said.replace(DEED, '')) ? [what] : []));
const isChinese = (said: string): boolean => new RegExp(HAN).test(said);

function sources(folder: string, ends: RegExp): readonly string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((name) => `${folder}/${name}`).filter((name) => ends.test(name) && !name.includes('node_modules')).sort();
}

type Said = readonly [at: string, said: string];

/** Every string of a source file that has Chinese in it; what is put in is a hole. */
function strings(path: string): readonly Said[] {
  const code = readFileSync(join(ROOT, path), 'utf8');
  if (!isChinese(code)) return [];
  const file = ts.createSourceFile(path, code, ts.ScriptTarget.Latest, true);
  const found: Said[] = [];
  const visit = (node: ts.Node): void => {
    const said = ts.isStringLiteralLike(node) ? node.text : ts.isTemplateExpression(node) ? node.head.text + node.templateSpans.map((span) => HOLE + span.literal.text).join('') : '';
    if (isChinese(said)) found.push([`${path}:${file.getLineAndCharacterOfPosition(node.getStart()).line + 1}`, said]);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

/** A page as it is read: no code, no addresses. */
function prose(path: string): readonly Said[] {
  let fenced = false;
  return readFileSync(join(ROOT, path), 'utf8').split('\n').flatMap((row, i) => {
    if (row.startsWith('```')) fenced = !fenced;
    const said = row.replace(/`[^`]*`/g, '`c`').replace(/\]\([^)]*\)/g, ']').replace(/https?:\/\/\S+/g, 'u').replace(/\*+/g, '');
    return fenced || !isChinese(said) ? [] : [[`${path}:${i + 1}`, said] as const];
  });
}

const told = (all: readonly Said[]): readonly string[] => all.flatMap(([at, said]) => faultsOf(said).map((what) => `${at}: ${what}: ${said}`));

describe('Chinese', () => {
  const program = ['source', 'scripts'].flatMap((folder) => sources(folder, /\.tsx?$/)).flatMap(strings);
  const pages = ['README.zh-CN.md', ...['source', 'docs', 'scenarios'].flatMap((folder) => sources(folder, /\.zh-CN\.md$/))];
  const written = pages.flatMap(prose);

  it('has full-width punctuation, and a space between Han and Latin, in every string of the program', () => {
    assert.ok(program.length > 1000);
    assert.deepEqual(told(program), []);
  });
  it('has them on every page, too', () => {
    assert.ok(pages.length > 40);
    assert.deepEqual(told(written), []);
  });
  it('has one word for one thing', () => {
    const words: Readonly<Record<string, string>> = { 所有者: '属主', 账户: '账号', 消息中间件: '消息队列', 本屏: '本页', 历次运行: '运行记录', 取证: '验证', 特权能力: 'capability' };
    assert.deepEqual([...program, ...written].flatMap(([at, said]) => Object.entries(words).flatMap(([no, yes]) => (said.includes(no) ? [`${at}: ${yes}, not ${no}: ${said}`] : []))), []);
  });
  it('is found wanting where it is', () => {
    for (const wrong of ['没试过: 应用', '卷 x (1 个文件) 也用', '重新启动board', '没有名为 "x" 的', '交给 文件夹', '看到 ，再说', '已选. 推荐', '自己说：x, 好']) assert.notDeepEqual(faultsOf(wrong), [], wrong);
    for (const right of ['没试过：应用', '卷 x（1 个文件）也用', '已选；推荐', '用 `x` 就行', '443 上的 GET /', 'docker: 本机']) assert.deepEqual(faultsOf(right), [], right);
  });
});
