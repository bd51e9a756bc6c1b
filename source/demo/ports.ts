import { randomInt } from 'node:crypto';
import { isScalar, isSeq, parseDocument } from 'yaml';
import { Bug, Stop } from '../model/errors.ts';
import { text } from '../model/text.ts';
import type { Net } from '../system/system.ts';
import type { Answer } from './scenario.ts';

/** A published port of a service, and the one it gets on 127.0.0.1. */
export interface Move {
  readonly service: string;
  readonly from: number;
  readonly to: number;
}

const TRIES = 50;

/** The wanted port where nobody has it and it may be had, else one that nobody answers on. */
export async function freePort(net: Net, wanted: number, may: (port: number) => boolean): Promise<number> {
  const taken = (port: number): Promise<boolean> => net.connects('127.0.0.1', port, 500);
  if (may(wanted) && !(await taken(wanted))) return wanted;
  for (let i = 0; i < TRIES; i++) {
    // Below the range that the kernel gives to outgoing connections (32768 and up).
    const port = randomInt(20_000, 30_000);
    if (!(await taken(port))) return port;
  }
  throw new Stop(text('No free port was found on 127.0.0.1.', '在 127.0.0.1 上找不到空闲端口。'), [text('Stop what publishes so many ports, then try again.', '请先停掉占用大量端口的程序，然后再试。')]);
}

/** Writes the port mappings anew, on 127.0.0.1. Every other byte of the file stays. */
export function onLoopback(compose: string, moves: readonly Move[]): string {
  const document = parseDocument(compose);
  let rewritten = compose;
  const edits = moves.map(({ service, from, to }) => {
    const ports = document.getIn(['services', service, 'ports']);
    for (const item of isSeq(ports) ? ports.items : []) {
      const inside = isScalar(item) && new RegExp(`^${from}:(\\d+)$`).exec(String(item.value))?.[1];
      if (inside && item.range) return { start: item.range[0], end: item.range[1], words: `"127.0.0.1:${to}:${inside}"` };
    }
    throw new Bug(`compose.yaml publishes no port ${from} for ${service}`);
  });
  for (const { start, end, words } of edits.sort((a, b) => b.start - a.start)) rewritten = rewritten.slice(0, start) + words + rewritten.slice(end);
  return rewritten;
}

/** The same questions, asked where the copy answers. */
export function moved(answer: Answer, moves: readonly Move[]): Answer {
  const elsewhere = (url: string): string => {
    const at = new URL(url);
    const move = moves.find((m) => m.from === Number(at.port || (at.protocol === 'https:' ? 443 : 80)));
    if (move) at.host = `127.0.0.1:${move.to}`;
    return at.href;
  };
  return { ...answer, ...(answer.get ? { get: elsewhere(answer.get) } : {}), ...(answer.post ? { post: elsewhere(answer.post) } : {}) };
}
