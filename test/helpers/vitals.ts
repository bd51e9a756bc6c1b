// What a service of the corpus does, asked by the tests themselves: it answers, it writes, it lives. Nothing of source/ has a part in it.
import assert from 'node:assert/strict';
import type { Started } from './corpus.ts';
import { get, post, until } from './requests.ts';

export interface Vitals {
  /** Everything that it is asked gets its answer. */
  answers(): Promise<void>;
  /** A write that must work, and be read again; with all that was written before where it lies in a volume. */
  writes(): Promise<void>;
  lives(): Promise<void>;
  all(): Promise<void>;
}

export function vitalsOf(service: Started): Vitals {
  const { shown, url } = service;
  let written: string[] = [];
  let count = 0;

  async function answers(): Promise<void> {
    for (const ask of shown.ask ?? []) {
      if ('get' in ask) {
        const got = await get(url + ask.get);
        assert.deepEqual([got.status, got.type], [ask.status, ask.type], `GET ${ask.get}: ${got.text.slice(0, 300)}`);
      } else {
        const { code, stdout, stderr } = await service.exec(ask.in, ask.run);
        assert.equal(code, 0, stderr);
        assert.match(stdout, new RegExp(ask.says));
      }
    }
  }

  async function writes(): Promise<void> {
    const { write } = shown;
    if (!write) return;
    const body = `entry-${(count += 1)}-`;
    if ('post' in write) {
      const got = await post(url + write.post, body);
      assert.equal(got.status, write.status, `POST ${write.post}: ${got.text.slice(0, 300)}`);
    } else {
      const { code, stdout, stderr } = await service.exec(write.in, write.run.map((w) => w.replaceAll('{body}', body)));
      assert.equal(code, 0, stderr);
      assert.match(stdout.trim(), new RegExp(write.says));
    }
    written = write.keeps ? [...written, body] : [body];
    // A worker takes it up a moment later.
    const read = async (): Promise<string> => ('post' in write ? (await get(url + write.then)).text : (await service.exec(write.in, write.thenRun)).stdout);
    await until(`${written.join(', ')} can be read again`, async () => { const text = await read(); return written.every((w) => text.includes(w)); }, 15);
  }

  async function lives(): Promise<void> {
    const { alive } = shown;
    if (!alive) return;
    const length = async (): Promise<number> => (await service.exec(alive.service, alive.run)).stdout.length;
    const before = await length();
    await until(`what ${alive.service} writes grows`, async () => (await length()) > before, alive.seconds ?? 15);
  }

  return { answers, writes, lives, all: async () => { await answers(); await writes(); await lives(); } };
}
