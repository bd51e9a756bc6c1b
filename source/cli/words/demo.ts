import type { Story } from '../../demo/index.ts';
import { Stop } from '../../model/errors.ts';
import { text, type Text } from '../../model/text.ts';
import { oneLine } from '../../report/plain.ts';
import { wrap } from '../../report/wrap.ts';
import { interruptible, uninterrupted } from '../interrupt.ts';
import { columnsOf, type Io } from '../io.ts';
import { openSession } from '../look.ts';
import { openWizard } from '../open-wizard.ts';
import type { Args } from '../parse.ts';
import { shownCommand } from '../shown-command.ts';
import { tracked, type Tracked } from '../under-way.ts';

type Ask = NonNullable<Io['ask']>;

/** As the wizard's own keys have it. */
const LEAVES = /^(?:q|quit|exit|esc|\u001b.*)$/i;

/** Without a name, a menu. Undefined when the person leaves. */
async function chosen(stories: readonly Story[], ask: Ask, { rest, lang }: Args, io: Io): Promise<string | undefined> {
  if (rest !== undefined) return rest;
  const columns = columnsOf(io.stderr);
  stories.forEach(({ name, title, line }, i) => {
    io.stderr.write(`${String(i + 1).padStart(2)}  ${title}  (${name})\n${wrap(line, columns - 4).map((l) => `    ${l}\n`).join('')}`);
  });
  const answer = (await ask(text(`Which one? 1 to ${stories.length}, or enter to leave: `, `选哪一个？1 到 ${stories.length}，直接回车离开：`)[lang]))?.trim();
  return answer && !LEAVES.test(answer) ? (stories[Number(answer) - 1]?.name ?? answer) : undefined;
}

const yes = (answer: string | undefined): boolean => /^(y|yes|是)$/i.test(answer?.trim() ?? '');

const BEFORE: Text = text(
  'A copy is made in a temporary folder. These commands build its images and start its containers, which answer on 127.0.0.1 alone; the build may fetch packages. At the end containers, volumes, images and the copy are removed.',
  '会在临时目录里放一份副本。下面的命令构建镜像并启动容器，只在 127.0.0.1 上应答；构建时可能下载软件包。结束时会删除容器、卷、镜像和副本。',
);

const FILES: Text = text(
  'Nothing is built or started: the demo shows what the files of the project tell by themselves, in a copy that is removed at the end. With Docker it also runs, and its fixes can be applied and proven.',
  '不构建也不启动任何东西：演示只看项目文件本身说明的问题，放在一份副本里，结束时删除。有 Docker 时它还会真正运行，可以应用修复并验证。',
);
const ABSENT: Text = text('No Docker engine answers here. The demo goes on without.', '这里没有 Docker 引擎响应，演示在没有它的情况下继续。');

const LEFT: Text = text('Stopped in the middle. What is left of the demo, and how to remove it: harden-tui history', '在中途停止。演示留下了什么、如何清除：harden-tui history');

/** A broken project to practise on. It asks before it builds or starts anything, and takes all of it away at the end. */
export async function run(args: Args, io: Io): Promise<number> {
  const { lang, flags } = args;
  const { ask } = io;
  if (!io.isTTY || !ask) {
    throw new Stop(text('The demo needs a terminal, and this is none.', '演示需要终端，而这里没有终端。'), [text('Run it in a terminal: harden-tui demo', '请在终端里运行：harden-tui demo')]);
  }
  const { listScenarios, prepareDemo } = await io.doors.demo();
  const system = await io.doors.system({ ...(flags['docker-host'] === undefined ? {} : { dockerHost: flags['docker-host'] }), ...(flags.context === undefined ? {} : { context: flags.context }) }, io.env);
  const name = await chosen(await listScenarios(system, lang), ask, args, io);
  if (name === undefined) return 0;
  const say = (line: string): void => void io.stderr.write(`  ${oneLine(line)}\n`);
  const filesOnly = flags['no-docker'] === true || !system.docker;
  const demo = await prepareDemo(system, name, { state: await io.doors.stateFolder(io.env, io.home), say, ...(filesOnly ? { filesOnly } : {}) });
  let at: Tracked | undefined;
  try {
    if (filesOnly) {
      const words = [...(flags['no-docker'] ? [] : [ABSENT[lang]]), FILES[lang]];
      io.stderr.write(`\n${words.flatMap((one) => wrap(one, columnsOf(io.stderr))).join('\n')}\n\n  ${demo.root}\n\n`);
      const answer = await ask(text('enter goes on, q leaves: ', '按回车继续，输入 q 离开：')[lang]);
      if (answer === undefined || LEAVES.test(answer.trim())) return 0;
      return await openWizard(await openSession({ ...args, flags: { ...flags, 'no-docker': true } }, io, demo.root), { ...args, flags: { ...flags, 'no-docker': true } }, io, demo.root, true);
    }
    io.stderr.write(`\n${wrap(BEFORE[lang], columnsOf(io.stderr)).join('\n')}\n\n  ${demo.root}\n${demo.commands.flatMap((argv) => shownCommand(argv, columnsOf(io.stderr))).map((row) => `${row}\n`).join('')}\n`);
    if (!yes(await ask(text('Build and start it? [y/N] ', '构建并启动吗？[y/N] ')[lang]))) return 0;
    const started = await interruptible(io, lang, async (interrupt) => {
      await demo.up();
      if (interrupt.aborted) return 130;
      say(text('Waiting until all of its programs have started …', '正在等它的程序全部启动……')[lang]);
      await demo.settled();
      return interrupt.aborted ? 130 : 0;
    }, LEFT);
    if (started !== 0) return started;
    at = tracked(await openSession(args, io, demo.root));
    return await openWizard(at.session, args, io, demo.root, true);
  } finally {
    // A container that is being stopped can't be removed by somebody else meanwhile: the engine keeps its ghost.
    if (at?.busy()) io.stderr.write(`${text('Waiting for the step that was under way …', '正在等待进行中的步骤结束……')[lang]}\n`);
    await uninterrupted(io, lang, async () => {
      await at?.ended();
      io.stderr.write(`${text('Removing the demo …', '正在清除演示……')[lang]}\n`);
      await demo.down();
      return 0;
    });
    const gone = filesOnly ? text('Removed: the copy.', '已清除：副本。') : text('Removed: containers, volumes, images and the copy.', '已清除：容器、卷、镜像和副本。');
    io.stderr.write(`${gone[lang]}\n`);
  }
}
