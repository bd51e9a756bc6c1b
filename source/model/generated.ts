import { createHash } from 'node:crypto';

/**
 * A password that nobody has chosen yet. A plan names it and never holds it: edits and new files carry a mark, the
 * deeds put the value in when they run, and only the file and the journal ever have it. A preview leaves the mark.
 */
export type Form = 'sha1' | 'sha256' | 'rabbitmq';

/** Where the value goes: as it is, or as the hash that its server keeps instead. */
export const generated = (name: string, form?: Form): string => `<generated:${name}${form ? `:${form}` : ''}>`;

const MARK = /<generated:([a-z0-9][a-z0-9_.-]*)(?::(sha1|sha256|rabbitmq))?>/g;

const sha256 = (...parts: readonly (string | Buffer)[]): Buffer => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

/** RabbitMQ's own form: four bytes of salt, then the hash of salt and password. The salt follows from the value, so that one run writes one text. */
function rabbitmq(value: string): string {
  const salt = sha256('salt', value).subarray(0, 4);
  return Buffer.concat([salt, sha256(salt, value)]).toString('base64');
}

/** The text with every mark replaced by its value. */
export const filled = (text: string, valueOf: (name: string) => string): string =>
  text.replace(MARK, (_, name: string, form: Form | undefined) => {
    const value = valueOf(name);
    if (form === 'sha1') return createHash('sha1').update(value).digest('hex');
    return form === 'sha256' ? sha256(value).toString('hex') : form === 'rabbitmq' ? rabbitmq(value) : value;
  });

/** Names of the values that a text waits for. */
export const generatedIn = (text: string): readonly string[] => [...new Set([...text.matchAll(MARK)].map((m) => m[1] ?? ''))];
