import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  addDirective,
  insertAfter,
  insertBefore,
  named,
  parseNginx,
  removeDirective,
  replaceArgs,
  walkDirectives,
} from '../../source/files/nginx.ts';
import { applyEdits } from '../../source/files/span.ts';
import { processorMs } from './processor.ts';

const SITE = `user www-data; # who
http {
    include /etc/nginx/mime.types;
    server {
        listen 443 ssl;
        server_name "a b" x;   # names
        location ~ "^/(a|b){2}/" { proxy_pass http://$host\${uri}; }
        add_header X 'it\\'s;{}';
    }
}
`;

test('directives are a tree, and each word has its place', () => {
  const file = parseNginx(SITE);
  assert.deepEqual(file.faults, []);
  assert.deepEqual(
    file.directives.map((d) => d.name),
    ['user', 'http'],
  );
  const all = [...walkDirectives(file)].map(({ directive, within }) => [...within.map((w) => w.name), directive.name].join('/'));
  assert.deepEqual(all, [
    'user',
    'http',
    'http/include',
    'http/server',
    'http/server/listen',
    'http/server/server_name',
    'http/server/location',
    'http/server/location/proxy_pass',
    'http/server/add_header',
  ]);
  const server = file.directives[1]!.block!.directives[1]!;
  const [listen, name] = server.block!.directives;
  assert.deepEqual(
    listen!.args.map((a) => a.value),
    ['443', 'ssl'],
  );
  assert.deepEqual(
    name!.args.map((a) => SITE.slice(a.start, a.end)),
    ['"a b"', 'x'],
  );
  assert.equal(name!.args[0]!.value, 'a b');
  assert.equal(SITE.slice(name!.span.start, name!.span.end), 'server_name "a b" x;');
  const [header] = named(server.block!.directives, 'add_header');
  assert.equal(header!.args[1]!.value, "it's;{}");
});

test('a variable in braces opens no block', () => {
  const [pass] = parseNginx('proxy_pass http://$host${uri}/x;').directives;
  assert.equal(pass!.args[0]!.value, 'http://$host${uri}/x');
});

test('braces and semicolons of Lua are not those of nginx', () => {
  const text = `location /x {\n  content_by_lua_block {\n    local a = { "}" } -- }\n    local b = [[ } ]] if a then b = '}' end;\n  }\n  return 200;\n}\n`;
  const file = parseNginx(text);
  assert.deepEqual(file.faults, []);
  assert.deepEqual(
    file.directives[0]!.block!.directives.map((d) => d.name),
    ['content_by_lua_block', 'return'],
  );
});

test('what is left open is a fault with its line', () => {
  const faults = (text: string) => parseNginx(text).faults.map((f) => [f.line, f.message]);
  assert.deepEqual(faults('a {\n  b 1\n}\n'), [[2, 'The ; is missing']]);
  assert.deepEqual(faults('a {\n'), [[1, 'The block is never closed']]);
  assert.deepEqual(faults('}\n'), [[1, 'A } without its {']]);
  assert.deepEqual(faults('a "b;\n')[0], [1, 'The quote " is never closed']);
});

test('edits keep every other byte', () => {
  const file = parseNginx(SITE);
  const [user, http] = file.directives;
  const server = http!.block!.directives[1]!;
  const listen = server.block!.directives[0]!;
  assert.equal(applyEdits(SITE, [replaceArgs(user!, 'app')]), SITE.replace('user www-data;', 'user app;'));
  assert.equal(applyEdits(SITE, [insertAfter(file, listen, 'server_tokens off;')]), SITE.replace('ssl;\n', 'ssl;\n        server_tokens off;\n'));
  assert.equal(applyEdits(SITE, [insertBefore(file, listen, 'a b;')]), SITE.replace('        listen', '        a b;\n        listen'));
  assert.equal(applyEdits(SITE, [addDirective(file, 'a b;', server.block)]), SITE.replace("{}';\n", "{}';\n        a b;\n"));
  assert.equal(applyEdits(SITE, [removeDirective(file, user!)]), SITE.replace('user www-data; # who\n', ''));
  assert.equal(applyEdits(SITE, [addDirective(file, 'a b;')]), SITE + 'a b;\n');
  const short = parseNginx('events {}\r\nserver { listen 80; }');
  const [events, one] = short.directives;
  assert.equal(applyEdits(short.text, [addDirective(short, 'a b;', events!.block)]), 'events { a b;}\r\nserver { listen 80; }');
  assert.equal(applyEdits(short.text, [addDirective(short, 'a b;', one!.block)]), 'events {}\r\nserver { listen 80; a b; }');
  assert.equal(applyEdits(short.text, [addDirective(short, 'a b;')]), short.text + '\r\na b;');
});

test('nothing is ever thrown, and every place lies in the text', () => {
  const noise = fc
    .array(
      fc.oneof(
        fc.constantFrom('a', ' ', ';', '{', '}', '"', "'", '\\', '#', '\n', '${', 'x_by_lua_block {', '--', '[[', ']]', '\uFEFF'),
        fc.string({ unit: 'binary', maxLength: 3 }),
      ),
      { maxLength: 60 },
    )
    .map((p) => p.join(''));
  fc.assert(
    fc.property(noise, (text) => {
      const file = parseNginx(text);
      for (const { directive } of walkDirectives(file)) {
        for (const span of [directive.span, directive.nameSpan, directive.argsSpan, ...directive.args])
          assert.ok(span.start <= span.end && span.end <= text.length);
        for (const edit of [
          insertAfter(file, directive, 'x;'),
          insertBefore(file, directive, 'x;'),
          removeDirective(file, directive),
          replaceArgs(directive, 'y'),
        ])
          applyEdits(text, [edit]);
      }
    }),
    { numRuns: 2000 },
  );
});

test('megabytes are read in little time', () => {
  const begin = processorMs();
  for (const text of [
    'a b;\n'.repeat(100_000),
    'a{'.repeat(200_000),
    `a ${'x'.repeat(1_000_000)};`,
    '"'.repeat(500_001),
    '\\'.repeat(500_000),
    `x_by_lua_block {${'[['.repeat(200_000)}`,
    `x_by_lua_block {${'-- [=['.repeat(100_000)}`,
    '}'.repeat(200_000),
  ])
    for (const _ of walkDirectives(parseNginx(text)));
  assert.ok(processorMs() - begin < 20_000);
});
