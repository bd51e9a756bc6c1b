import { dirname, join } from 'node:path';
import { Stop } from '../model/errors.ts';
import { same, text } from '../model/text.ts';
import type { System } from '../system/system.ts';

/** Makes `NAME.crt` and `NAME.key` in the copy, self-signed for localhost: nothing secret is ever shipped. */
export async function makeCertificate(system: Pick<System, 'files' | 'shell'>, root: string, what: { readonly cert: string; readonly mode: string }): Promise<void> {
  const [crt, key] = [join(root, `${what.cert}.crt`), join(root, `${what.cert}.key`)];
  await system.files.makeFolder(dirname(crt), 0o755);
  const { code, stderr } = await system.shell.run(
    ['openssl', 'req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '30', '-subj', '/CN=localhost', '-keyout', key, '-out', crt],
    { timeoutMs: 60_000 },
  );
  if (code !== 0) {
    const missing = code === 127;
    throw new Stop(
      missing
        ? text('This scenario needs a certificate, and openssl, which makes it, is not installed.', '这个场景需要一张证书，而用来制作证书的 openssl 没有安装。')
        : text(`openssl could not make a certificate: ${stderr.trim().split('\n').at(-1) ?? ''}`, `openssl 无法制作证书：${stderr.trim().split('\n').at(-1) ?? ''}`),
      missing
        ? [text('Install it (Debian: apt install openssl), or choose a scenario without TLS:', '请安装它（Debian：apt install openssl），或选择不用 TLS 的场景：'), same('harden-tui demo root-container')]
        : [text('See what openssl says: openssl version', '看看 openssl 的输出：openssl version')],
    );
  }
  // openssl gives the key 0600; the app, which will not be root any more, has to read it.
  for (const path of [crt, key]) await system.files.write(path, await system.files.read(path), { mode: parseInt(what.mode, 8) });
}
