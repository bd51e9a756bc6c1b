import assert from 'node:assert/strict';
import { it } from 'node:test';
import { rootsVolumes } from '../../source/settings/roots-volumes.ts';
import { machineOf } from '../helpers/case.ts';

const DOCKERFILE = 'FROM debian:bookworm-slim\nWORKDIR /app\nCOPY . .\nUSER 10001:10001\nCMD ["gunicorn", "board:app"]\n';

/** Whether a folder of root's, mounted at /app/kept, is found to be one that this code fills. */
async function filled(code: string): Promise<boolean> {
  const machine = await machineOf({ Dockerfile: DOCKERFILE, 'compose.yaml': 'services:\n  web:\n    build: .\n    volumes: [./kept:/app/kept]\n', 'board.py': code }, {
    containers: [{ service: 'web', workdir: '/app', processes: [{ pid: 10, uid: 10001, argv: ['gunicorn', 'board:app'] }], mounts: [{ type: 'bind', source: '/case/kept', target: '/app/kept', readOnly: false, anonymous: false, owner: { uid: 0, gid: 0, mode: 0o755 }, rootEntries: 1, data: true }] }],
  });
  return rootsVolumes(machine, machine.services).length > 0;
}

it('a line that opens, makes or names something to write there says that the app fills a folder', async () => {
  for (const line of [
    'open(f"kept/{name}", "wb")', "open('./kept/' + name, mode='a')", 'open(os.path.join("kept", name), "w")', 'open(str(BASE) + "/kept/x", "x")', 'with open("/app/kept/x", "r+") as a, open("/app/kept/y", "w") as b: pass',
    'Path("kept/x").write_text("1")', 'photo.save("kept/" + name)', 'os.makedirs("kept/thumbs", exist_ok=True)', 'sqlite3.connect("kept/book.db")', 'URI = "sqlite:////app/kept/book.db"',
    'app.config["UPLOAD_FOLDER"] = "/app/kept"', 'MEDIA_ROOT = BASE_DIR / "kept"', 'Path("kept/log").open("a")',
  ]) assert.ok(await filled(line), line);
});

it('one that reads it, or writes elsewhere, does not', async () => {
  for (const line of [
    'open("kept/x")', 'open("kept/x", "rb")', 'open(os.path.join("kept", name), "r", encoding="utf8")', '# open("kept/x", "w")', 'open("unkept/x", "w")', 'open("kept.txt", "w")',
    'with open("kept/x") as a, open("/tmp/y", "w") as b: pass', 'with open("/tmp/y", "w") as b, open("kept/x") as a: pass', 'LOGIN_URL = "/kept/"', `${'open("kept/x"' + '('.repeat(400)}`,
  ]) assert.ok(!(await filled(line)), line);
});
