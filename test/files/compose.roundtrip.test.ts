import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parse } from 'yaml';
import { addListItem, parseCompose, removeEnvironment, removeServiceKey, setPath, setServiceKey } from '../../source/files/compose.ts';
import { applyEdits, isRefused, type Edits } from '../../source/files/span.ts';

/**
 * Files in any style that people write: the data before the edit, changed by hand, must be the data after
 * the edit, and the text must differ in nothing but what the edit says.
 */
interface Look {
  readonly step: number;
  readonly deepLists: boolean;
  readonly flowBelow: number;
  readonly comments: boolean;
  readonly newline: string;
  readonly finalNewline: boolean;
  readonly bom: boolean;
  readonly quote: '' | "'" | '"';
}

type Data = string | readonly Data[] | { readonly [key: string]: Data };

const look = fc.record<Look>({
  step: fc.constantFrom(2, 4),
  deepLists: fc.boolean(),
  flowBelow: fc.constantFrom(1, 2, 3, 9),
  comments: fc.boolean(),
  newline: fc.constantFrom('\n', '\r\n'),
  finalNewline: fc.boolean(),
  bom: fc.boolean(),
  quote: fc.constantFrom('', "'", '"'),
});

const word = fc.constantFrom('a', 'root', '/srv/app', 'x-y', '8080:80', 'C_FORCE_ROOT=1', '10001');
const list = fc.uniqueArray(word, { minLength: 1, maxLength: 3 });
const service = fc
  .record(
    {
      image: word,
      user: word,
      command: word,
      cap_add: list,
      ports: list,
      environment: fc.oneof(
        fc.dictionary(fc.constantFrom('A', 'B', 'C_FORCE_ROOT'), word, { minKeys: 1 }),
        fc.uniqueArray(fc.constantFrom('A=1', 'B', 'C_FORCE_ROOT=1'), { minLength: 1 }),
      ),
      deploy: fc.constant({ resources: { limits: { memory: '64m' } } }),
    },
    { requiredKeys: ['image'] },
  )
  .map((s) => s as Data);
const compose = fc
  .dictionary(fc.constantFrom('web', 'db', 'job'), service, { minKeys: 1, maxKeys: 3 })
  .map((services) => ({ services, volumes: { data: { driver: 'local' } } }));

function print(data: Data, how: Look): string {
  const scalar = (text: string) => (how.quote === '' ? (text === '10001' ? '"10001"' : text) : how.quote + text + how.quote);
  const flow = (value: Data): string => {
    if (typeof value === 'string') return scalar(value);
    if (Array.isArray(value)) return `[${value.map(flow).join(', ')}]`;
    return `{${Object.entries(value)
      .map(([k, v]) => `${k}: ${flow(v)}`)
      .join(', ')}}`;
  };
  const lines: string[] = [];
  const note = () => (how.comments ? ' # note' : '');
  const block = (value: Exclude<Data, string>, indent: string, level: number) => {
    for (const [key, item] of Array.isArray(value) ? value.map((v) => ['-', v] as const) : Object.entries(value)) {
      if (how.comments && lines.length % 3 === 0) lines.push(`${indent}# about ${key}`);
      const head = key === '-' ? `${indent}-` : `${indent}${key}:`;
      if (typeof item === 'string' || level + 1 >= how.flowBelow) lines.push(`${head} ${flow(item as Data)}${note()}`);
      else {
        lines.push(head + note());
        block(item, Array.isArray(item) && !how.deepLists ? indent : indent + ' '.repeat(how.step), level + 1);
      }
    }
  };
  block(data as Exclude<Data, string>, '', 0);
  return (how.bom ? '\uFEFF' : '') + lines.join(how.newline) + (how.finalNewline ? how.newline : '');
}

const toData = (text: string) => parse(text.replace(/^\uFEFF/, '')) as { services: Record<string, Record<string, unknown>> };

/** Applies the edit, makes the same change to the data, and compares. Returns false where it was refused. */
function holds(text: string, edits: Edits, change: (data: ReturnType<typeof toData>) => void): boolean {
  if (isRefused(edits)) return false;
  const after = applyEdits(text, edits);
  const wanted = toData(text);
  change(wanted);
  assert.deepEqual(toData(after), wanted, `${text}\n--- became ---\n${after}`);
  assert.equal(/[^\r]\n/.test(after), /[^\r]\n/.test(text) || !text.includes('\r\n'), 'line endings');
  assert.equal(after.endsWith('\n'), text.endsWith('\n'), after);
  const comments = (t: string) => t.match(/#[^\r\n]*/g)?.length ?? 0;
  assert.ok(comments(after) <= comments(text));
  return true;
}

test('setting a key changes that key and nothing else, in every style', () => {
  fc.assert(
    fc.property(
      compose,
      look,
      fc.constantFrom(['user', '"1:1"'], ['cap_add', '- ALL'], ['read_only', 'true'], ['security_opt', '- a\n- b'], ['logging', 'driver: local']),
      (data, how, [key, value]) => {
        const text = print(data, how);
        const [name] = Object.keys(data.services);
        const file = parseCompose(text);
        assert.deepEqual(file.faults, [], text);
        assert.ok(holds(text, setServiceKey(file, name!, key!, value!), (d) => void (d.services[name!]![key!] = parse(value!))));
      },
    ),
    { numRuns: 500 },
  );
});

test('setting a deep path makes what is missing on the way', () => {
  fc.assert(
    fc.property(compose, look, (data, how) => {
      const text = print(data, how);
      const [name] = Object.keys(data.services);
      const edits = setPath(parseCompose(text), ['services', name!, 'deploy', 'resources', 'limits', 'pids'], '100');
      assert.ok(
        holds(text, edits, (d) => {
          const limits = ((d.services[name!]!.deploy ?? {}) as { resources?: { limits: object } }).resources?.limits ?? {};
          d.services[name!]!.deploy = { resources: { limits: { ...limits, pids: 100 } } };
        }),
      );
    }),
    { numRuns: 300 },
  );
});

test('removing takes what was named and nothing else', () => {
  fc.assert(
    fc.property(compose, look, fc.constantFrom('image', 'user', 'cap_add', 'environment', 'deploy'), (data, how, key) => {
      const text = print(data, how);
      const [name] = Object.keys(data.services);
      holds(text, removeServiceKey(parseCompose(text), name!, key), (d) => void delete d.services[name!]![key]);
      holds(text, removeEnvironment(parseCompose(text), name!, 'C_FORCE_ROOT'), (d) => {
        const { environment } = d.services[name!]!;
        if (Array.isArray(environment)) d.services[name!]!.environment = environment.filter((e) => !String(e).startsWith('C_FORCE_ROOT'));
        else delete (environment as Record<string, unknown>).C_FORCE_ROOT;
        if (Object.keys(d.services[name!]!.environment as object).length === 0) delete d.services[name!]!.environment;
      });
    }),
    { numRuns: 500 },
  );
});

test('adding an item to a list adds that item and nothing else', () => {
  fc.assert(
    fc.property(compose, look, (data, how) => {
      const text = print(data, how);
      const [name] = Object.keys(data.services);
      const edits = addListItem(parseCompose(text), ['services', name!, 'cap_add'], 'NEW');
      assert.ok(holds(text, edits, (d) => void (d.services[name!]!.cap_add = [...((d.services[name!]!.cap_add as string[]) ?? []), 'NEW'])));
    }),
    { numRuns: 300 },
  );
});
