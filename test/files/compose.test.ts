import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import {
  addListItem,
  at,
  parseCompose,
  parsePort,
  removeEnvironment,
  removeKey,
  removeListItem,
  removePort,
  removeServiceKey,
  replacePort,
  scalarOf,
  setPath,
  setScalar,
  setServiceKey,
  type ComposeFile,
} from '../../source/files/compose.ts'
import { applyEdits, isRefused, type Edits } from '../../source/files/span.ts'

const web = (text: string, env = {}) => parseCompose(text, env).services.find(s => s.name === 'web')!

function edited(text: string, edit: (file: ComposeFile) => Edits): string {
  const edits = edit(parseCompose(text))
  if (isRefused(edits)) return `refused: ${edits.refused}`
  const after = applyEdits(text, edits)
  assert.deepEqual(parseCompose(after).faults, [], after)
  return after
}

describe('compose: what is read', () => {
  test('a service has its values, each with its place', () => {
    const text = 'services:\n  web:\n    build:\n      context: ./app # here\n      args: {UID: "1000"}\n    image: "a/b:1"\n    user: 1000:1000\n    privileged: yes\n    cap_add: [NET_ADMIN]\n    tmpfs: /tmp\n    depends_on:\n      db: {condition: service_healthy}\n    deploy: {}\n'
    const service = web(text)
    assert.equal(service.build?.context?.value, './app')
    assert.equal(service.build?.args[0]?.value, '1000')
    assert.equal(text.slice(service.image!.start, service.image!.end), '"a/b:1"')
    assert.equal(service.user?.value, '1000:1000')
    assert.equal(service.privileged?.value, true)
    assert.deepEqual(service.capAdd.map(c => c.value), ['NET_ADMIN'])
    assert.deepEqual(service.tmpfs.map(c => c.value), ['/tmp'])
    assert.deepEqual(service.dependsOn.map(d => [d.name, d.condition]), [['db', 'service_healthy']])
    assert.equal(service.deploy, true)
    assert.equal(service.build?.short, false)
  })

  test('any other key can be asked for by its path', () => {
    const service = web('services:\n  web:\n    deploy:\n      resources:\n        limits: {memory: 64m}\n')
    assert.equal(scalarOf(at(service.node, 'deploy', 'resources', 'limits', 'memory'))?.value, '64m')
    assert.equal(at(service.node, 'deploy', 'nothing', 'here'), undefined)
  })

  test('a command is split in words with places, as a string and as a list', () => {
    const text = `services:\n  web:\n    command: gunicorn -b "0.0.0.0:443" app:app\n    entrypoint: ["/e.sh", '--x']\n`
    const service = web(text)
    assert.deepEqual(service.command!.words.map(w => w.value), ['gunicorn', '-b', '0.0.0.0:443', 'app:app'])
    assert.deepEqual(service.command!.words.map(w => text.slice(w.start, w.end))[2], '"0.0.0.0:443"')
    assert.deepEqual(service.entrypoint!.words.map(w => text.slice(w.start, w.end)), ['"/e.sh"', "'--x'"])
  })

  test('words of a folded command have no place of their own, and it says so', () => {
    const service = web('services:\n  web:\n    command: >\n      gunicorn\n      app:app\n')
    assert.deepEqual(service.command!.words.map(w => w.value), ['gunicorn', 'app:app'])
    assert.equal(service.command!.exact, false)
  })

  test('variables take their default, then the given value, and stay as written when neither is known', () => {
    const text = 'services:\n  web:\n    image: app:${TAG:-1.0}\n    user: "${UID}"\n    command: echo $$HOME ${A:+yes}\n'
    assert.equal(web(text).image?.value, 'app:1.0')
    assert.equal(web(text).image?.interpolated, true)
    assert.equal(web(text, { TAG: '2' }).image?.value, 'app:2')
    assert.equal(web(text).user?.unresolved, true)
    assert.equal(web(text).user?.value, '${UID}')
    assert.equal(web(text).command?.text, 'echo $HOME ')
  })

  test('merge keys are laid out, own keys win, and what came in is shared', () => {
    const text = 'x-base: &base\n  image: a\n  user: root\n  environment: &env {A: "1"}\nservices:\n  web:\n    <<: *base\n    user: app\n  job:\n    <<: [*base]\n    environment: {<<: *env, B: "2"}\n'
    const [service, job] = parseCompose(text).services
    assert.equal(service!.user?.value, 'app')
    assert.equal(service!.user?.shared, false)
    assert.equal(service!.image?.value, 'a')
    assert.equal(service!.image?.shared, true)
    assert.deepEqual(job!.environment.map(e => [e.name, e.merged, e.shared]), [['B', false, false], ['A', true, true]])
  })

  test('an anchor that nothing points at is not shared', () => {
    assert.equal(web('services:\n  web: &web\n    user: root\n').user?.shared, false)
    assert.equal(web('services:\n  web: &web\n    user: root\n  job: *web\n').user?.shared, true)
  })

  test('environment is read from a map and from a list, names without a value included', () => {
    const map = web('services:\n  web:\n    environment:\n      A: "1"\n      B:\n      C: yes\n')
    assert.deepEqual(map.environment.map(e => [e.name, e.value]), [['A', '1'], ['B', undefined], ['C', 'yes']])
    const text = 'services:\n  web:\n    environment:\n      - A=x=y\n      - B\n      - "C=1 2"\n'
    const list = web(text).environment
    assert.deepEqual(list.map(e => [e.name, e.value]), [['A', 'x=y'], ['B', undefined], ['C', '1 2']])
    assert.deepEqual(list.map(e => e.valueSpan && text.slice(e.valueSpan.start, e.valueSpan.end)), ['x=y', undefined, '1 2'])
    assert.equal(text.slice(list[0]!.lines.start, list[0]!.lines.end), '      - A=x=y\n')
  })

  test('a socket path alone is an anonymous volume, not the socket', () => {
    const volumes = web('services:\n  web:\n    volumes:\n      - /var/run/docker.sock\n      - /var/run/docker.sock:/var/run/docker.sock:ro\n      - data:/data\n      - ./x:/x:rshared,z\n      - ${D:-./y}:/y\n      - C:\\a:/a\n      - {type: bind, source: /, target: /h, read_only: true, bind: {propagation: slave}}\n').volumes
    assert.deepEqual(
      volumes.map(v => [v.type, v.source, v.target, v.readOnly, v.propagation]),
      [
        ['anonymous', undefined, '/var/run/docker.sock', false, undefined],
        ['bind', '/var/run/docker.sock', '/var/run/docker.sock', true, undefined],
        ['volume', 'data', '/data', false, undefined],
        ['bind', './x', '/x', false, 'rshared'],
        ['bind', './y', '/y', false, undefined],
        ['bind', 'C:\\a', '/a', false, undefined],
        ['bind', '/', '/h', true, 'slave'],
      ],
    )
  })

  test('ports are read in every form', () => {
    const parts = (text: string) => {
      const port = parsePort(text)
      return port && [port.hostIp, port.published, port.target, port.protocol]
    }
    assert.deepEqual(parts('80'), [undefined, undefined, '80', 'tcp'])
    assert.deepEqual(parts('8080:80'), [undefined, '8080', '80', 'tcp'])
    assert.deepEqual(parts('127.0.0.1:8080:80/udp'), ['127.0.0.1', '8080', '80', 'udp'])
    assert.deepEqual(parts('127.0.0.1::80'), ['127.0.0.1', undefined, '80', 'tcp'])
    assert.deepEqual(parts('[::1]:8080:80'), ['::1', '8080', '80', 'tcp'])
    assert.deepEqual(parts('3000-3005:3000-3005'), [undefined, '3000-3005', '3000-3005', 'tcp'])
    assert.equal(parts('http'), undefined)
    const long = web('services:\n  web:\n    ports:\n      - target: 80\n        published: "8080"\n        host_ip: 127.0.0.1\n      - 5000\n').ports
    assert.deepEqual(long.map(p => [p.syntax, p.hostIp, p.published, p.target]), [['long', '127.0.0.1', '8080', '80'], ['short', undefined, undefined, '5000']])
  })

  test('a broken file gives a fault with its line, and the part that could be read', () => {
    const file = parseCompose('services:\n  web:\n    image: a\n  db:\n    image: [b\n')
    assert.equal(file.services[0]?.image?.value, 'a')
    assert.ok(file.faults.length > 0)
    assert.ok(file.faults[0]!.line >= 5)
  })

  test('keys that stand twice and aliases without an anchor are faults', () => {
    assert.match(parseCompose('services:\n  web:\n    user: a\n    user: b\n').faults[0]!.message, /stands twice/)
    assert.match(parseCompose('services:\n  web: *nobody\n').faults.map(f => f.message).join(), /Nothing is anchored|Unresolved alias/)
    assert.match(parseCompose('services:\n  web: &w\n    <<: *w\n').faults[0]!.message, /inside its own anchor/)
  })
})

describe('compose: what is edited', () => {
  const set = (text: string, key: string, value: string) => edited(text, file => setServiceKey(file, 'web', key, value))

  test('a key is added below the last one, in the indentation of the file', () => {
    assert.equal(set('services:\n    web:\n        image: a # x\n', 'user', '"10001:10001"'), 'services:\n    web:\n        image: a # x\n        user: "10001:10001"\n')
  })

  test('a value is replaced where it stands, and the comment behind it stays', () => {
    assert.equal(set("services:\n  web:\n    user: 'root'   # why\n    image: a\n", 'user', '"1:1"'), 'services:\n  web:\n    user: "1:1"   # why\n    image: a\n')
  })

  test('CRLF, a byte order mark and a missing final line ending stay', () => {
    assert.equal(set('\uFEFFservices:\r\n  web:\r\n    image: a', 'user', 'app'), '\uFEFFservices:\r\n  web:\r\n    image: a\r\n    user: app')
  })

  test('a list is added as deep as the other lists of the file', () => {
    assert.equal(set('services:\n  web:\n    image: a\n    ports:\n    - 80\n', 'cap_drop', '- ALL'), 'services:\n  web:\n    image: a\n    ports:\n    - 80\n    cap_drop:\n    - ALL\n')
    assert.equal(set('services:\n  web:\n    image: a\n', 'cap_drop', '- ALL'), 'services:\n  web:\n    image: a\n    cap_drop:\n      - ALL\n')
  })

  test('a service in braces stays in braces', () => {
    assert.equal(set('services: {web: {image: a}}\n', 'cap_drop', '- ALL'), 'services: {web: {image: a, cap_drop: ["ALL"]}}\n')
    assert.equal(set('services:\n  web: {}\n', 'user', 'app'), 'services:\n  web: {user: app}\n')
    assert.equal(set('services:\n  web: {image: a, user: root, }\n', 'user', 'app'), 'services:\n  web: {image: a, user: app, }\n')
    assert.equal(edited('services: {web: {image: a, user: root}}\n', f => removeServiceKey(f, 'web', 'user')), 'services: {web: {image: a}}\n')
    assert.equal(edited('services: {web: {user: root, image: a}}\n', f => removeServiceKey(f, 'web', 'user')), 'services: {web: {image: a}}\n')
  })

  test('a service with nothing in it gets its first key', () => {
    assert.equal(set('services:\n  web:\n  db:\n    image: b\n', 'user', 'app'), 'services:\n  web:\n    user: app\n  db:\n    image: b\n')
  })

  test('an empty value is filled in', () => {
    assert.equal(set('services:\n  web:\n    user: # none yet\n    image: a\n', 'user', 'app'), 'services:\n  web:\n    user: app # none yet\n    image: a\n')
  })

  test('a block gives way to a single value, and the other way round', () => {
    assert.equal(set('services:\n  web:\n    cap_drop:\n      - A\n      - B\n    image: a\n', 'cap_drop', '[ALL]'), 'services:\n  web:\n    cap_drop: [ALL]\n    image: a\n')
    assert.equal(set('services:\n  web:\n    cap_drop: [A]\n    image: a\n', 'cap_drop', '- ALL\n- B'), 'services:\n  web:\n    cap_drop:\n      - ALL\n      - B\n    image: a\n')
    assert.equal(set('services:\n  web:\n    cap_drop: # why\n      - A\n    image: a\n', 'cap_drop', '- ALL\n- B'), 'services:\n  web:\n    cap_drop: # why\n      - ALL\n      - B\n    image: a\n')
  })

  test('a quoted key keeps its quotes', () => {
    assert.equal(set('services:\n  "web":\n    "user": root\n', 'user', 'app'), 'services:\n  "web":\n    "user": app\n')
  })

  test('keys on the way are made', () => {
    assert.equal(
      edited('services:\n  web:\n    image: a\n', f => setPath(f, ['services', 'web', 'deploy', 'resources', 'limits', 'memory'], '64m')),
      'services:\n  web:\n    image: a\n    deploy:\n      resources:\n        limits:\n          memory: 64m\n',
    )
    assert.equal(edited('services:\n  web:\n    image: a\n', f => setPath(f, ['secrets', 'pw', 'file'], './pw')), 'services:\n  web:\n    image: a\nsecrets:\n  pw:\n    file: ./pw\n')
    assert.equal(edited('services:\n  web: {image: a}\n', f => setPath(f, ['services', 'web', 'logging', 'driver'], 'local')), 'services:\n  web: {image: a, logging: {"driver":"local"}}\n')
  })

  test('a whole service can be added', () => {
    assert.equal(
      edited('services:\n  web:\n    image: a\nvolumes:\n  d:\n', f => setPath(f, ['services', 'proxy'], 'image: p\nports:\n  - "80"')),
      'services:\n  web:\n    image: a\n  proxy:\n    image: p\n    ports:\n      - "80"\nvolumes:\n  d:\n',
    )
  })

  test('a literal block before the new key keeps its text, also the blank lines that |+ keeps', () => {
    assert.equal(set('services:\n  web:\n    command: |\n      a\n      b\n', 'user', 'app'), 'services:\n  web:\n    command: |\n      a\n      b\n    user: app\n')
    const kept = set('services:\n  web:\n    command: |+\n      a\n\n\n  db:\n    image: b\n', 'user', 'app')
    assert.equal(kept, 'services:\n  web:\n    command: |+\n      a\n\n\n    user: app\n  db:\n    image: b\n')
  })

  test('what others share is not touched, but a merged key can be overridden', () => {
    const text = 'x-base: &base\n  user: root\nservices:\n  web:\n    <<: *base\n    image: a\n  job: &job\n    user: root\n  job2: *job\n'
    assert.match(edited(text, f => setServiceKey(f, 'job', 'user', 'app')), /^refused: services.job is shared/)
    assert.match(edited(text, f => setServiceKey(f, 'job2', 'user', 'app')), /^refused: services.job2 is shared/)
    assert.match(edited(text, f => removeServiceKey(f, 'web', 'user')), /^refused: services.web.user is shared/)
    assert.equal(set(text, 'user', 'app'), text.replace('    image: a\n', '    image: a\n    user: app\n'))
  })

  test('a value that is an alias is replaced without touching the anchor', () => {
    assert.equal(set('x-u: &u root\nservices:\n  web:\n    user: *u\n', 'user', 'app'), 'x-u: &u root\nservices:\n  web:\n    user: app\n')
  })

  test('a value from a variable is refused', () => {
    assert.match(set('services:\n  web:\n    user: "${UID:-0}"\n', 'user', 'app'), /^refused: .*variable/)
  })

  test('an environment entry goes with its line, and the block with the last one', () => {
    const remove = (text: string) => edited(text, f => removeEnvironment(f, 'web', 'C_FORCE_ROOT'))
    assert.equal(remove('services:\n  web:\n    environment:\n      A: 1\n      C_FORCE_ROOT: 1 # bad\n    image: a\n'), 'services:\n  web:\n    environment:\n      A: 1\n    image: a\n')
    assert.equal(remove('services:\n  web:\n    environment:\n      - C_FORCE_ROOT=1\n      - A=1\n    image: a\n'), 'services:\n  web:\n    environment:\n      - A=1\n    image: a\n')
    assert.equal(remove('services:\n  web:\n    environment:\n      # only this\n      - C_FORCE_ROOT=1\n    image: a\n'), 'services:\n  web:\n    image: a\n')
    assert.equal(remove('services:\n  web:\n    environment: {A: 1, C_FORCE_ROOT: 1}\n    image: a\n'), 'services:\n  web:\n    environment: {A: 1}\n    image: a\n')
    assert.equal(remove('services:\n  web:\n    environment: [C_FORCE_ROOT=1, A=1]\n    image: a\n'), 'services:\n  web:\n    environment: [A=1]\n    image: a\n')
    assert.match(remove('services:\n  web:\n    environment:\n      A: 1\n'), /^refused: web sets no C_FORCE_ROOT/)
    assert.match(remove('x-e: &e {C_FORCE_ROOT: 1}\nservices:\n  web:\n    environment: {<<: *e}\n'), /^refused: .*shared/)
    assert.equal(remove('services:\n  web:\n    image: a\n    environment:\n      A: 1\n      C_FORCE_ROOT: 1'), 'services:\n  web:\n    image: a\n    environment:\n      A: 1')
  })

  test('a port is changed in its own quotes and syntax', () => {
    const loopback = (text: string) => edited(text, f => replacePort(f, f.services[0]!.ports[0]!, { hostIp: '127.0.0.1' }))
    const ports = (line: string) => `services:\n  web:\n    ports:\n      - ${line}\n    image: a\n`
    assert.equal(loopback(ports('"5432:5432" # db')), ports('"127.0.0.1:5432:5432" # db'))
    assert.equal(loopback(ports("'5432:5432/udp'")), ports("'127.0.0.1:5432:5432/udp'"))
    assert.equal(loopback(ports('5432:5432')), ports('127.0.0.1:5432:5432'))
    assert.equal(loopback(ports('80')), ports('127.0.0.1::80'))
    assert.equal(loopback(ports('target: 80\n        published: 8080')), ports('host_ip: 127.0.0.1\n        target: 80\n        published: 8080'))
    assert.equal(loopback(ports('{target: 80, host_ip: 0.0.0.0}')), ports('{target: 80, host_ip: 127.0.0.1}'))
    assert.match(loopback(ports('"${P}:80"')), /^refused: The port/)
    assert.equal(edited(ports('443:443'), f => replacePort(f, f.services[0]!.ports[0]!, { target: '8443' })), ports('"443:8443"'))
    assert.equal(edited(ports('"80"'), f => removePort(f, 'web', f.services[0]!.ports[0]!)), 'services:\n  web:\n    image: a\n')
  })

  test('list items are added and removed in the style of the list', () => {
    const path = ['services', 'web', 'cap_add']
    assert.equal(edited('services:\n  web:\n    cap_add: [A]\n', f => addListItem(f, path, 'B')), 'services:\n  web:\n    cap_add: [A, B]\n')
    assert.equal(edited('services:\n  web:\n    cap_add:\n    - A # a\n    image: x\n', f => addListItem(f, path, 'B')), 'services:\n  web:\n    cap_add:\n    - A # a\n    - B\n    image: x\n')
    assert.equal(edited('services:\n  web:\n    cap_add: [A]\n', f => addListItem(f, path, 'A')), 'services:\n  web:\n    cap_add: [A]\n')
    assert.equal(edited('services:\n  web:\n    image: x\n', f => addListItem(f, path, 'B')), 'services:\n  web:\n    image: x\n    cap_add:\n      - B\n')
    assert.equal(edited('services:\n  web:\n    tmpfs: /tmp\n', f => addListItem(f, ['services', 'web', 'tmpfs'], '/run')), 'services:\n  web:\n    tmpfs: [/tmp, /run]\n')
    assert.equal(edited('services:\n  web:\n    cap_add:\n      - A\n      - B\n', f => removeListItem(f, path, 0)), 'services:\n  web:\n    cap_add:\n      - B\n')
    assert.match(edited('services:\n  web:\n    cap_add: &c [A]\n  db:\n    cap_add: *c\n', f => addListItem(f, path, 'B')), /^refused/)
  })

  test('a value keeps its quotes when it is set', () => {
    const image = (text: string, value: string) => edited(text, f => setScalar(f.services[0]!.image!, value))
    assert.equal(image("services:\n  web:\n    image: 'a'\n", "b'c"), "services:\n  web:\n    image: 'b''c'\n")
    assert.equal(image('services:\n  web:\n    image: a\n', 'b:1.2@sha256:00'), 'services:\n  web:\n    image: b:1.2@sha256:00\n')
    assert.equal(image('services:\n  web:\n    image: a\n', 'yes'), 'services:\n  web:\n    image: "yes"\n')
    assert.equal(image('services:\n  web:\n    image: a\n', '22:22'), 'services:\n  web:\n    image: "22:22"\n')
  })

  test('a service does not vanish with its last key', () => {
    assert.match(edited('services:\n  web:\n    user: root\n', f => removeServiceKey(f, 'web', 'user')), /^refused/)
    assert.equal(edited('services:\n  web:\n    image: a\nvolumes:\n  d:\n', f => removeKey(f, ['volumes', 'd'])), 'services:\n  web:\n    image: a\n')
  })
})

describe('compose: hostile text', () => {
  const pieces = ['services:', '\n', '  ', 'web:', ' ', '&a', '*a', '<<: ', '- ', '{', '}', '[', ']', ',', ':', '"', "'", '|', '>', '${X', '}', '#', '\r\n', '\t', 'image: a', 'ports:', 'environment:', '\uFEFF', 'A=1', '? ', '!!', '%', '---\n', '80:80']
  const noise = fc.array(fc.oneof(fc.constantFrom(...pieces), fc.string({ maxLength: 4 })), { maxLength: 60 }).map(p => p.join(''))

  test('nothing is ever thrown, and no edit leaves the text as it was', () => {
    fc.assert(
      fc.property(noise, text => {
        const file = parseCompose(text)
        for (const fault of file.faults) assert.ok(fault.line >= 1 && fault.column >= 1)
        assert.equal(applyEdits(text, []), text)
        for (const service of file.services) {
          for (const edits of [setServiceKey(file, service, 'user', 'app'), removeServiceKey(file, service, 'image'), removeEnvironment(file, service, 'A'), addListItem(file, ['services', service.name, 'ports'], '"1"')]) {
            if (!isRefused(edits)) applyEdits(text, edits)
          }
        }
      }),
      { numRuns: 3000 },
    )
  })

  const quick = (name: string, text: string) =>
    test(`${name} is read or refused, in little time`, () => {
      const begin = performance.now()
      parseCompose(text)
      assert.ok(performance.now() - begin < 10_000)
    })
  const levels = Array.from({ length: 40 }, (_, i) => `a${i + 1}: &a${i + 1} [${`*a${i}, `.repeat(9)}*a${i}]`).join('\n')
  const merges = Array.from({ length: 40 }, (_, i) => `b${i + 1}: &b${i + 1} {<<: [${`*b${i}, `.repeat(9)}*b${i}]}`).join('\n')
  quick('a bomb of aliases', `a0: &a0 x\n${levels}\nservices:\n  web:\n    cap_add: *a40\n    environment: *a40\n    command: *a40\n`)
  quick('a bomb of merges', `b0: &b0 {x: 1}\n${merges}\nservices:\n  web: *b40\n`)
  quick('many services that share one long list', `e: &e [${'A=1, '.repeat(20_000)}]\nservices:\n${Array.from({ length: 5000 }, (_, i) => `  s${i}: {environment: *e}\n`).join('')}`)
  quick('a line of a megabyte', `services:\n  web:\n    image: ${'x'.repeat(1_000_000)}\n    command: "${'y '.repeat(200_000)}"\n`)
  quick('a deep nest of dashes', '- '.repeat(500_000))
  quick('a deep nest of brackets', '['.repeat(500_000))
  quick('a deep nest over many lines', Array.from({ length: 1400 }, (_, i) => `${' '.repeat(i)}k:`).join('\n'))
  quick('a staircase of dashes', Array.from({ length: 200 }, (_, i) => `${' '.repeat(i * 20)}${'- '.repeat(10)}`).join('\n'))
  quick('a crowd of anchors', '&a '.repeat(200_000))
  quick('a hundred thousand keys', Array.from({ length: 100_000 }, (_, i) => `k${i}: 1`).join('\n'))
})
