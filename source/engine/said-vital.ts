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
