import type { Finding, Severity, Subject } from '../../model/finding.ts';
import { findingId } from '../../model/finding-id.ts';
import type { Machine } from '../../model/machine.ts';
import type { Place } from '../../model/setting.ts';
import { list, text, type Text } from '../../model/text.ts';
import { chainOf } from '../../settings/chain.ts';
import { place, wordsAt } from '../../settings/parsed.ts';
import { runningOf } from '../../settings/service-files.ts';
import { keySettings, signingKeys, type KeySetting, type SigningKey } from '../../settings/signing-keys.ts';

export const ID = 'signing-key-readable';

/** What is wrong with a key: who may read it, where it travels, how it is named. Each has its own way out. */
export type Aspect = 'mode' | 'image' | 'path';

interface Said {
  readonly aspect: Aspect;
  readonly severity: Severity;
  readonly title: Text;
  readonly short: Text;
  readonly why: Text;
}

function finding(machine: Machine, setting: KeySetting, key: SigningKey | undefined, said: Said): Finding {
  const at: Place = place(setting.file, setting.span);
  const own: Place | undefined = key && said.aspect === 'mode' ? place(key.file, { start: 0, end: 0 }) : undefined;
  const names = (said.aspect === 'image' && key ? key.inImage : setting.services).map((s) => s.name);
  const subjects: Subject[] = names.length > 0 ? names.map((name) => ({ kind: 'service', name })) : [{ kind: 'file', name: (own ?? at).file }];
  const live = setting.services.some((s) => runningOf(machine, s).length > 0);
  return {
    id: findingId(ID, key?.file.path ?? setting.file.path, said.aspect), risk: ID, aspect: said.aspect, severity: said.severity, confidence: live && said.aspect === 'image' ? 'seen' : 'declared',
    title: said.title, short: said.short, why: said.why, subjects, places: [own ?? at], chain: setting.services.slice(0, 1).flatMap((s) => chainOf(machine, s, at)), seen: [],
    from: [{ place: at, words: wordsAt(machine, at) }],
    detail: { key: key?.file.path, setting: setting.path, aspect: said.aspect },
  };
}

function ofKey(machine: Machine, key: SigningKey): readonly Finding[] {
  const { path, mode } = key.file;
  const octal = (mode & 0o777).toString(8);
  const found: Said[] = [];
  if ((mode & 0o027) !== 0) {
    found.push({
      aspect: 'mode', severity: 'high',
      title: text(`The signing key ${path} is open to others (${octal})`, `签名密钥 ${path} 对其他人开放（${octal}）`),
      short: text(`signing key open to others (${octal})`, `签名密钥对其他人开放（${octal}）`),
      why: text('Who reads the key signs as you: every worker takes his messages for your own. Every user of this machine may read it.', '谁读到密钥，谁就能冒充你签名：每个 worker 都会把他的消息当成你的。本机的其他用户能读到它。'),
    });
  }
  if (key.inImage.length > 0) {
    const names = list(key.inImage.map((s) => s.name));
    found.push({
      aspect: 'image', severity: 'high',
      title: text(`The signing key ${path} is in the image of ${names.en}`, `签名密钥 ${path} 在 ${names['zh-CN']} 的镜像里`),
      short: text(`signing key in the image of ${names.en}`, `签名密钥在 ${names['zh-CN']} 的镜像里`),
      why: text('Everybody who gets the image has the key: from a registry, a backup, a colleague. A later layer that removes it takes it out of nothing.', '拿到镜像的人就有密钥：从镜像仓库、备份、同事那里都行。之后的层里再删掉也没用。'),
    });
  }
  return found.map((said) => finding(machine, key.setting, key, said));
}

/** A key named by a relative path: which file that is depends on where the worker is started. */
function relative(machine: Machine): readonly Finding[] {
  return keySettings(machine).filter((k) => k.what === 'key' && !/^[/~]/.test(k.path)).map((k) => finding(machine, k, undefined, {
    aspect: 'path', severity: 'medium',
    title: text(`The signing key is named by a relative path (${k.path})`, `签名密钥用的是相对路径（${k.path}）`),
    short: text('signing key by a relative path', '签名密钥用相对路径'),
    why: text('Which file that is depends on the folder that the worker is started in. Who may write in one of those puts a key of his own there.', '它指的是哪个文件，取决于 worker 在哪个目录启动。谁能写那个目录，谁就能放一把自己的密钥。'),
  }));
}

/** Keys of Celery's that others can read, that travel in images, or that are looked for wherever the worker happens to start. */
export const detect = (machine: Machine): readonly Finding[] => [...signingKeys(machine).flatMap((k) => ofKey(machine, k)), ...relative(machine)];
