import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  addListItem,
  parseCompose,
  removeEnvironment,
  removeKey,
  removeListItem,
  removePort,
  removeServiceKey,
  replacePort,
  setPath,
  setScalar,
  setServiceKey,
  type ComposeFile,
} from '../../source/files/compose.ts';
import { applyEdits, isRefused, type Edits } from '../../source/files/span.ts';

function edited(text: string, edit: (file: ComposeFile) => Edits): string {
  const edits = edit(parseCompose(text));
  if (isRefused(edits)) return `refused: ${edits.refused}`;
  const after = applyEdits(text, edits);
  assert.deepEqual(parseCompose(after).faults, [], after);
  return after;
}

describe('compose: what is edited', () => {
  const set = (text: string, key: string, value: string) => edited(text, (file) => setServiceKey(file, 'web', key, value));

  test('a key is added below the last one, in the indentation of the file', () => {
    assert.equal(
      set('services:\n    web:\n        image: a # x\n', 'user', '"10001:10001"'),
      'services:\n    web:\n        image: a # x\n        user: "10001:10001"\n',
    );
  });

  test('a value is replaced where it stands, and the comment behind it stays', () => {
    assert.equal(
      set("services:\n  web:\n    user: 'root'   # why\n    image: a\n", 'user', '"1:1"'),
      'services:\n  web:\n    user: "1:1"   # why\n    image: a\n',
    );
  });

  test('CRLF, a byte order mark and a missing final line ending stay', () => {
    assert.equal(set('\uFEFFservices:\r\n  web:\r\n    image: a', 'user', 'app'), '\uFEFFservices:\r\n  web:\r\n    image: a\r\n    user: app');
  });

  test('a list is added as deep as the other lists of the file', () => {
    assert.equal(
      set('services:\n  web:\n    image: a\n    ports:\n    - 80\n', 'cap_drop', '- ALL'),
      'services:\n  web:\n    image: a\n    ports:\n    - 80\n    cap_drop:\n    - ALL\n',
    );
    assert.equal(set('services:\n  web:\n    image: a\n', 'cap_drop', '- ALL'), 'services:\n  web:\n    image: a\n    cap_drop:\n      - ALL\n');
  });

  test('a service in braces stays in braces', () => {
    assert.equal(set('services: {web: {image: a}}\n', 'cap_drop', '- ALL'), 'services: {web: {image: a, cap_drop: ["ALL"]}}\n');
    assert.equal(set('services:\n  web: {}\n', 'user', 'app'), 'services:\n  web: {user: app}\n');
    assert.equal(set('services:\n  web: {image: a, user: root, }\n', 'user', 'app'), 'services:\n  web: {image: a, user: app, }\n');
    assert.equal(
      edited('services: {web: {image: a, user: root}}\n', (f) => removeServiceKey(f, 'web', 'user')),
      'services: {web: {image: a}}\n',
    );
    assert.equal(
      edited('services: {web: {user: root, image: a}}\n', (f) => removeServiceKey(f, 'web', 'user')),
      'services: {web: {image: a}}\n',
    );
  });

  test('a service with nothing in it gets its first key', () => {
    assert.equal(set('services:\n  web:\n  db:\n    image: b\n', 'user', 'app'), 'services:\n  web:\n    user: app\n  db:\n    image: b\n');
  });

  test('an empty value is filled in', () => {
    assert.equal(
      set('services:\n  web:\n    user: # none yet\n    image: a\n', 'user', 'app'),
      'services:\n  web:\n    user: app # none yet\n    image: a\n',
    );
  });

  test('a block gives way to a single value, and the other way round', () => {
    assert.equal(
      set('services:\n  web:\n    cap_drop:\n      - A\n      - B\n    image: a\n', 'cap_drop', '[ALL]'),
      'services:\n  web:\n    cap_drop: [ALL]\n    image: a\n',
    );
    assert.equal(
      set('services:\n  web:\n    cap_drop: [A]\n    image: a\n', 'cap_drop', '- ALL\n- B'),
      'services:\n  web:\n    cap_drop:\n      - ALL\n      - B\n    image: a\n',
    );
    assert.equal(
      set('services:\n  web:\n    cap_drop: # why\n      - A\n    image: a\n', 'cap_drop', '- ALL\n- B'),
      'services:\n  web:\n    cap_drop: # why\n      - ALL\n      - B\n    image: a\n',
    );
  });

  test('a quoted key keeps its quotes', () => {
    assert.equal(set('services:\n  "web":\n    "user": root\n', 'user', 'app'), 'services:\n  "web":\n    "user": app\n');
  });

  test('keys on the way are made', () => {
    assert.equal(
      edited('services:\n  web:\n    image: a\n', (f) => setPath(f, ['services', 'web', 'deploy', 'resources', 'limits', 'memory'], '64m')),
      'services:\n  web:\n    image: a\n    deploy:\n      resources:\n        limits:\n          memory: 64m\n',
    );
    assert.equal(
      edited('services:\n  web:\n    image: a\n', (f) => setPath(f, ['secrets', 'pw', 'file'], './pw')),
      'services:\n  web:\n    image: a\nsecrets:\n  pw:\n    file: ./pw\n',
    );
    assert.equal(
      edited('services:\n  web: {image: a}\n', (f) => setPath(f, ['services', 'web', 'logging', 'driver'], 'local')),
      'services:\n  web: {image: a, logging: {"driver":"local"}}\n',
    );
  });

  test('a whole service can be added', () => {
    assert.equal(
      edited('services:\n  web:\n    image: a\nvolumes:\n  d:\n', (f) => setPath(f, ['services', 'proxy'], 'image: p\nports:\n  - "80"')),
      'services:\n  web:\n    image: a\n  proxy:\n    image: p\n    ports:\n      - "80"\nvolumes:\n  d:\n',
    );
  });

  test('a literal block before the new key keeps its text, also the blank lines that |+ keeps', () => {
    assert.equal(
      set('services:\n  web:\n    command: |\n      a\n      b\n', 'user', 'app'),
      'services:\n  web:\n    command: |\n      a\n      b\n    user: app\n',
    );
    const kept = set('services:\n  web:\n    command: |+\n      a\n\n\n  db:\n    image: b\n', 'user', 'app');
    assert.equal(kept, 'services:\n  web:\n    command: |+\n      a\n\n\n    user: app\n  db:\n    image: b\n');
  });

  test('what others share is not touched, but a merged key can be overridden', () => {
    const text = 'x-base: &base\n  user: root\nservices:\n  web:\n    <<: *base\n    image: a\n  job: &job\n    user: root\n  job2: *job\n';
    assert.match(
      edited(text, (f) => setServiceKey(f, 'job', 'user', 'app')),
      /^refused: services.job is shared/,
    );
    assert.match(
      edited(text, (f) => setServiceKey(f, 'job2', 'user', 'app')),
      /^refused: services.job2 is shared/,
    );
    assert.match(
      edited(text, (f) => removeServiceKey(f, 'web', 'user')),
      /^refused: services.web.user is shared/,
    );
    assert.equal(set(text, 'user', 'app'), text.replace('    image: a\n', '    image: a\n    user: app\n'));
  });

  test('a value that is an alias is replaced without touching the anchor', () => {
    assert.equal(set('x-u: &u root\nservices:\n  web:\n    user: *u\n', 'user', 'app'), 'x-u: &u root\nservices:\n  web:\n    user: app\n');
  });

  test('a value from a variable is refused', () => {
    assert.match(set('services:\n  web:\n    user: "${UID:-0}"\n', 'user', 'app'), /^refused: .*variable/);
  });

  test('an environment entry goes with its line, and the block with the last one', () => {
    const remove = (text: string) => edited(text, (f) => removeEnvironment(f, 'web', 'C_FORCE_ROOT'));
    assert.equal(
      remove('services:\n  web:\n    environment:\n      A: 1\n      C_FORCE_ROOT: 1 # bad\n    image: a\n'),
      'services:\n  web:\n    environment:\n      A: 1\n    image: a\n',
    );
    assert.equal(
      remove('services:\n  web:\n    environment:\n      - C_FORCE_ROOT=1\n      - A=1\n    image: a\n'),
      'services:\n  web:\n    environment:\n      - A=1\n    image: a\n',
    );
    assert.equal(
      remove('services:\n  web:\n    environment:\n      # only this\n      - C_FORCE_ROOT=1\n    image: a\n'),
      'services:\n  web:\n    image: a\n',
    );
    assert.equal(
      remove('services:\n  web:\n    environment: {A: 1, C_FORCE_ROOT: 1}\n    image: a\n'),
      'services:\n  web:\n    environment: {A: 1}\n    image: a\n',
    );
    assert.equal(
      remove('services:\n  web:\n    environment: [C_FORCE_ROOT=1, A=1]\n    image: a\n'),
      'services:\n  web:\n    environment: [A=1]\n    image: a\n',
    );
    assert.match(remove('services:\n  web:\n    environment:\n      A: 1\n'), /^refused: web sets no C_FORCE_ROOT/);
    assert.match(remove('x-e: &e {C_FORCE_ROOT: 1}\nservices:\n  web:\n    environment: {<<: *e}\n'), /^refused: .*shared/);
    assert.equal(
      remove('services:\n  web:\n    image: a\n    environment:\n      A: 1\n      C_FORCE_ROOT: 1'),
      'services:\n  web:\n    image: a\n    environment:\n      A: 1',
    );
  });

  test('a port is changed in its own quotes and syntax', () => {
    const loopback = (text: string) => edited(text, (f) => replacePort(f, f.services[0]!.ports[0]!, { hostIp: '127.0.0.1' }));
    const ports = (line: string) => `services:\n  web:\n    ports:\n      - ${line}\n    image: a\n`;
    assert.equal(loopback(ports('"5432:5432" # db')), ports('"127.0.0.1:5432:5432" # db'));
    assert.equal(loopback(ports("'5432:5432/udp'")), ports("'127.0.0.1:5432:5432/udp'"));
    assert.equal(loopback(ports('5432:5432')), ports('127.0.0.1:5432:5432'));
    assert.equal(loopback(ports('80')), ports('127.0.0.1::80'));
    assert.equal(loopback(ports('target: 80\n        published: 8080')), ports('host_ip: 127.0.0.1\n        target: 80\n        published: 8080'));
    assert.equal(loopback(ports('{target: 80, host_ip: 0.0.0.0}')), ports('{target: 80, host_ip: 127.0.0.1}'));
    assert.match(loopback(ports('"${P}:80"')), /^refused: The port/);
    assert.equal(
      edited(ports('443:443'), (f) => replacePort(f, f.services[0]!.ports[0]!, { target: '8443' })),
      ports('"443:8443"'),
    );
    assert.equal(
      edited(ports('"80"'), (f) => removePort(f, 'web', f.services[0]!.ports[0]!)),
      'services:\n  web:\n    image: a\n',
    );
  });

  test('list items are added and removed in the style of the list', () => {
    const path = ['services', 'web', 'cap_add'];
    assert.equal(
      edited('services:\n  web:\n    cap_add: [A]\n', (f) => addListItem(f, path, 'B')),
      'services:\n  web:\n    cap_add: [A, B]\n',
    );
    assert.equal(
      edited('services:\n  web:\n    cap_add:\n    - A # a\n    image: x\n', (f) => addListItem(f, path, 'B')),
      'services:\n  web:\n    cap_add:\n    - A # a\n    - B\n    image: x\n',
    );
    assert.equal(
      edited('services:\n  web:\n    cap_add: [A]\n', (f) => addListItem(f, path, 'A')),
      'services:\n  web:\n    cap_add: [A]\n',
    );
    assert.equal(
      edited('services:\n  web:\n    image: x\n', (f) => addListItem(f, path, 'B')),
      'services:\n  web:\n    image: x\n    cap_add:\n      - B\n',
    );
    assert.equal(
      edited('services:\n  web:\n    tmpfs: /tmp\n', (f) => addListItem(f, ['services', 'web', 'tmpfs'], '/run')),
      'services:\n  web:\n    tmpfs: [/tmp, /run]\n',
    );
    assert.equal(
      edited('services:\n  web:\n    cap_add:\n      - A\n      - B\n', (f) => removeListItem(f, path, 0)),
      'services:\n  web:\n    cap_add:\n      - B\n',
    );
    assert.match(
      edited('services:\n  web:\n    cap_add: &c [A]\n  db:\n    cap_add: *c\n', (f) => addListItem(f, path, 'B')),
      /^refused/,
    );
  });

  test('a value keeps its quotes when it is set', () => {
    const image = (text: string, value: string) => edited(text, (f) => setScalar(f.services[0]!.image!, value));
    assert.equal(image("services:\n  web:\n    image: 'a'\n", "b'c"), "services:\n  web:\n    image: 'b''c'\n");
    assert.equal(image('services:\n  web:\n    image: a\n', 'b:1.2@sha256:00'), 'services:\n  web:\n    image: b:1.2@sha256:00\n');
    assert.equal(image('services:\n  web:\n    image: a\n', 'yes'), 'services:\n  web:\n    image: "yes"\n');
    assert.equal(image('services:\n  web:\n    image: a\n', '22:22'), 'services:\n  web:\n    image: "22:22"\n');
  });

  test('a service does not vanish with its last key', () => {
    assert.match(
      edited('services:\n  web:\n    user: root\n', (f) => removeServiceKey(f, 'web', 'user')),
      /^refused/,
    );
    assert.equal(
      edited('services:\n  web:\n    image: a\nvolumes:\n  d:\n', (f) => removeKey(f, ['volumes', 'd'])),
      'services:\n  web:\n    image: a\n',
    );
  });
});
