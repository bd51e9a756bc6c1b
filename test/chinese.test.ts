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

/** One word for one thing. What is found, and counted, is a 问题; its kind in the catalogue is a 风险. */
const GLOSSARY: readonly (readonly [form: RegExp, instead: string])[] = [
  [/所有者/, '属主'], [/账户/, '账号'], [/消息中间件/, '消息队列'], [/本屏/, '本页'], [/历次运行/, '运行记录'], [/取证/, '验证'], [/特权能力/, 'capability'],
  [/文件夹/, '目录'],
  [/以 root (?!身份|less)[\u4e00-\u9fff]|以 root$/, '以 root 身份……'], [/用 root (?:启动|运行|执行|监听)/, '以 root 身份……'],
  [/(?<!那)这台机器|该机器/, '本机'], [/(?<!宿|别的)主机(?!名)/, '本机；从容器里看是宿主机'],
  [/(?:\d|\u25a1|几) ?个风险|项风险/, '问题：数的是找到的，风险是种类'], [/一种发现|(?:\d|\u25a1) 个发现/, '问题'],
  [/nginx (?:的 )?worker(?! process)|gunicorn (?:的 )?worker(?!s?[-_])|uWSGI (?:的 )?worker/, '工作进程；worker 是 Celery 的'], [/Celery (?:的)?工作进程/, 'worker'],
  [/[：（“ ]信息：|级别[^，。]{0,4}信息/, '提示，作为级别'],
  [/回滚|复原/, '还原；自己要求的是撤销'], [/(?<![-=_.\w])(?:一个|这个|那个|的|unix|UNIX|TCP 上的) ?socket(?![-\w.=\u25a1]| =| 应)/, '套接字'],
  [/Docker context|(?<![-\w])context(?=[\u4e00-\u9fff]| [\u4e00-\u9fff])/, '上下文'],
];
const strange = (said: string): readonly string[] => GLOSSARY.flatMap(([form, instead]) => (form.test(said) ? [instead] : []));

const faultsOf = (said: string): readonly string[] => RULES.flatMap(([what, form]) => (form.test(said.replace(DEED, '')) ? [what] : []));
const isChinese = (said: string): boolean => new RegExp(HAN).test(said);

function sources(folder: string, ends: RegExp): readonly string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((name) => `${folder}/${name}`).filter((name) => ends.test(name) && !name.includes('node_modules')).sort();
}

type Said = readonly [at: string, said: string];

const parsed = new Map<string, ts.SourceFile>();

/** A source file that has Chinese in it. */
function chinese(path: string): ts.SourceFile | undefined {
  const known = parsed.get(path);
  const code = known ? '' : readFileSync(join(ROOT, path), 'utf8');
  if (!known && !isChinese(code)) return undefined;
  const file = known ?? ts.createSourceFile(path, code, ts.ScriptTarget.Latest, true);
  parsed.set(path, file);
  return file;
}

/** Every string of a source file that has Chinese in it; what is put in is a hole. */
function strings(path: string): readonly Said[] {
  const file = chinese(path);
  if (!file) return [];
  const found: Said[] = [];
  const visit = (node: ts.Node): void => {
    const said = ts.isStringLiteralLike(node) ? node.text : ts.isTemplateExpression(node) ? node.head.text + node.templateSpans.map((span) => HOLE + span.literal.text).join('') : '';
    if (isChinese(said)) found.push([`${path}:${file.getLineAndCharacterOfPosition(node.getStart()).line + 1}`, said]);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

/** Words of ours between blanks that are there for a name: `谁能往 ${host || '消息队列'} 里`; `spaced()` sets them where they belong. */
function loose(path: string): readonly string[] {
  const file = chinese(path);
  if (!file) return [];
  const found: string[] = [];
  const wordsIn = (node: ts.Node): readonly string[] => {
    const own = ts.isStringLiteralLike(node) ? [node.text] : ts.isTemplateExpression(node) ? [`${node.head.text}${HOLE}${node.templateSpans.at(-1)?.literal.text ?? ''}`] : [];
    const inside: string[] = [];
    ts.forEachChild(node, (child) => void inside.push(...wordsIn(child)));
    return [...own, ...inside];
  };
  const visit = (node: ts.Node): void => {
    if (ts.isTemplateExpression(node)) {
      node.templateSpans.forEach((span, i) => {
        const before = i === 0 ? node.head.text : node.templateSpans[i - 1]!.literal.text;
        const words = wordsIn(span.expression);
        const open = new RegExp(`${HAN} $`).test(before) && words.some((word) => new RegExp(`^${HAN}`).test(word));
        const shut = new RegExp(`^ ${HAN}`).test(span.literal.text) && words.some((word) => new RegExp(`${HAN}$`).test(word));
        if (open || shut) found.push(`${path}:${file.getLineAndCharacterOfPosition(span.getStart()).line + 1}: ${span.expression.getText()}`);
      });
    }
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
  it('has them on every screen as it is drawn, and no line begins or ends with a mark that may not', () => {
    const screens = sources('test/tui/snapshots', /\.zh-CN\.txt$/);
    assert.ok(screens.length > 100);
    // Keys and columns stand apart by blanks, and lines of files have quotes of their own.
    const drawn = RULES.filter(([what]) => !/space between two|beside full-width|quotes/.test(what));
    const ends: typeof RULES = [['a line begins with a closing mark', /^ *[，。、；：？！）”]/], ['a line ends in an opening mark', /[（“《] *$/]];
    const faults = screens.flatMap((path) => readFileSync(join(ROOT, path), 'utf8').split('\n').flatMap((row) => [...drawn, ...ends].flatMap(([what, form]) => (form.test(row) ? [`${path}: ${what}: ${row}`] : []))));
    assert.deepEqual(faults, []);
  });
  it('has one word for one thing', () => assert.deepEqual([...program, ...written].flatMap(([at, said]) => strange(said).map((instead) => `${at}: ${instead}: ${said}`)), []));
  it('puts no blanks of its own around a word that stands in for a name', () => {
    assert.deepEqual(sources('source', /\.tsx?$/).flatMap(loose), []);
  });
  it('gives no way out its own id for a name', () => {
    const named = pages.filter((page) => page.includes('/risks/')).flatMap((page) => [...readFileSync(join(ROOT, page), 'utf8').matchAll(/^### ([a-z0-9-]+)(.)(.*)$/gm)].map(([heading, id, mark, name]) => [page, heading, id, mark, name] as const));
    assert.ok(named.length > 70);
    assert.deepEqual(named.filter(([, , id, mark, name]) => mark !== '：' || name!.trim() === id).map(([page, heading]) => `${page}: ${heading}`), []);
  });
  it('is found wanting where it is', () => {
    for (const wrong of ['以 root 运行', '本机的文件夹', '这台机器上', '在主机上', '5 个风险已消除', 'nginx 的 worker', 'Celery 的工作进程', '级别：信息', '已回滚', '连接这个 socket']) assert.notDeepEqual(strange(wrong), [], wrong);
    for (const right of ['以 root 身份运行', '主机名', '别的主机', '这个风险的说明', '2 个低风险', '敏感信息：见下', '`socket =`', '工作进程是 uid 33', '给每个 worker 各写一个']) assert.deepEqual(strange(right), [], right);
    for (const wrong of ['没试过: 应用', '卷 x (1 个文件) 也用', '重新启动board', '没有名为 "x" 的', '交给 文件夹', '看到 ，再说', '已选. 推荐', '自己说：x, 好']) assert.notDeepEqual(faultsOf(wrong), [], wrong);
    for (const right of ['没试过：应用', '卷 x（1 个文件）也用', '已选；推荐', '用 `x` 就行', '443 上的 GET /', 'docker: 本机']) assert.deepEqual(faultsOf(right), [], right);
  });
});
