// Messages as Celery's redis transport has them, made without Python: FACTS.md, section 4.
import { randomUUID } from 'node:crypto';

export interface Message {
  readonly id: string;
  readonly text: string;
}

function envelope(body: Buffer, contentType: string, encoding: string): Message {
  const id = randomUUID();
  const properties = {
    body_encoding: 'base64', correlation_id: id, delivery_mode: 2, delivery_tag: randomUUID(), priority: 0,
    delivery_info: { exchange: 'celery', routing_key: 'celery' },
  };
  return { id, text: JSON.stringify({ body: body.toString('base64'), 'content-type': contentType, 'content-encoding': encoding, headers: {}, properties }) };
}

/** A plain dict, pickled (protocol 0), that names a task nobody has: reading it runs nothing, and doing it fails at once. */
export function pickled(): Message {
  const entry = (name: string, value: string): string => `S'${name}'\n${value}s`;
  const text = (value: string): string => `S'${value}'\n`;
  const dict = `(d${entry('task', text('harden_tui.probe'))}${entry('id', text('probe'))}${entry('args', '(l')}${entry('kwargs', '(d')}.`;
  return envelope(Buffer.from(dict, 'ascii'), 'application/x-python-serialize', 'binary');
}

/** A task call as any producer that speaks JSON sends it. */
export function json(task: string, args: readonly unknown[]): Message {
  const message = envelope(Buffer.alloc(0), 'application/json', 'utf-8');
  const body = Buffer.from(JSON.stringify({ task, id: message.id, args, kwargs: {}, retries: 0, eta: null, expires: null, utc: true }));
  return { id: message.id, text: message.text.replace('"body":""', `"body":"${body.toString('base64')}"`) };
}
