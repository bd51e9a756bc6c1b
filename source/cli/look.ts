import { resolve } from 'node:path';
import type { Progress, Session } from '../engine/session.ts';
import type { Check } from '../engine/watch.ts';
import { Stop } from '../model/errors.ts';
import type { Finding } from '../model/finding.ts';
import type { Blind, Machine } from '../model/machine.ts';
import { text, type Text } from '../model/text.ts';
import { oneLine } from '../report/plain.ts';
import { duration } from '../report/terms.ts';
import { pad, width } from '../report/wrap.ts';
import { columnsOf, type Io } from './io.ts';
import { signs } from './live.ts';
import type { Args } from './parse.ts';

/** What was seen, by a session that can go on from there. */
export interface Looked {
  readonly session: Session;
  readonly machine: Machine;
  readonly findings: readonly Finding[];
  readonly blind: readonly Blind[];
}

const SOURCES: Readonly<Record<Progress['source'], Text>> = {
  docker: text('Docker', 'Docker'), project: text('Project', '项目'), files: text('Files', '文件'), processes: text('Processes', '进程'), join: text('Joining', '对应关系'),
};

const checks = ({ flags }: Args): readonly Check[] => [
  ...(flags.check ?? []).map((words): Check => ({ kind: 'command', words })),
  ...(flags['check-url'] ?? []).map((url): Check => ({ kind: 'url', url })),
];

export function warnOfSudo({ lang }: Pick<Args, 'lang'>, io: Io): void {
  if (!io.env['SUDO_USER']) return;
  io.stderr.write(`${text(`Run under sudo: what is kept for undo is ${io.env['SUDO_USER']}'s, as without it. harden-tui itself needs no sudo.`, `正在用 sudo 运行：供撤销使用的记录仍归 ${io.env['SUDO_USER']} 所有，与不用 sudo 时相同。harden-tui 本身不需要 sudo。`)[lang]}\n`);
}

/** Nothing is connected to yet; a wish that can't be met (no such folder, no such context) is a Stop. */
export function openSession(args: Args, io: Io, root = resolve(io.cwd, args.rest ?? '.')): Promise<Session> {
  const { flags } = args;
  return io.doors.session({
    root, checks: checks(args), env: io.env, home: io.home,
    ...(io.again ? { program: io.again } : {}),
    ...(flags['docker-host'] === undefined ? {} : { dockerHost: flags['docker-host'] }),
    ...(flags.context === undefined ? {} : { context: flags.context }),
    ...(flags.dockerfile === undefined ? {} : { dockerfile: flags.dockerfile }),
    allowRemote: flags['allow-remote'] ?? false,
    acceptDrift: flags['accept-drift'] ?? false,
    noDocker: flags['no-docker'] ?? false,
    noProcesses: flags['no-processes'] ?? false,
    noFiles: flags['no-files'] ?? false,
  });
}

async function configOf(args: Args, io: Io): Promise<string | undefined> {
  const { config } = args.flags;
  if (config === undefined) return undefined;
  const { readIgnores } = await import('../engine/suppress.ts');
  const at = resolve(io.cwd, config);
  const bytes = await (await io.doors.files()).read(at).catch(() => undefined);
  if (!bytes) throw new Stop(text(`--config ${config} can't be read.`, `无法读取 --config ${config}。`), [text('Give a file that is there, or leave --config out.', '请给出存在的文件，或去掉 --config。')]);
  const { faults: [fault], broken } = readIgnores(bytes.toString('utf8'));
  if (fault) throw new Stop(text(`${config}: ${fault.en}.`, `${config}：${fault['zh-CN']}。`), broken ? [text('Mend that line, or leave --config out.', '请修好那一行，或去掉 --config。')] : [text('Every entry of ignore needs risk and reason; where and until are optional.', 'ignore 的每一项都要有 risk 和 reason；where 和 until 可选。')]);
  return bytes.toString('utf8');
}

/** Inspects once and diagnoses; what comes in is said on stderr where somebody watches. */
export async function look(args: Args, io: Io): Promise<Looked> {
  const { lang, flags } = args;
  warnOfSudo(args, io);
  const config = await configOf(args, io);
  const session = await openSession(args, io);
  const watched = io.stderr.isTTY === true || flags.verbose === true;
  const machine = await session.inspect((p) => {
    if (!watched || p.state === 'running') return;
    const sign = (p.state === 'done' ? signs(lang).done : signs(lang).left).trim().padStart(2);
    const time = duration(p.ms, lang);
    io.stderr.write(`${pad(`${sign}  ${pad(SOURCES[p.source][lang], 11)}${oneLine(p.text[lang])}`, columnsOf(io.stderr) - width(time) - 3)}  ${time}\n`);
  });
  const { ignoreFaults, suppress } = await import('../engine/suppress.ts');
  const found = session.diagnose(machine);
  if (config === undefined) return { session, machine, findings: found, blind: [...machine.blind, ...ignoreFaults(machine)] };
  return { session, machine, findings: suppress(found, machine, new Date(), config), blind: machine.blind };
}
