import type { MakeKeys } from '../model/change.ts';
import { text } from '../model/text.ts';
import { docker, StepFailed, type Deed } from './deed.ts';

export interface KeysUndo {
  /** The volume was not there: all that is in it is ours. */
  readonly made: true;
}

const AT = '/mnt';

/** The library that Celery itself signs with. The certificate lies in a folder of its own, where every sender that is trusted gets a place. */
const SCRIPT = `import datetime, os, sys
from cryptography import x509
from cryptography.hazmat.backends import default_backend
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
at, name, days, uid, gid = sys.argv[1], sys.argv[2], *map(int, sys.argv[3:6])
key = rsa.generate_private_key(public_exponent=65537, key_size=3072, backend=default_backend())
who = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
now = datetime.datetime.utcnow()
end = now + datetime.timedelta(days=days)
made = (x509.CertificateBuilder().subject_name(who).issuer_name(who).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(now - datetime.timedelta(hours=1)).not_valid_after(end)
        .sign(key, hashes.SHA256(), default_backend()))
pem = serialization.Encoding.PEM
secret = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
os.umask(0o077)
os.makedirs(at + "/certs")
for path, data, mode in (("key.pem", secret, 0o640), ("certs/" + name + ".pem", made.public_bytes(pem), 0o644)):
    with open(at + "/" + path, "wb") as f:
        f.write(data)
    os.chown(at + "/" + path, uid, gid)
    os.chmod(at + "/" + path, mode)
for folder in (at, at + "/certs"):
    os.chown(folder, 0, gid)
    os.chmod(folder, 0o755)
print(end.date().isoformat())
`;

const mount = (change: MakeKeys) => ({ type: 'volume' as const, source: change.volume, target: AT });

/** Made in a disposable container of the service's own image, without network; the private key never leaves the volume. */
export const makeKeys: Deed<'make-keys', KeysUndo> = {
  tell: (change) => text(`key and certificate in ${change.volume}`, `${change.volume} 里的密钥和证书`),
  async prepare(change, bench) {
    if (await docker(bench).look.volume(change.volume)) {
      throw new StepFailed(text(`There is a volume ${change.volume} already: what lies in it is not overwritten.`, `已经有名为 ${change.volume} 的卷：不会覆盖其中的内容。`));
    }
    const { code, stderr } = await docker(bench).ask({ kind: 'helper', image: change.image, user: '65534:65534', argv: ['python3', '-c', 'import cryptography'] });
    if (code !== 0) throw new StepFailed(text(`The image of ${change.service} has no cryptography for Python, which Celery signs with.`, `${change.service} 的镜像里没有 Python 的 cryptography，而 Celery 要用它来签名。`), stderr.trim().split('\n').slice(-3));
    return { made: true };
  },
  async run(change, _undo, bench) {
    await docker(bench).act({ deed: 'make-volume', name: change.volume, labels: change.labels });
    const { code, stdout, stderr } = await docker(bench).act({
      deed: 'helper', image: change.image, user: '0:0', mounts: [mount(change)],
      argv: ['python3', '-c', SCRIPT, AT, change.name, String(change.days), String(change.uid), String(change.gid)],
    });
    if (code !== 0) throw new StepFailed(text('The key could not be made.', '无法生成密钥。'), stderr.trim().split('\n').slice(-5));
    // One expired certificate stops every worker (measured): the day belongs where it is read.
    bench.say(`the certificate of ${change.name} is valid until ${stdout.trim()}`);
  },
  revert: async () => [],
  // The containers that had it are gone by then; what is signed with it is read by nobody any more.
  async resume(change, _undo, bench) {
    if (await docker(bench).look.volume(change.volume)) await docker(bench).act({ deed: 'remove-volume', name: change.volume });
  },
};
