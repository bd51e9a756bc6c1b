import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { spokenIn } from '../../source/settings/secret-words.ts';

const said = (line: string): readonly string[] => spokenIn(line.split(' ')).map((s) => `${s.name} ${s.value}`);

describe('a password on a command line', () => {
  const cases: readonly (readonly [line: string, ...found: string[]])[] = [
    ['redis-server --requirepass tulip --masterauth=rose', '--requirepass tulip', '--masterauth rose'],
    ['redis-cli -h redis -a tulip ping', '-a tulip'],
    ['valkey-cli --pass tulip ping', '--pass tulip'],
    ['celery -A tasks -b redis://:tulip@redis:6379/0 worker', '-b tulip'],
    ['celery -A tasks --result-backend=db+postgresql://app:tulip@db/x worker', '--result-backend tulip'],
    ['gunicorn app:app -e SECRET_KEY=tulip --env DATABASE_URL=postgres://app:rose@db/x', 'SECRET_KEY tulip', 'DATABASE_URL rose'],
    ['uwsgi --ini uwsgi.ini --set-placeholder broker=amqp://app:tulip@rabbit//', 'broker tulip'],
    ['wait-for redis://:tulip@redis:6379', 'redis://redis:6379 tulip'],
    ['celery flower --basic-auth=admin:tulip', '--basic-auth tulip'],
    ['celery flower --basic_auth admin:tulip', '--basic_auth tulip'],
    ['curl -fsS -u admin:tulip http://localhost/', '-u tulip'],
    ['mysqladmin ping -uroot -ptulip', '-p tulip'],
    ['PGPASSWORD=tulip pg_isready', 'PGPASSWORD tulip'],
    ['supervisorctl -u admin -p tulip status', '-p tulip'],
    // Not one of these says a password.
    ['redis-server --port 6379 --aclfile /etc/users.acl'],
    ['grep -a pattern file'],
    ['gunicorn app:app --password-file /run/secrets/pw -p app.pid'],
    ['mysql -p -h db'],
    ['curl -u admin http://localhost/'],
    ['celery -b amqp://guest:guest@rabbit:5672// worker'],
    ['app --token --verbose'],
    ['git clone https://example.org/x@v1'],
  ];
  for (const [line, ...found] of cases) it(line, () => assert.deepEqual(said(line), found));
});
