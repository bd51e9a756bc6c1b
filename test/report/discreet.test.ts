import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { discreet, holdsSecret } from '../../source/report/discreet.ts';
import { clock } from '../helpers/spent.ts';

describe('secrets in text that is shown', () => {
  const hidden: readonly [string, string][] = [
    ['POSTGRES_PASSWORD: postgres', 'POSTGRES_PASSWORD: [secret]'],
    ['  - REDIS_PASSWORD=abc123', '  - REDIS_PASSWORD=[secret]'],
    ['app.config["SECRET_KEY"] = "a b c"', 'app.config["SECRET_KEY"] = "[secret]"'],
    ["API_KEY = 'x1'", "API_KEY = '[secret]'"],
    ['broker="redis://:hunter2@redis/0"', 'broker="redis://:[secret]@redis/0"'],
    ['amqp://guest:guest@mq:5672//', 'amqp://guest:[secret]@mq:5672//'],
    ['command: redis-server --requirepass hunter2', 'command: redis-server --requirepass [secret]'],
    ['["redis-server", "--requirepass", "x1"]', '["redis-server", "--requirepass", "[secret]"]'],
    ['worker --password=hunter2', 'worker --password=[secret]'],
    ['test: ["CMD", "redis-cli", "-a", "hunter2", "ping"]', 'test: ["CMD", "redis-cli", "-a", "[secret]", "ping"]'],
    ['redis-cli -h redis --pass hunter2 ping', 'redis-cli -h redis --pass [secret] ping'],
    ['mysqladmin ping -uroot -phunter2', 'mysqladmin ping -uroot -p[secret]'],
    ['curl -fsS -u admin:hunter2 http://x/', 'curl -fsS -u admin:[secret] http://x/'],
    ['celery flower --basic_auth admin:hunter2', 'celery flower --basic_auth [secret]'],
  ];
  for (const [line, shown] of hidden) it(`hides the value in: ${shown}`, () => assert.equal(discreet(line), shown));

  const kept = [
    'POSTGRES_PASSWORD: ${PW}', 'POSTGRES_PASSWORD_FILE: /run/secrets/pw', 'password = get_password()', 'SECRET_KEY: ""', 'PrivateTmp=true',
    'redis://redis/0', 'C_FORCE_ROOT: "1"', 'uwsgi_pass unix:/run/admin.sock;', 'CMD ["gunicorn", "-b", "0.0.0.0:443", "--keyfile", "/tls/dev.key"]',
    'redis-cli -a $REDIS_PASSWORD ping', 'grep -a pattern file', 'mysql -p -h db', 'gunicorn -p app.pid',
    'accept_content=["pickle", "json"],', 'author: me',
  ];
  for (const line of kept) it(`leaves as it is: ${line}`, () => assert.equal(holdsSecret(line), false, discreet(line)));

  it('stays the same when it is asked again', () => {
    for (const [line, shown] of hidden) assert.equal(discreet(discreet(line)), shown);
  });
  it('is quick with a hostile line', () => {
    const spent = clock();
    for (const part of ['a', 'a.', 'x://', '"\']', 'password=']) discreet(part.repeat(300_000));
    assert.ok(spent() < 3_000);
  });
});
