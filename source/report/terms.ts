import type { Confidence, Severity } from '../model/finding.ts';
import type { Held } from '../model/held.ts';
import type { Outcome } from '../model/proof.ts';
import { text, type Lang, type Text } from '../model/text.ts';

/** The storyboard's words for what a report counts; `Record` makes a missing one a type error. */
export const SEVERITY: Readonly<Record<Severity, Text>> = {
  critical: text('critical', '严重'), high: text('high', '高'), medium: text('medium', '中'), low: text('low', '低'), info: text('info', '提示'),
};
export const CONFIDENCE: Readonly<Record<Confidence, Text>> = { seen: text('running', '运行中'), declared: text('declared', '已声明'), guess: text('guess', '推测') };
export const OUTCOME: Readonly<Record<Outcome, Text>> = { gone: text('gone', '已消除'), left: text('left', '仍存在'), 'cannot-tell': text('cannot tell', '无法判断') };
export const VITAL = { same: text('same', '不变'), WORSE: text('WORSE', '变差'), 'cannot-tell': text('cannot tell', '无法判断') };
export const HELD: Readonly<Record<Held, Text>> = { holds: text('still gone', '修复有效'), drifted: text('drifted', '修复失效'), 'cannot-tell': text('cannot tell', '无法判断') };
export const BY_HAND = text('by hand', '手动处理');

export const counted = (n: number, noun: string, plural = `${noun}s`): string => `${n} ${n === 1 ? noun : plural}`;

/** `3.4 s`; from a minute on `1:12`. */
export function duration(ms: number, lang: Lang = 'en'): string {
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} ${lang === 'en' ? 's' : '秒'}`;
  const [minutes, seconds] = [Math.floor(ms / 60_000), String(Math.floor(ms / 1000) % 60).padStart(2, '0')];
  return lang === 'en' ? `${minutes}:${seconds}` : `${minutes} 分 ${seconds} 秒`;
}

/** A day as it is said, in this machine's own time: `22 November, 14:32`; in Chinese as on every page, `2026-11-22 14:32`. */
export function moment(iso: string, lang: Lang): string {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return iso;
  if (lang === 'zh-CN') return stamp(iso);
  const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long' }).format(at);
  const time = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', hour12: false }).format(at);
  return `${day}, ${time}`;
}

/** The same in any language, with its year: `2026-11-22 14:32`, in this machine's own time. */
export function stamp(iso: string): string {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return iso;
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())} ${two(at.getHours())}:${two(at.getMinutes())}`;
}
