import * as http from 'node:http';
import * as https from 'node:https';
import * as net from 'node:net';
import { networkInterfaces } from 'node:os';
import type { HttpAnswer, Net } from '../system.ts';
import { connectsAs } from './peer.ts';

export const realNet: Net = {
  get: (url, timeoutMs) =>
    new Promise<HttpAnswer | undefined>((resolve) => {
      const secure = url.startsWith('https:');
      const options = { timeout: timeoutMs, agent: false as const, headers: { 'user-agent': 'harden-tui' } };
      const done = (answer?: HttpAnswer): void => resolve(answer);
      const take = (response: http.IncomingMessage): void => {
        response.resume();
        done({ status: response.statusCode ?? 0, type: (response.headers['content-type'] ?? '').split(';')[0]?.trim() ?? '' });
      };
      const request = secure ? https.get(url, { ...options, rejectUnauthorized: false }, take) : http.get(url, options, take);
      request.on('timeout', () => request.destroy());
      request.on('error', () => done());
    }),
  connects: (host, port, timeoutMs) =>
    new Promise<boolean>((resolve) => {
      const socket = net.connect({ host, port });
      const done = (answer: boolean): void => {
        socket.destroy();
        resolve(answer);
      };
      socket.setTimeout(timeoutMs, () => done(false));
      socket.on('connect', () => done(true));
      socket.on('error', () => done(false));
    }),
  connectsAs,
  addresses: () => Object.values(networkInterfaces()).flatMap((all) => all ?? []).filter((a) => !a.internal && !/^(?:fe80|169\.254)/i.test(a.address)).map((a) => a.address),
};
