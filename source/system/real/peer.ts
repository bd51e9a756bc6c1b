import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import type { Net } from '../system.ts';

const CONNECTED = 0;
const DENIED = 13;
const PATIENCE_MS = 10_000;

/** Each connects to its last word and ends with 0, or with 13 where that was not allowed. */
const TOOLS: readonly (readonly string[])[] = [
  [process.execPath, '-e', "require('net').connect(process.argv.at(-1)).on('connect',()=>process.exit(0)).on('error',e=>process.exit(e.code==='EACCES'?13:1))"],
  ['/usr/bin/python3', '-I', '-c', 'import socket, sys\ntry: socket.socket(socket.AF_UNIX).connect(sys.argv[1])\nexcept PermissionError: sys.exit(13)'],
  ['/usr/bin/perl', '-MSocket', '-e', 'socket(my $s, PF_UNIX, SOCK_STREAM, 0); exit(connect($s, pack_sockaddr_un($ARGV[0])) ? 0 : $!{EACCES} ? 13 : 1)'],
];

const ended = (argv: readonly string[]): Promise<number | null> =>
  new Promise((resolve) => {
    const [file = '', ...args] = argv;
    const child = spawn(file, args, { stdio: 'ignore', cwd: '/', env: { PATH: '/usr/bin:/bin' }, timeout: PATIENCE_MS });
    child.on('error', () => resolve(null));
    child.on('close', resolve);
  });

/** uid and primary group as this machine's accounts have it; a bare number that nobody has goes without groups. */
async function as(uid: number): Promise<readonly string[]> {
  const account = (await readFile('/etc/passwd', 'utf8').catch(() => '')).split('\n').map((l) => l.split(':')).find((f) => f[2] === String(uid));
  return ['setpriv', '--reuid', String(uid), '--regid', account?.[3] ?? String(uid), account ? '--init-groups' : '--clear-groups', '--'];
}

export const connectsAs: Net['connectsAs'] = async (socket: string, uid: number) => {
  if (process.getuid?.() !== 0) return undefined;
  const who = await as(uid);
  // Which of them such a user may start differs: a Node below /root is not for everybody.
  for (const tool of TOOLS) {
    const code = await ended([...who, ...tool, socket]);
    if (code === CONNECTED || code === DENIED) return code === CONNECTED;
  }
  return undefined;
};
