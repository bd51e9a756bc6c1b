import assert from 'node:assert/strict';
import { it } from 'node:test';
import { detect } from '../../source/risks/secret-in-config/detect.ts';
import { machineOf } from '../helpers/case.ts';

const programs = '[program:desk]\ncommand=gunicorn desk:app\n\n[program:mailer]\ncommand=celery -A mailer worker\n';
const whose = async (conf: string): Promise<readonly string[]> =>
  detect(await machineOf({ 'supervisord.conf': conf })).flatMap((f) => f.subjects.filter((s) => s.kind === 'service').map((s) => s.name)).sort();

it('names the program whose section holds the secret, and every program where it is supervisord\'s own', async () => {
  assert.deepEqual(await whose(`[supervisord]\nnodaemon=true\n\n${programs}environment=SMTP_PASSWORD="battery staple",TZ=UTC\n`), ['mailer']);
  assert.deepEqual(await whose(`[supervisord]\nnodaemon=true\nenvironment=SMTP_PASSWORD="battery staple"\n\n${programs}`), ['desk', 'mailer']);
});
