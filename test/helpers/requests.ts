import assert from 'node:assert/strict';
import * as http from 'node:http';
import * as https from 'node:https';
import { setTimeout as pause } from 'node:timers/promises';
import type { Answer } from '../../source/demo/index.ts';

export interface Got {
  readonly status: number;
  readonly type: string;
  readonly text: string;
}

function request(method: 'GET' | 'POST', url: string, body?: string, type = 'text/plain'): Promise<Got> {
  return new Promise((resolve, reject) => {
    const secure = url.startsWith('https:');
    const headers = body === undefined ? {} : { 'content-type': type, 'content-length': Buffer.byteLength(body) };
    const options = { method, headers, timeout: 10_000, agent: false as const };
    const take = (answer: http.IncomingMessage): void => {
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part));
      answer.on('error', reject);
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, type: (answer.headers['content-type'] ?? '').split(';')[0]!.trim(), text: Buffer.concat(parts).toString('utf8') }));
    };
    // The scenarios sign their certificates themselves.
    const sent = secure ? https.request(url, { ...options, rejectUnauthorized: false }, take) : http.request(url, options, take);
    sent.on('timeout', () => sent.destroy(new Error(`${url} did not answer within 10 s`)));
    sent.on('error', reject);
    sent.end(body);
  });
}

export const get = (url: string): Promise<Got> => request('GET', url);
export const post = (url: string, body: string, type?: string): Promise<Got> => request('POST', url, body, type);

const ask = (answer: Answer): Promise<Got> =>
  answer.get ? get(answer.get) : answer.json === undefined ? post(answer.post ?? '', answer.body ?? '') : post(answer.post ?? '', JSON.stringify(answer.json), 'application/json');

/** Asks what a scenario answers, and holds it to that. */
export async function answersAsBefore(answers: readonly Answer[]): Promise<void> {
  for (const answer of answers) {
    const got = await ask(answer);
    assert.deepEqual([got.status, got.type], [answer.status, answer.type], `${answer.get ?? answer.post}: ${got.text.slice(0, 300)}`);
  }
}

/** Until `look` gives something, or the patience for it ends. */
export async function until<T>(what: string, look: () => Promise<T | undefined | false> | T | undefined | false, seconds = 30): Promise<T> {
  for (const end = Date.now() + seconds * 1000; ; ) {
    const seen = await look();
    if (seen !== undefined && seen !== false) return seen;
    if (Date.now() > end) throw new Error(`not within ${seconds} s: ${what}`);
    await pause(250);
  }
}

export const untilItAnswers = (answers: readonly Answer[], seconds = 30): Promise<unknown> =>
  until('every GET answers', async () => {
    const got = await Promise.all(answers.filter((a) => a.get).map((a) => get(a.get!).then((g) => g.status === a.status).catch(() => false)));
    return got.every(Boolean);
  }, seconds);
