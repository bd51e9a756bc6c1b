import assert from 'node:assert/strict';
import { it } from 'node:test';
import { withLogin } from '../../source/settings/broker-edits.ts';
import { tlsAddress, unverified } from '../../source/settings/broker-tls.ts';
import { celeryBefore, celeryVersion } from '../../source/settings/celery-version.ts';
import { readRabbitConf } from '../../source/settings/rabbitmq-config.ts';
import { readAcl, readRedisArgs, readRedisConf } from '../../source/settings/redis-config.ts';
import { machineOf } from '../helpers/case.ts';

it('redis.conf, flags and ACL files say who may come in', () => {
  assert.deepEqual(readRedisConf('# requirepass no\nrequirepass foobared\nprotected-mode no\nbind 127.0.0.1 -::1\n'), { password: true, protectedMode: false, bind: ['127.0.0.1', '-::1'] });
  assert.deepEqual(readRedisConf('requirepass ""\n'), { password: false });
  assert.deepEqual(readRedisConf('requirepass a\nrequirepass ""\n'), { password: false }, 'the last one counts');
  assert.equal(readRedisConf('user default on nopass ~* +@all\n').defaultUser, 'open');
  assert.equal(readRedisConf('user default on >secret ~* +@all\n').defaultUser, 'closed');
  assert.equal(readRedisConf('user default off\n').defaultUser, 'closed');
  assert.equal(readRedisConf('user app on >secret ~* +@all\n').defaultUser, undefined, 'another user closes nothing');
  assert.equal(readAcl('user default off\nuser app on #00 ~*\n').defaultUser, 'closed');
  assert.deepEqual(readRedisArgs(['/etc/redis.conf', '--requirepass', 'x', '--port', '0', '--tls-port', '6380']), { file: '/etc/redis.conf', password: true, plainPort: 0, tlsPort: 6380 });
  assert.deepEqual(readRedisArgs(['--requirepass']), { password: false });
});

it('rabbitmq.conf says from where guest may come', () => {
  assert.equal(readRabbitConf('loopback_users.guest = false\n').guestFromAfar, true);
  assert.equal(readRabbitConf('loopback_users = none\n').guestFromAfar, true);
  assert.equal(readRabbitConf('loopback_users.guest = false\nloopback_users.guest = true\n').guestFromAfar, false);
  assert.equal(readRabbitConf('[{rabbit, [{loopback_users, []}]}].').guestFromAfar, true);
  assert.deepEqual(readRabbitConf('# loopback_users = none\ndefault_user = shop\n'), { defaultUser: 'shop' });
});

it('an address takes a login, and TLS on its own port', () => {
  assert.equal(withLogin('redis://redis/0', 'app:x'), 'redis://app:x@redis/0');
  assert.equal(withLogin('amqp://guest:guest@rabbit:5672//', 'app:x', () => '/app'), 'amqp://app:x@rabbit:5672/app');
  assert.equal(tlsAddress('redis://:p@h/0'), 'rediss://:p@h:6380/0?ssl_cert_reqs=required&ssl_ca_certs=/run/broker-ca.pem');
  assert.equal(tlsAddress('redis://h:7000/0?health_check_interval=5'), 'rediss://h:7000/0?health_check_interval=5&ssl_cert_reqs=required&ssl_ca_certs=/run/broker-ca.pem');
  assert.equal(tlsAddress('rediss://h:6379/0?ssl_cert_reqs=none'), 'rediss://h:6379/0?ssl_cert_reqs=required&ssl_ca_certs=/run/broker-ca.pem');
  assert.equal(tlsAddress('amqp://u:p@h:5672/v?heartbeat=9'), 'amqps://u:p@h:5671/v?heartbeat=9');
  assert.equal(tlsAddress('pyamqp://h//'), 'amqps://h:5671//');
  assert.equal(tlsAddress('amqp://h:7000'), 'amqps://h:7000');
  assert.equal(tlsAddress('amqps://h/v'), 'amqps://h:5671/v');
  assert.ok(unverified('rediss://h/0?ssl_cert_reqs=CERT_NONE', []));
  assert.ok(!unverified('rediss://h/0?ssl_cert_reqs=required', []));
  assert.ok(unverified('rediss://h/0', [{ source: '{"ssl_cert_reqs": ssl.CERT_NONE}' }]));
});

it('which Celery it is stands in the project\'s own lists', async () => {
  const version = async (name: string, text: string) => celeryVersion(await machineOf({ [name]: text, 'x.py': '' }));
  assert.deepEqual(await version('requirements.txt', 'Flask\ncelery[redis]==4.4.7 # old\n'), [4, 4, 7]);
  assert.deepEqual(await version('requirements/base.txt', 'celery>=5.2,<6\n'), [5, 2, 0]);
  assert.deepEqual(await version('pyproject.toml', '[tool.poetry.dependencies]\ncelery = "^5.3"\n'), [5, 3, 0]);
  assert.deepEqual(await version('pyproject.toml', '[project]\ndependencies = [\n  "celery[redis]~=5.2.0",\n]\n'), [5, 2, 0]);
  assert.deepEqual(await version('Dockerfile', 'FROM python:3.11\nRUN pip install flask celery==3.1.26\n'), [3, 1, 26]);
  assert.equal(await version('requirements.txt', 'celery\ndjango-celery==3.3.1\n'), undefined);
  const old = await machineOf({ 'requirements.txt': 'celery==3.0.17\n', 'x.py': '' });
  assert.ok(celeryBefore(old, 3, 0, 18) && celeryBefore(old, 4, 0));
  assert.ok(!celeryBefore(old, 3, 0, 17));
});
