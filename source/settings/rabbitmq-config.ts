/** What a RabbitMQ is told about `guest`, the user with the password that everybody knows. */
export interface RabbitConfig {
  /** `guest` may log in from elsewhere than the machine itself. RabbitMQ's own default is no; its official image says yes. */
  readonly guestFromAfar?: boolean;
  readonly defaultUser?: string;
  readonly defaultPass?: string;
  readonly tls?: boolean;
}

/** rabbitmq.conf and the files of conf.d: `key = value`. The old Erlang form is read for `loopback_users` alone. */
export function readRabbitConf(text: string): RabbitConfig {
  let all: RabbitConfig = {};
  for (const line of text.split(/\r?\n/)) {
    const [, key, value] = /^\s*([\w.]+)\s*=\s*"?([^"\s#]*)/.exec(line) ?? [];
    if (key === 'loopback_users.guest') all = { ...all, guestFromAfar: value !== 'true' };
    else if (key === 'loopback_users' && value === 'none') all = { ...all, guestFromAfar: true };
    else if (key === 'default_user' && value !== undefined) all = { ...all, defaultUser: value };
    else if (key === 'default_pass' && value !== undefined) all = { ...all, defaultPass: value };
    else if (key?.startsWith('listeners.ssl')) all = { ...all, tls: true };
  }
  return /\{\s*loopback_users\s*,\s*\[\s*\]\s*\}/.test(text) ? { ...all, guestFromAfar: true } : all;
}
