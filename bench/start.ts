// Time to the first frame, of what is built: node alone, and the wizard on a terminal of its own.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';

/** Processor time of a process and its children so far, in ms; of a busy machine only that says something. Linux counts in hundredths. */
function used(pid: number): number {
  const words = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /s, '').split(' ');
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean);
  return (Number(words[11]) + Number(words[12])) * 10 + children.reduce((sum, one) => sum + used(Number(one)), 0);
}

/** Milliseconds by the clock, and of the processor. */
export interface Frame {
  readonly wall: number;
  readonly used: number;
}

/** `script` gives a program a terminal; the first frame is there when row 1 is. */
async function firstFrame(argv: readonly string[], wanted: string): Promise<Frame> {
  const began = performance.now();
  const child = spawn('script', ['-qec', argv.map((one) => `'${one}'`).join(' '), '/dev/null'], { stdio: ['pipe', 'pipe', 'inherit'], env: { ...process.env, TERM: 'xterm-256color' } });
  let said = '';
  const frame = await new Promise<Frame>((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', () => reject(new Error(`no first frame:\n${said}`)));
    child.stdout.on('data', (data: Buffer) => {
      said += data.toString();
      if (said.includes(wanted)) resolve({ wall: performance.now() - began, used: used(child.pid!) });
    });
  });
  child.removeAllListeners('exit');
  child.kill('SIGTERM');
  return frame;
}

/** The best of each: a machine that does something else as well makes it later, and never earlier. */
const best = async (times: number, once: () => Promise<Frame>): Promise<Frame> => {
  const all: Frame[] = [];
  for (let i = 0; i < times; i++) all.push(await once());
  return { wall: Math.min(...all.map((one) => one.wall)), used: Math.min(...all.map((one) => one.used)) };
};

export interface Start {
  readonly node: Frame;
  readonly wizard: Frame;
}

/** The best of five each. */
export async function measureStart(bin: string, path: string): Promise<Start> {
  return {
    node: await best(5, () => firstFrame([process.execPath, '-e', 'console.log("there"); setTimeout(() => 0, 9999)'], 'there')),
    wizard: await best(5, () => firstFrame([process.execPath, bin, path, '--no-docker'], 'Looking.')),
  };
}
