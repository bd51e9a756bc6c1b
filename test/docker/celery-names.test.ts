// Celery's settings in each of their spellings: what we read from the files against what the real Celery makes of them, before and after json-only.
import assert from 'node:assert/strict';
import { longTest } from '../helpers/engine.ts';
import { machineOf } from '../helpers/case.ts';
import { must } from '../helpers/program.ts';
import { APPS } from '../helpers/celery-apps.ts';
import { isFileChange, joinFiles } from '../../source/engine/edits.ts';
import type { Machine } from '../../source/model/machine.ts';
import { isRefusal } from '../../source/model/risk.ts';
import { pickleSerializer } from '../../source/risks/pickle-serializer/index.ts';
import { brokerUrl } from '../../source/settings/broker.ts';
import { namesPickle, settingsNamed, type CeleryName } from '../../source/settings/celery.ts';

const IMAGE = 'harden-tui-test/celery';
const DOCKERFILE = `FROM debian:bookworm-slim
RUN apt-get update && apt-get install -y --no-install-recommends celery python3-redis && rm -rf /var/lib/apt/lists/*
`;

/** Each app in a process of its own, so that none has another's modules; what its configuration then holds. */
const PROBE = `
import io, json, os, sys, tempfile, warnings
import celery, celery.app.base, celery.app.amqp, celery.loaders.app
warnings.simplefilter("ignore")
PICKLE = "application/x-python-serialize"

def read():
    import importlib
    from kombu.serialization import prepare_accept_content
    app = importlib.import_module("relay.tasks").app
    conf = app.conf
    said = {name: conf[name] for name in ("task_serializer", "result_serializer", "event_serializer")}
    pickled = {name: value in ("pickle", PICKLE) for name, value in said.items()}
    for name in ("accept_content", "result_accept_content"):
        mime = prepare_accept_content(conf[name])
        said[name] = sorted(mime) if mime is not None else None
        pickled[name] = PICKLE in (mime or ())
    return {"said": said, "pickled": pickled, "broker": conf["broker_url"]}

told = {}
for name, files in json.load(sys.stdin).items():
    root = tempfile.mkdtemp()
    for path, text in files.items():
        at = os.path.join(root, path)
        os.makedirs(os.path.dirname(at), exist_ok=True)
        open(at, "w").write(text)
    out, into = os.pipe()
    if os.fork() == 0:
        os.chdir(root)
        sys.path.insert(0, root)
        try:
            answer = read()
        except BaseException as error:
            answer = {"error": type(error).__name__ + ": " + str(error)}
        os.write(into, json.dumps(answer).encode())
        os._exit(0)
    os.close(into)
    told[name] = json.load(io.FileIO(out))
    os.wait()
print(json.dumps(told))
`;

type Files = Readonly<Record<string, string>>;
type Asked = 'accept_content' | 'result_accept_content' | 'task_serializer' | 'result_serializer' | 'event_serializer';
interface Real {
  readonly error?: string;
  readonly said?: Readonly<Record<Asked, unknown>>;
  readonly pickled?: Readonly<Record<Asked, boolean>>;
  readonly broker?: string | null;
}

const asCeleryReads = async (apps: Readonly<Record<string, Files>>): Promise<Readonly<Record<string, Real>>> =>
  JSON.parse(await must(['docker', 'run', '--rm', '-i', '--network', 'none', IMAGE, 'python3', '-c', PROBE], { input: JSON.stringify(apps) })) as Record<string, Real>;

const machineWith = (files: Files): Promise<Machine> => machineOf({
  ...files, Dockerfile: 'FROM debian:bookworm-slim\nRUN apt-get install -y celery\nWORKDIR /srv\nCOPY . .\n',
  'compose.yaml': 'services:\n  worker:\n    build: .\n    command: celery -A relay.tasks worker\n',
});

const sends = (machine: Machine, name: CeleryName): boolean => settingsNamed(machine, name).some((s) => namesPickle(s) === 'yes');

/** The files after json-only. */
function mended(files: Files, machine: Machine): Files | undefined {
  let now = files;
  for (const finding of pickleSerializer.detect(machine)) {
    const made = pickleSerializer.fixes.find((f) => f.id === 'json-only')?.propose(finding, machine);
    assert.ok(made && !isRefusal(made), JSON.stringify(made));
    for (const { path, edits } of joinFiles([], made.changes.filter(isFileChange)).changes.filter((c) => c.kind === 'edit-file')) {
      if (now[path] === undefined) continue;
      now = { ...now, [path]: [...edits].sort((x, y) => y.start - x.start).reduce((text, e) => text.slice(0, e.start) + e.text + text.slice(e.end), now[path]) };
    }
  }
  return now === files ? undefined : now;
}

longTest('what decides, by every spelling, is what the real Celery makes of it; and json-only holds for each', async (t) => {
  await must(['docker', 'build', '-q', '-t', IMAGE, '-'], { input: DOCKERFILE });
  const real = await asCeleryReads(Object.fromEntries(APPS.map((a) => [a.name, a.files])));
  const after: Record<string, Files> = {};
  for (const { name, files, refused } of APPS) {
    await t.test(name, async () => {
      const [machine, { error, pickled, broker }] = [await machineWith(files), real[name]!];
      if (refused) {
        // It never starts: what stands in its files matters to nobody but the next one who mends them.
        assert.match(error ?? '', refused);
        return;
      }
      assert.ok(pickled, error);
      assert.equal(pickleSerializer.detect(machine).length > 0, pickled.accept_content, `accept_content: ${JSON.stringify(real[name]!.said)}`);
      for (const sender of ['task_serializer', 'result_serializer', 'event_serializer'] as const) assert.equal(sends(machine, sender), pickled[sender], `${sender}: ${JSON.stringify(real[name]!.said)}`);
      // Without a namespace that name is nobody's: it is taken for what the code hands over by hand.
      if (/^the address by Celery's prefix/.test(name)) assert.equal(broker, null);
      else if (/\bthe address\b/.test(name)) assert.equal(brokerUrl(machine, machine.services, 'relay/tasks.py'), broker ?? undefined);
      const now = mended(files, machine);
      assert.equal(now !== undefined, pickled.accept_content);
      if (now) after[name] = now;
    });
  }
  const then = await asCeleryReads(after);
  await t.test(`after json-only, all ${Object.keys(after).length} of them load and hold to JSON`, () => {
    for (const [name, { error, said, pickled }] of Object.entries(then)) {
      assert.ok(said, `${name}: ${error}`);
      assert.deepEqual([name, said.accept_content, Object.values(pickled ?? {})], [name, ['application/json'], [false, false, false, false, false]]);
    }
  });
});
