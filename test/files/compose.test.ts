import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { at, parseCompose, parsePort, scalarOf } from '../../source/files/compose.ts';

const web = (text: string, env = {}) => parseCompose(text, env).services.find((s) => s.name === 'web')!;

describe('compose: what is read', () => {
  test('a service has its values, each with its place', () => {
    const text =
      'services:\n  web:\n    build:\n      context: ./app # here\n      args: {UID: "1000"}\n    image: "a/b:1"\n    user: 1000:1000\n    privileged: yes\n    cap_add: [NET_ADMIN]\n    tmpfs: /tmp\n    depends_on:\n      db: {condition: service_healthy}\n    deploy: {}\n';
    const service = web(text);
    assert.equal(service.build?.context?.value, './app');
    assert.equal(service.build?.args[0]?.value, '1000');
    assert.equal(text.slice(service.image!.start, service.image!.end), '"a/b:1"');
    assert.equal(service.user?.value, '1000:1000');
    assert.equal(service.privileged?.value, true);
    assert.deepEqual(
      service.capAdd.map((c) => c.value),
      ['NET_ADMIN'],
    );
    assert.deepEqual(
      service.tmpfs.map((c) => c.value),
      ['/tmp'],
    );
    assert.deepEqual(
      service.dependsOn.map((d) => [d.name, d.condition]),
      [['db', 'service_healthy']],
    );
    assert.equal(service.deploy, true);
    assert.equal(service.build?.short, false);
  });

  test('any other key can be asked for by its path', () => {
    const service = web('services:\n  web:\n    deploy:\n      resources:\n        limits: {memory: 64m}\n');
    assert.equal(scalarOf(at(service.node, 'deploy', 'resources', 'limits', 'memory'))?.value, '64m');
    assert.equal(at(service.node, 'deploy', 'nothing', 'here'), undefined);
  });

  test('a command is split in words with places, as a string and as a list', () => {
    const text = `services:\n  web:\n    command: gunicorn -b "0.0.0.0:443" app:app\n    entrypoint: ["/e.sh", '--x']\n`;
    const service = web(text);
    assert.deepEqual(
      service.command!.words.map((w) => w.value),
      ['gunicorn', '-b', '0.0.0.0:443', 'app:app'],
    );
    assert.deepEqual(service.command!.words.map((w) => text.slice(w.start, w.end))[2], '"0.0.0.0:443"');
    assert.deepEqual(
      service.entrypoint!.words.map((w) => text.slice(w.start, w.end)),
      ['"/e.sh"', "'--x'"],
    );
  });

  test('words of a folded command have no place of their own, and it says so', () => {
    const service = web('services:\n  web:\n    command: >\n      gunicorn\n      app:app\n');
    assert.deepEqual(
      service.command!.words.map((w) => w.value),
      ['gunicorn', 'app:app'],
    );
    assert.equal(service.command!.exact, false);
  });

  test('variables take their default, then the given value, and stay as written when neither is known', () => {
    const text = 'services:\n  web:\n    image: app:${TAG:-1.0}\n    user: "${UID}"\n    command: echo $$HOME ${A:+yes}\n';
    assert.equal(web(text).image?.value, 'app:1.0');
    assert.equal(web(text).image?.interpolated, true);
    assert.equal(web(text, { TAG: '2' }).image?.value, 'app:2');
    assert.equal(web(text).user?.unresolved, true);
    assert.equal(web(text).user?.value, '${UID}');
    assert.equal(web(text).command?.text, 'echo $HOME ');
  });

  test('merge keys are laid out, own keys win, and what came in is shared', () => {
    const text =
      'x-base: &base\n  image: a\n  user: root\n  environment: &env {A: "1"}\nservices:\n  web:\n    <<: *base\n    user: app\n  job:\n    <<: [*base]\n    environment: {<<: *env, B: "2"}\n';
    const [service, job] = parseCompose(text).services;
    assert.equal(service!.user?.value, 'app');
    assert.equal(service!.user?.shared, false);
    assert.equal(service!.image?.value, 'a');
    assert.equal(service!.image?.shared, true);
    assert.deepEqual(
      job!.environment.map((e) => [e.name, e.merged, e.shared]),
      [
        ['B', false, false],
        ['A', true, true],
      ],
    );
  });

  test('an anchor that nothing points at is not shared', () => {
    assert.equal(web('services:\n  web: &web\n    user: root\n').user?.shared, false);
    assert.equal(web('services:\n  web: &web\n    user: root\n  job: *web\n').user?.shared, true);
  });

  test('environment is read from a map and from a list, names without a value included', () => {
    const map = web('services:\n  web:\n    environment:\n      A: "1"\n      B:\n      C: yes\n');
    assert.deepEqual(
      map.environment.map((e) => [e.name, e.value]),
      [
        ['A', '1'],
        ['B', undefined],
        ['C', 'yes'],
      ],
    );
    const text = 'services:\n  web:\n    environment:\n      - A=x=y\n      - B\n      - "C=1 2"\n';
    const list = web(text).environment;
    assert.deepEqual(
      list.map((e) => [e.name, e.value]),
      [
        ['A', 'x=y'],
        ['B', undefined],
        ['C', '1 2'],
      ],
    );
    assert.deepEqual(
      list.map((e) => e.valueSpan && text.slice(e.valueSpan.start, e.valueSpan.end)),
      ['x=y', undefined, '1 2'],
    );
    assert.equal(text.slice(list[0]!.lines.start, list[0]!.lines.end), '      - A=x=y\n');
  });

  test('a socket path alone is an anonymous volume, not the socket', () => {
    const volumes = web(
      'services:\n  web:\n    volumes:\n      - /var/run/docker.sock\n      - /var/run/docker.sock:/var/run/docker.sock:ro\n      - data:/data\n      - ./x:/x:rshared,z\n      - ${D:-./y}:/y\n      - C:\\a:/a\n      - {type: bind, source: /, target: /h, read_only: true, bind: {propagation: slave}}\n',
    ).volumes;
    assert.deepEqual(
      volumes.map((v) => [v.type, v.source, v.target, v.readOnly, v.propagation]),
      [
        ['anonymous', undefined, '/var/run/docker.sock', false, undefined],
        ['bind', '/var/run/docker.sock', '/var/run/docker.sock', true, undefined],
        ['volume', 'data', '/data', false, undefined],
        ['bind', './x', '/x', false, 'rshared'],
        ['bind', './y', '/y', false, undefined],
        ['bind', 'C:\\a', '/a', false, undefined],
        ['bind', '/', '/h', true, 'slave'],
      ],
    );
  });

  test('ports are read in every form', () => {
    const parts = (text: string) => {
      const port = parsePort(text);
      return port && [port.hostIp, port.published, port.target, port.protocol];
    };
    assert.deepEqual(parts('80'), [undefined, undefined, '80', 'tcp']);
    assert.deepEqual(parts('8080:80'), [undefined, '8080', '80', 'tcp']);
    assert.deepEqual(parts('127.0.0.1:8080:80/udp'), ['127.0.0.1', '8080', '80', 'udp']);
    assert.deepEqual(parts('127.0.0.1::80'), ['127.0.0.1', undefined, '80', 'tcp']);
    assert.deepEqual(parts('[::1]:8080:80'), ['::1', '8080', '80', 'tcp']);
    assert.deepEqual(parts('3000-3005:3000-3005'), [undefined, '3000-3005', '3000-3005', 'tcp']);
    assert.deepEqual(parts('${P}:6379'), [undefined, '${P}', '6379', 'tcp']);
    assert.deepEqual(parts('${P:?not set}:80/udp'), [undefined, '${P:?not set}', '80', 'udp']);
    assert.deepEqual(parts('${BIND}:$P:80'), ['${BIND}', '$P', '80', 'tcp']);
    assert.deepEqual(parts('127.0.0.1:${P}:80'), ['127.0.0.1', '${P}', '80', 'tcp']);
    assert.equal(parts('http'), undefined);
    const long = web(
      'services:\n  web:\n    ports:\n      - target: 80\n        published: "8080"\n        host_ip: 127.0.0.1\n      - 5000\n',
    ).ports;
    assert.deepEqual(
      long.map((p) => [p.syntax, p.hostIp, p.published, p.target]),
      [
        ['long', '127.0.0.1', '8080', '80'],
        ['short', undefined, undefined, '5000'],
      ],
    );
  });

  test('a broken file gives a fault with its line, and the part that could be read', () => {
    const file = parseCompose('services:\n  web:\n    image: a\n  db:\n    image: [b\n');
    assert.equal(file.services[0]?.image?.value, 'a');
    assert.ok(file.faults.length > 0);
    assert.ok(file.faults[0]!.line >= 5);
  });

  test('keys that stand twice and aliases without an anchor are faults', () => {
    assert.match(parseCompose('services:\n  web:\n    user: a\n    user: b\n').faults[0]!.message, /stands twice/);
    assert.match(
      parseCompose('services:\n  web: *nobody\n')
        .faults.map((f) => f.message)
        .join(),
      /Nothing is anchored|Unresolved alias/,
    );
    assert.match(parseCompose('services:\n  web: &w\n    <<: *w\n').faults[0]!.message, /inside its own anchor/);
  });
});
