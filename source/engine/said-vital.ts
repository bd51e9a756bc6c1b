import type { Vital } from '../model/proof.ts';
import { same, text, type Text } from '../model/text.ts';

const ASKED: Readonly<Record<string, Text>> = { 'state': text('state', '状态'), 'health': text('health', '健康检查'), 'unix socket': text('unix socket', 'unix 套接字') };
const ANSWERS: Readonly<Record<string, Text>> = {
  running: text('running', '运行中'), stopped: text('stopped', '已停止'), restarting: text('restarting', '反复重启'),
  healthy: text('healthy', '健康'), unhealthy: text('unhealthy', '不健康'), starting: text('starting', '启动中'),
  connects: text('connects', '可连接'), listens: text('listens', '在监听'), nothing: text('nothing', '无应答'),
};

/** What a service was asked, as it is said. The journal keeps the English words: they are what is compared. */
export function askedWords(what: string): Text {
  const [, page, onPort, port] = /^(GET \/) on (\d+)$|^port (\d+)$/.exec(what) ?? [];
  if (page !== undefined) return text(what, `${onPort} 上的 ${page}`);
  return port === undefined ? (ASKED[what] ?? same(what)) : text(what, `端口 ${port}`);
}

/** What it answered. A status and a type (`200 html`) are the same in every language. */
export const answerWords = (answer: string): Text => ANSWERS[answer] ?? same(answer);

/** Of a worker that ran on while its broker was away. */
export const silentWords = ({ service }: Vital): Text => text(`${service} does not answer since its broker was started anew; start it again, or its jobs may wait`, `${service} 在消息队列重启后没有应答；请重启它，否则任务可能一直等着`);

/** `GET /` where a service has one page alone, whatever its port outside. */
export const shortAsked = ({ service, what }: Vital, all: readonly Vital[]): string =>
  (/^GET \/ on \d+$/.test(what) && all.filter((one) => one.service === service && one.what.startsWith('GET ')).length < 2 ? 'GET /' : what);

/** `proxy: GET / answers 502, it was 200` */
export function worseWords(worse: Vital, all: readonly Vital[]): Text {
  const [was, is] = [worse.before, worse.after ?? 'nothing'];
  const asked = askedWords(shortAsked(worse, all));
  // Where the status tells it, the type says nothing more.
  const codes = [was, is].map((one) => /^\d{3}(?= )/.exec(one)?.[0]);
  const [old, now] = codes[0] !== undefined && codes[1] !== undefined && codes[0] !== codes[1] ? [same(codes[0]), same(codes[1])] : [answerWords(was), answerWords(is)];
  if (is === 'connects' && /^\d{3} /.test(was)) return text(`${worse.service}: ${asked.en} lets one connect and answers nothing, it was ${old.en}`, `${worse.service}：${asked['zh-CN']} 连得上，但没有回应，原来是 ${old['zh-CN']}`);
  const answers = worse.what === 'state' || worse.what === 'health' ? 'is' : 'answers';
  return text(`${worse.service}: ${asked.en} ${answers} ${now.en}, it was ${old.en}`, `${worse.service}：${asked['zh-CN']} ${answers === 'is' ? '为' : '返回'} ${now['zh-CN']}，原来是 ${old['zh-CN']}`);
}
